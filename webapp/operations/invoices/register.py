"""The invoices and credit notes of an account: as a list, and as a file.

An account sees what was given to it, and what is unpaid on services whose billing contact it is by now.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, String, and_, case, cast, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from ...domain.billing.invoice import DocumentKind
from ...domain.listing.register import DocumentState, Register, RegisterSort
from ...domain.money import Money
from ...models import Attempt, Invoice, InvoiceLine, Listing, OrderLine, Service, Settlement
from ..desk import Desk
from ..listing.matching import holds_words
from ..transaction import reading
from .bills import IS_BILL, unsettled
from .owed import OwedLine, Unpayable, left_of, left_out, owed_lines, owed_to

ROWS = 25


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One document of the list."""

    document: Invoice
    state: DocumentState
    first: str
    """The service of its first line, as it was called."""
    more: int
    """How many other lines there are."""
    payable: bool
    """Whether its reader can pay it now."""
    left: Money | None
    """What is still owed of it, where a part was settled."""


@dataclass(frozen=True, slots=True)
class Listed:
    entries: Sequence[RegisterEntry]
    matches: int
    number: int
    pages: int
    owed_to: Mapping[tuple[str, str], Money]
    """What its reader can pay now, whatever the list is narrowed to: to each seller in each currency."""
    left_out: Sequence[Unpayable]
    """What is owed and cannot be paid now."""


OF_IT = aliased(InvoiceLine)
"""The lines of a document, in what is asked of each."""


def state_in_sql() -> ColumnElement[str]:
    """As in DocumentState; of several lines that were settled, what was paid tells."""
    settled = select(func.max(Settlement.how)).join(OF_IT, OF_IT.id == Settlement.invoice_line_id)
    how = settled.where(OF_IT.invoice_id == Invoice.id).correlate(Invoice).scalar_subquery()
    owed = select(OF_IT.id).where(OF_IT.invoice_id == Invoice.id, unsettled(OF_IT)).exists()
    claimed = select(OrderLine.id).join(OF_IT, OF_IT.id == OrderLine.invoice_line_id)
    claimed = claimed.join(Attempt, Attempt.order_id == OrderLine.order_id)
    paying = claimed.where(OF_IT.invoice_id == Invoice.id, OrderLine.claiming, Attempt.in_progress).exists()
    return case(
        (Invoice.kind == DocumentKind.CREDIT_NOTE, literal(DocumentState.CREDIT_NOTE.value)),
        (_taken_back(), literal(DocumentState.RETURNED.value)),
        (Invoice.order_id.is_not(None), literal(DocumentState.PAID.value)),
        (and_(owed, paying), literal(DocumentState.PAYING.value)),
        (owed, literal(DocumentState.UNPAID.value)),
        else_=cast(how, String),
    )


def pays(document: Any) -> ColumnElement[bool]:
    """What a payment must be that is of that document; of the table, or of one of its rows."""
    settled = select(OrderLine.order_id).join(Settlement, Settlement.order_line_id == OrderLine.id)
    settled = settled.join(OF_IT, OF_IT.id == Settlement.invoice_line_id).where(OF_IT.invoice_id == document.id)
    return or_(Attempt.order_id == document.order_id, Attempt.order_id.in_(settled.correlate(Invoice)))


def _taken_back() -> ColumnElement[bool]:
    """Whether the payment of it was taken back, and is still owed again."""
    demand, asked = aliased(Invoice), aliased(InvoiceLine)
    query = select(demand.id).join(Attempt, Attempt.id == demand.demands_id)
    query = query.join(asked, asked.invoice_id == demand.id).where(demand.demands_id.is_not(None), pays(Invoice))
    return query.where(unsettled(asked)).correlate(Invoice).exists()


def seen_by(desk: Desk) -> ColumnElement[bool]:
    """What a document must be for this account to see it."""
    lines = select(OF_IT.id).join(Service, Service.id == OF_IT.service_id).where(OF_IT.invoice_id == Invoice.id)
    owed = lines.where(Service.billing_id == desk.account_id, unsettled(OF_IT)).exists()
    return or_(Invoice.account_id == desk.account_id, and_(IS_BILL, owed))


