"""The twelve months ahead as a file, a row for each thing that happens to a service."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..domain.files import Headings
from ..domain.labels import N_
from ..language.speaker import Speaker
from ..operations.listing.ahead import Named
from ..wording.calendar import ONE
from .cells import Cells

COLUMNS = {
    "date": N_("Date"),
    "what": N_("What happens"),
    "type": N_("Type"),
    "name": N_("Service"),
    "reference": N_("Reference"),
    "amount": N_("Amount, tax included"),
    "currency": N_("Currency"),
}
"""By the names that programs know them by; days are ISO 8601, on the calendar of the account’s seller."""


def calendar_file(rows: Iterable[Named], cells: Cells, speaker: Speaker) -> Iterator[Sequence[Any]]:
    """The rows of the file, its headings first; service by service, each by day."""
    in_words = cells.headings is Headings.LABELS
    yield [speaker.gettext(label) for label in COLUMNS.values()] if in_words else list(COLUMNS)
    for each in rows:
        yield (
            cells.day(each.day.isoformat()),
            speaker.gettext(ONE[each.happening]) if in_words else each.happening.value,
            speaker.gettext(each.family.label) if in_words else each.family.code,
            cells.text(each.name),
            cells.text(each.reference),
            cells.amount(each.amount.minor, each.amount.currency) if each.amount else "",
            each.amount.currency if each.amount else "",
        )
