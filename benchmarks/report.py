"""What was measured, as a table to paste, and what of it breaks a promise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from .cases import Answer, Case
from .serving import Timing

CONNECTIONS = (1, 4)
AGAINST, AS_LONG_AS = "default view", {"calendar": 15}
"""How many times as long as that one a case may take, over one connection."""
LIMITS = (14_000, 60_000)
"""Compressed bytes of the page, and of the first view with all its files."""


@dataclass(frozen=True, slots=True)
class Row:
    """A case, its answer, and by the number of connections the timings of each round: ours, bare."""

    case: Case
    answer: Answer
    rounds: dict[int, list[tuple[Timing, Timing]]] = field(default_factory=lambda: {each: [] for each in CONNECTIONS})

    @property
    def latency(self) -> float:
        """Seconds, over one connection."""
        return median(ours.latency for ours, _ in self.rounds[1])

    def cells(self, connections: int) -> str:
        """Median latencies in milliseconds, and the median over the rounds of the ratio of requests per second."""
        rounds = self.rounds[connections]
        ours = 1000 * median(ours.latency for ours, _ in rounds)
        bare = 1000 * median(bare.latency for _, bare in rounds)
        ratio = median(ours.rate / bare.rate for ours, bare in rounds)
        return f"{ours:8.1f}{bare:6.1f}{ratio:7.3f}"

    def __str__(self) -> str:
        timings = "".join(self.cells(connections) for connections in CONNECTIONS)
        answer = f"{self.answer.written:9}{self.answer.sent:7}{self.answer.statements:5}"
        return f"{self.case.size:8}  {self.case.name:20}{timings}{answer}"


def printed(rows: Sequence[Row], view: tuple[int, int]) -> Iterator[str]:
    yield f"{'':30}{'1 connection':>21}{'4 connections':>21}{'bytes':>16}"
    yield f"{'services':8}  {'case':20}{2 * '      ms  bare  ratio'}{'  written   sent  SQL'}"
    yield from map(str, rows)
    yield ""
    yield f"First view, compressed: {view[0]} bytes of HTML, {view[1]} bytes with all its files."


def broken_promises(rows: Sequence[Row], view: tuple[int, int]) -> list[str]:
    """Statements must not depend on the size of the account, nor the first view outgrow its limits."""
    broken = [
        f"Too large: {size} bytes, {limit} allowed." for size, limit in zip(view, LIMITS, strict=True) if size > limit
    ]
    for name in dict.fromkeys(row.case.name for row in rows):
        counts = {row.case.size: row.answer.statements for row in rows if row.case.name == name}
        if max(counts.values()) > counts[min(counts)]:
            broken.append(f"“{name}” takes more statements for large accounts than for small ones: {counts}.")
    against = {row.case.size: row.latency for row in rows if row.case.name == AGAINST}
    for row in rows:
        times = row.latency / against[row.case.size]
        if times > AS_LONG_AS.get(row.case.name, times):
            broken.append(
                f"“{row.case.name}” of {row.case.size} services takes {times:.1f} times as long as “{AGAINST}”."
            )
    return broken