def _conditions(register: Register, desk: Desk) -> list[ColumnElement[bool]]:
    wanted = [seen_by(desk)]
    if register.state:
        wanted.append(state_in_sql().in_([state.value for state in register.state]))
    if register.since:
        wanted.append(Invoice.issued_on >= register.since)
    if register.until:
        wanted.append(Invoice.issued_on <= register.until)
    if register.q:
        compact = func.replace(Invoice.number, "-", "")
        numbered = compact.icontains(register.q.replace("-", ""), autoescape=True)
        wanted.append(or_(numbered, _names(register.q, desk)))
    return wanted


def _names(text: str, desk: Desk) -> ColumnElement[bool]:
    """Whether the name of a service on it has that in it."""
    line = select(OF_IT.id).where(OF_IT.invoice_id == Invoice.id)
    listed = line.join(Listing, Listing.service_id == OF_IT.service_id)
    listed = listed.where(Listing.account_id == desk.account_id)
    return or_(
        line.where(OF_IT.name.icontains(text, autoescape=True)).exists(),
        listed.where(holds_words(text)).exists(),
    )


def _order(register: Register) -> list[Any]:
    columns: dict[RegisterSort, list[Any]] = {
        RegisterSort.NUMBER: [Invoice.portal, Invoice.code],
        RegisterSort.DATE: [Invoice.issued_on],
        RegisterSort.STATE: [state_in_sql()],
        RegisterSort.AMOUNT: [Invoice.currency, Invoice.gross_minor],
    }
    chosen = [*columns[register.sort], Invoice.id]
    return [column.desc() for column in chosen] if register.descending else chosen


def listed(session: Session, register: Register, desk: Desk) -> Listed:
    """A page of it; one that lies behind the last is the last."""
    wanted = _conditions(register, desk)
    matches = session.scalar(select(func.count()).select_from(Invoice).where(*wanted)) or 0
    pages = max(1, -(-matches // ROWS))
    number = min(register.page, pages)
    lines = select(func.count()).where(OF_IT.invoice_id == Invoice.id).correlate(Invoice).scalar_subquery()
    query = (
        select(Invoice, state_in_sql().label("state"), InvoiceLine.name, InvoiceLine.display_name, lines.label("lines"))
        .join(InvoiceLine, (InvoiceLine.invoice_id == Invoice.id) & (InvoiceLine.position == 1))
        .where(*wanted)
        .order_by(*_order(register))
        .limit(ROWS)
        .offset(ROWS * (number - 1))
    )
    rows = session.execute(query).all()
    unpaid = owed_lines(session, desk)
    owed = [each for each in unpaid if each.waits is None]
    entries = [_entry(row, [each for each in unpaid if each.bill.id == row.Invoice.id]) for row in rows]
    return Listed(entries, matches, number, pages, owed_to(owed), left_out(unpaid))


def _entry(row: Any, owed: Sequence[OwedLine]) -> RegisterEntry:
    first = row.display_name or row.name
    payable = any(each.waits is None for each in owed)
    return RegisterEntry(row.Invoice, DocumentState.of(row.state), first, row.lines - 1, payable, left_of(owed))


class ExportedDocument(NamedTuple):
    """A row of the file; what is not known is None."""

    number: str | None
    kind: DocumentKind
    state: str
    issued_on: date
    name: str
    display_name: str
    product: str
    starts_on: date | None
    ends_on: date | None
    net_minor: int | None
    gross_minor: int
    currency: str
    portal: str


def export(register: Register, desk: Desk) -> Iterator[ExportedDocument]:
    """Each line of each document, in the order of the list, all its pages, fetched as they are read."""
    query = (
        select(
            Invoice.number,
            Invoice.kind,
            state_in_sql(),
            Invoice.issued_on,
            InvoiceLine.name,
            InvoiceLine.display_name,
            InvoiceLine.product,
            InvoiceLine.starts_on,
            InvoiceLine.ends_on,
            InvoiceLine.net_minor,
            InvoiceLine.gross_minor,
            Invoice.currency,
            Invoice.portal,
        )
        .join(InvoiceLine, InvoiceLine.invoice_id == Invoice.id)
        .where(*_conditions(register, desk))
        .order_by(*_order(register), InvoiceLine.position)
    )
    with reading(query) as rows:
        for row in rows:
            yield ExportedDocument._make(row)
