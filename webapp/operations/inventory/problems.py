"""What is wrong with an inventory file, said so that the person who wrote it can put it right."""

from dataclasses import dataclass

SHOWN = 200
LONGEST_VALUE = 40


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right; ``line`` is the first line of the record, counted from 1."""

    file: str
    line: int
    column: str
    says: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}"
        return f"{where}: {self.column}: {self.says}" if self.column else f"{where}: {self.says}"


class ImportRefused(Exception):
    """The file was not imported and nothing has changed."""

    def __init__(self, problems: tuple[Problem, ...], more: int = 0) -> None:
        super().__init__(f"{len(problems) + more} problems")
        self.problems = problems
        self.more = more
        """How many further problems were counted and not kept."""

    @property
    def lines(self) -> list[str]:
        """Every problem as one line of text."""
        rest = [f"… and at least {self.more} more"] if self.more else []
        return [str(problem) for problem in self.problems] + rest


class UnreadableFile(Exception):
    """From here on the file cannot be read at all."""

    def __init__(self, line: int, says: str) -> None:
        super().__init__(says)
        self.line = line
        self.says = says


class Problems:
    """Collects what is wrong with one file; beyond a screenful it only counts."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._found: list[Problem] = []
        self._more = 0
        self._lines: set[int] = set()

    def __bool__(self) -> bool:
        return bool(self._found)

    def on(self, line: int) -> bool:
        """Whether the record that begins there has any."""
        return line in self._lines

    def add(self, line: int, says: str, column: str = "") -> None:
        self._lines.add(line)
        if len(self._found) < SHOWN:
            self._found.append(Problem(self._file, line, column, says))
        else:
            self._more += 1

    def refuse_if_any(self) -> None:
        """Raises ImportRefused, the problems in the order of their lines."""
        if self._found:
            self._found.sort(key=lambda problem: problem.line)
            raise ImportRefused(tuple(self._found), self._more)


def quoted(value: object) -> str:
    """A value as a message shows it: short, and harmless to a terminal."""
    text = str(value)
    short = text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"
    return "“" + "".join(char if char.isprintable() else ascii(char)[1:-1] for char in short) + "”"
