"""What became of a batch, as a file: a row for each service."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..domain.labels import N_
from ..language.speaker import Speaker
from ..operations.batches.result import ResultRow
from ..wording.batches import why
from .cells import Cells

COLUMNS = (N_("Reference"), N_("Technical name"), N_("Name"), N_("What became of it"), N_("Reason"))


def batch_file(rows: Iterable[ResultRow], cells: Cells, speaker: Speaker) -> Iterator[Sequence[Any]]:
    """The rows of the file, its headings first."""
    yield [speaker.gettext(label) for label in COLUMNS]
    for row in rows:
        names = map(cells.text, (row.reference, row.name, row.display_name))
        yield [*names, speaker.gettext(row.state.label), why(row.reason, row.facts, speaker)]
