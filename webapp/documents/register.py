"""The list of invoices and credit notes as a file, a row for each of their lines."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..domain.billing.invoice import DocumentKind, called
from ..domain.files import Headings
from ..domain.labels import N_
from ..domain.listing.register import DocumentState
from ..domain.periods import last_day
from ..language.speaker import Speaker
from ..operations.invoices.register import ExportedDocument
from .cells import Cells

COLUMNS = {
    "number": N_("Number"),
    "kind": N_("Kind"),
    "state": N_("State"),
    "date": N_("Date"),
    "display_name": N_("Name"),
    "name": N_("Technical name"),
    "product": N_("Product"),
    "from": N_("First day"),
    "to": N_("Last day"),
    "net": N_("Amount without tax"),
    "gross": N_("Amount, tax included"),
    "currency": N_("Currency"),
    "seller": N_("Seller"),
}
"""By the names that programs know them by; days are ISO 8601, and the amounts of credit notes are negative."""


def register_file(rows: Iterable[ExportedDocument], cells: Cells, speaker: Speaker) -> Iterator[Sequence[Any]]:
    """The rows of the file, its headings first."""
    in_words = cells.headings is Headings.LABELS
    yield [speaker.gettext(label) for label in COLUMNS.values()] if in_words else list(COLUMNS)
    for row in rows:
        yield _row(row, cells, speaker if in_words else None)


def _row(row: ExportedDocument, cells: Cells, speaker: Speaker | None) -> Sequence[Any]:
    text, day, amount = cells.text, cells.day, cells.amount
    state = DocumentState.of(row.state)
    sign = -1 if row.kind is DocumentKind.CREDIT_NOTE else 1
    return (
        text(row.number or ""),
        speaker.gettext(called(row.kind, taxes_known=row.net_minor is not None)) if speaker else row.kind.value,
        speaker.gettext(state.label) if speaker else state.value,
        day(row.issued_on.isoformat()),
        text(row.display_name or row.name),
        text(row.name),
        text(row.product),
        day(row.starts_on.isoformat() if row.starts_on else ""),
        day(last_day(row.ends_on).isoformat() if row.ends_on else ""),
        "" if row.net_minor is None else amount(sign * row.net_minor, row.currency),
        amount(sign * row.gross_minor, row.currency),
        row.currency,
        row.portal,
    )
