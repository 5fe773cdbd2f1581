"""The ledger of an account as a file, a row for each entry."""

from collections.abc import Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from ..domain.files import Headings
from ..domain.labels import N_
from ..language.speaker import Speaker
from ..operations.ledger import LedgerLine
from ..wording.ledger import why_entered
from .cells import Cells

COLUMNS = {
    "date": N_("Date"),
    "reason": N_("Why"),
    "service": N_("Service"),
    "order": N_("Order"),
    "amount": N_("Amount, tax included"),
    "currency": N_("Currency"),
}
"""By the names that programs know them by; days are ISO 8601, on the seller’s calendar."""


def ledger_file(
    entries: Sequence[LedgerLine], cells: Cells, *, zone: ZoneInfo, speaker: Speaker
) -> Iterator[Sequence[Any]]:
    """The rows of the file, its headings first."""
    in_words = cells.headings is Headings.LABELS
    yield [speaker.gettext(label) for label in COLUMNS.values()] if in_words else list(COLUMNS)
    for each in entries:
        entry = each.entry
        yield (
            cells.day(entry.at.astimezone(zone).date().isoformat()),
            cells.text(why_entered(entry, speaker) if in_words else entry.reason or entry.kind),
            cells.text(each.service or ""),
            cells.text(each.order or ""),
            cells.amount(entry.minor, entry.currency),
            entry.currency,
        )
