"""The invoices and credit notes of an account: as a list, one by one, and as a file.

An account sees what was given to it, and what is unpaid on services whose billing contact it is by now.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, String, and_, case, cast, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from ...domain.billing.invoice import DocumentKind, Settled
from ...domain.billing.payment import AttemptState
from ...domain.listing.register import DocumentState, Register, RegisterSort
from ...domain.money import Money
from ...models import Attempt, Invoice, InvoiceLine, Listing, Order, OrderLine, Service, Settlement
from ..case import held_by
from ..desk import Desk
from ..listing.matching import holds_words
from ..transaction import reading
from .bills import IS_BILL, unsettled
from .owed import OwedLine, Unpayable, left_of, left_out, owed_lines, owed_to

ROWS = 25


class NoSuchDocument(LookupError):
    """There is none of that name, or not for this account."""


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


def _state() -> ColumnElement[str]:
    """As in DocumentState; of several lines that were settled, what was paid tells."""
    settled = select(func.max(Settlement.how)).join(OF_IT, OF_IT.id == Settlement.invoice_line_id)
    how = settled.where(OF_IT.invoice_id == Invoice.id).correlate(Invoice).scalar_subquery()
    owed = select(OF_IT.id).where(OF_IT.invoice_id == Invoice.id, unsettled(OF_IT)).exists()
    claimed = select(OrderLine.id).join(OF_IT, OF_IT.id == OrderLine.invoice_line_id)
    claimed = claimed.join(Attempt, Attempt.order_id == OrderLine.order_id)
    paying = claimed.where(OF_IT.invoice_id == Invoice.id, OrderLine.claiming, Attempt.in_progress).exists()
    return case(
        (Invoice.kind == DocumentKind.CREDIT_NOTE, literal(DocumentState.CREDIT_NOTE.value)),
        (Invoice.order_id.is_not(None), literal(DocumentState.PAID.value)),
        (and_(owed, paying), literal(DocumentState.PAYING.value)),
        (owed, literal(DocumentState.UNPAID.value)),
        else_=cast(how, String),
    )


def seen_by(desk: Desk) -> ColumnElement[bool]:
    """What a document must be for this account to see it."""
    lines = select(OF_IT.id).join(Service, Service.id == OF_IT.service_id).where(OF_IT.invoice_id == Invoice.id)
    owed = lines.where(Service.billing_id == desk.account_id, unsettled(OF_IT)).exists()
    return or_(Invoice.account_id == desk.account_id, and_(IS_BILL, owed))


def _conditions(register: Register, desk: Desk) -> list[ColumnElement[bool]]:
    wanted = [seen_by(desk)]
    if register.state:
        wanted.append(_state().in_([state.value for state in register.state]))
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
        RegisterSort.STATE: [_state()],
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
        select(Invoice, _state().label("state"), InvoiceLine.name, InvoiceLine.display_name, lines.label("lines"))
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


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """One document with what it came of and what became of it."""

    document: Invoice
    state: DocumentState
    order: str | None
    """The code of the order that it came of."""
    corrects: Invoice | None
    notes: Sequence[Invoice]
    """Credit notes that take it back."""
    services: dict[int, str]
    """References of the services of its lines that are still the reader’s, by their keys."""
    owed: Sequence[OwedLine]
    """What of it its reader has to pay."""
    paid_at: datetime | None
    """When the last of it was paid here."""

    @property
    def due_on(self) -> date | None:
        """Of what is owed; bills are due when they are given."""
        return self.document.issued_on if self.state is DocumentState.UNPAID else None

    @property
    def payable(self) -> bool:
        return bool(self.owed) and all(each.waits is None for each in self.owed)

    @property
    def paid_in(self) -> str | None:
        """The code of the order in which somebody has begun to pay it."""
        return next((each.paid_in for each in self.owed if each.paid_in), None)

    @property
    def left(self) -> Money | None:
        """What is still owed of it, where a part was settled."""
        return left_of(self.owed)


def show_document(session: Session, code: str, desk: Desk) -> ShownDocument:
    """In a constant number of statements. Raises NoSuchDocument."""
    query = select(Invoice, _state().label("state"), Order.code.label("order"))
    query = query.outerjoin(Order, (Order.id == Invoice.order_id) & (Order.account_id == desk.account_id))
    row = session.execute(query.where(Invoice.code == code, seen_by(desk))).one_or_none()
    if row is None:
        raise NoSuchDocument(code)
    document = row.Invoice
    ids = [line.service_id for line in document.lines]
    visible = select(Service.id, Service.reference).where(Service.id.in_(ids), held_by(desk.account_id))
    notes = session.scalars(select(Invoice).where(Invoice.corrects_id == document.id).order_by(Invoice.id)).all()
    return ShownDocument(
        document=document,
        state=DocumentState.of(row.state),
        order=row.order,
        corrects=session.get(Invoice, document.corrects_id) if document.corrects_id else None,
        notes=notes,
        services={each.id: each.reference for each in session.execute(visible)},
        owed=owed_lines(session, desk, Invoice.id == document.id),
        paid_at=_paid_at(session, document),
    )


def _paid_at(session: Session, document: Invoice) -> datetime | None:
    """Of what an order bought: when its payment arrived; of a bill: when the last of it was paid."""
    if document.kind is DocumentKind.CREDIT_NOTE:
        return None
    if document.order_id:
        paid = (Attempt.order_id == document.order_id, Attempt.state == AttemptState.SUCCEEDED)
        return session.scalar(select(func.max(Attempt.ended_at)).where(*paid))
    settled = select(func.max(Settlement.at)).join(InvoiceLine, InvoiceLine.id == Settlement.invoice_line_id)
    return session.scalar(settled.where(InvoiceLine.invoice_id == document.id, Settlement.how == Settled.PAID))


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
            _state(),
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
