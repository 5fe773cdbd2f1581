"""One invoice or credit note, with what it came of and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from ...domain.billing.invoice import DocumentKind
from ...domain.billing.payment import HELD, AttemptState, Return
from ...domain.billing.settlement import Means
from ...domain.law.parties import Seller
from ...domain.listing.register import DocumentState
from ...domain.money import Money
from ...models import Attempt, Invoice, InvoiceLine, Order, OrderLine, Service
from ..case import held_by
from ..desk import Desk
from .owed import OwedLine, left_of, owed_lines
from .register import pays, seen_by, state_in_sql


class NoSuchDocument(LookupError):
    """There is none of that name, or not for this account."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A payment that was taken back."""

    reason: Return | None
    """None where the provider gave none."""
    day: date
    """On the seller’s calendar."""
    others: Sequence[Invoice]
    """What asks for it again; of such a request, what it had paid; as far as its reader sees them."""


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
    paid_on: date | None
    """When the last of it was paid here, on the seller’s calendar."""
    paid_by: Sequence[Means]
    taken_back: TakenBack | None
    """The payment of it that was taken back, or that it asks for again."""
    seller: Seller
    """As it is today."""

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
    query = select(Invoice, state_in_sql().label("state"), Order.code.label("order"))
    query = query.outerjoin(Order, (Order.id == Invoice.order_id) & (Order.account_id == desk.account_id))
    row = session.execute(query.where(Invoice.code == code, seen_by(desk))).one_or_none()
    if row is None:
        raise NoSuchDocument(code)
    document = row.Invoice
    ids = [line.service_id for line in document.lines]
    visible = select(Service.id, Service.reference).where(Service.id.in_(ids), held_by(desk.account_id))
    notes = session.scalars(select(Invoice).where(Invoice.corrects_id == document.id).order_by(Invoice.id)).all()
    paid = _payments(session, document)
    portal = desk.rules.portals[document.portal]
    return ShownDocument(
        document=document,
        state=DocumentState.of(row.state),
        order=row.order,
        corrects=session.get(Invoice, document.corrects_id) if document.corrects_id else None,
        notes=notes,
        services={each.id: each.reference for each in session.execute(visible)},
        owed=owed_lines(session, desk, Invoice.id == document.id),
        paid_on=max((ended_at.astimezone(portal.zone).date() for ended_at in paid), default=None),
        paid_by=sorted(set(paid.values())),
        taken_back=_taken_back(session, document, desk, portal.zone),
        seller=portal.seller,
    )


def _taken_back(session: Session, document: Invoice, desk: Desk, zone: ZoneInfo) -> TakenBack | None:
    query = select(Attempt).where(Attempt.returned_at.is_not(None)).order_by(Attempt.id.desc()).limit(1)
    demanded = Attempt.id == document.demands_id
    paid = and_(pays(document), Attempt.state == AttemptState.RETURNED)
    attempt = session.scalar(query.where(demanded if document.demands_id else paid))
    if attempt is None or attempt.returned_at is None:
        return None
    others = _paid_by(attempt) if document.demands_id else Invoice.demands_id == attempt.id
    seen = session.scalars(select(Invoice).where(seen_by(desk), others).order_by(Invoice.id)).all()
    return TakenBack(attempt.returned, attempt.returned_at.astimezone(zone).date(), seen)


def _paid_by(attempt: Attempt) -> ColumnElement[bool]:
    """What a document is that the order of that payment brought or settled."""
    bought = and_(Invoice.order_id == attempt.order_id, Invoice.kind == DocumentKind.INVOICE)
    billed = select(InvoiceLine.invoice_id).join(OrderLine, OrderLine.invoice_line_id == InvoiceLine.id)
    return or_(bought, Invoice.id.in_(billed.where(OrderLine.order_id == attempt.order_id)))


def _payments(session: Session, document: Invoice) -> dict[datetime, Means]:
    """When what it says was paid here, or what of it was, and how."""
    if document.kind is DocumentKind.CREDIT_NOTE:
        return {}
    paid = select(Attempt.ended_at, Attempt.means).where(pays(document), Attempt.state.in_(HELD))
    return {row.ended_at: row.means for row in session.execute(paid)}
