"""An order with all that came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session

from ...domain.billing.invoice import DocumentKind
from ...domain.billing.ledger import EntryKind
from ...domain.billing.order import Situation, situation
from ...domain.billing.quote import Purpose, summed, total
from ...domain.billing.settlement import Means
from ...domain.law.contracts import Levy
from ...domain.money import Money
from ...domain.service.service import Availability, Suspension
from ...models import Attempt, Invoice, InvoiceLine, LedgerEntry, Order, OrderLine, PaymentMethod, Service
from ..case import held_by
from ..desk import Desk
from ..ledger import balance, for_line
from .find import lacks_address, order_of, paid_parts


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One term, and what came of it."""

    line: OrderLine
    currency: str
    reference: str
    name: str
    """As it is displayed."""
    visible: bool
    """Whether the service is still among the reader’s."""
    credited: str
    """The reason why its price was credited instead of a term given; empty where it was not."""
    bill: str | None
    """The name of the bill that it settles, in addresses."""
    number: str | None
    """As it is printed, if it is known."""
    availability: Availability
    suspension: Suspension | None
    """Of the service, as it is now."""

    @property
    def net(self) -> Money:
        return Money(self.line.net_minor, self.currency)

    @property
    def gross(self) -> Money:
        return Money(self.line.gross_minor, self.currency)

    @property
    def levies(self) -> list[Levy]:
        return [Levy.read(stored, self.currency) for stored in self.line.levies]

    def fee(self, *, netted: bool) -> Money | None:
        """What of its price restores a name; ``netted`` is whether its reader is told prices without tax."""
        return self.line.price(self.currency, netted=netted).shown_fee


@dataclass(frozen=True, slots=True)
class ShownOrder:
    order: Order
    zone: ZoneInfo
    """Of the seller."""
    lines: Sequence[ShownLine]
    attempt: Attempt | None
    """The latest."""
    method: PaymentMethod | None
    """The saved one that it debits."""
    spent: Money
    """What the balance has paid of it."""
    left: Money
    """What is still to be paid."""
    balance: Money
    """What the account has with the seller."""
    credits: Sequence[LedgerEntry]
    """For what was taken and brought nothing."""
    documents: Sequence[Invoice]
    situation: Situation
    looked_at_until: date
    """Until when people look at a payment that has to be looked at."""
    today: date
    """Of the seller."""
    lacks_address: bool
    """Whether the reader has to tell it before this is paid."""

    @property
    def pays_bills(self) -> bool:
        """Whether it settles what is owed; otherwise it buys terms."""
        return bool(self.lines) and self.lines[0].line.purpose is Purpose.BILL

    @property
    def invoices(self) -> list[Invoice]:
        """For what it brought, one for each owner."""
        return [each for each in self.documents if each.demands_id is None]

    @property
    def requests(self) -> list[Invoice]:
        """What asks for the latest payment again, which was taken back."""
        return [each for each in self.documents if each.demands_id is not None]

    @property
    def from_balance(self) -> Money:
        """How much of what is left the balance pays."""
        return Money(0 if self.order.tops_up else max(0, min(self.balance.minor, self.left.minor)), self.left.currency)

    @property
    def to_charge(self) -> Money:
        """What is left besides."""
        return Money(self.left.minor - self.from_balance.minor, self.left.currency)

    @property
    def levies(self) -> tuple[Levy, ...]:
        return summed(levy for line in self.lines for levy in line.levies)

    @property
    def credited(self) -> Money | None:
        """All of it."""
        return total(each.amount for each in self.credits) if self.credits else None

    @property
    def late(self) -> list[LedgerEntry]:
        """Payments that came when the order was over."""
        return [each for each in self.credits if each.service_id is None]


def show_order(session: Session, code: str, desk: Desk) -> ShownOrder:
    """In a constant number of statements. Raises NoSuchOrder."""
    order = order_of(session, code, desk)
    latest = select(Attempt).where(Attempt.order_id == order.id).order_by(Attempt.number.desc()).limit(1)
    attempt, zone = session.scalar(latest), desk.rules.portals[order.portal].zone
    of_it = (LedgerEntry.order_id == order.id, LedgerEntry.kind == EntryKind.CREDITED)
    return ShownOrder(
        order=order,
        zone=zone,
        lines=_lines(session, order, desk),
        attempt=attempt,
        method=session.get(PaymentMethod, attempt.method_id) if attempt and attempt.method_id else None,
        **_paid(session, order),
        credits=session.scalars(select(LedgerEntry).where(*of_it).order_by(LedgerEntry.id)).all(),
        documents=_documents(session, order, attempt),
        looked_at_until=_looked_at_until(attempt, order, desk),
        today=desk.now.astimezone(zone).date(),
        lacks_address=lacks_address(session, order, desk.rules),
        situation=situation(
            order.state,
            attempt.state if attempt else None,
            at_a_page=bool(attempt and attempt.address),
            late=order.expires_at <= desk.now,
            disputed=bool(attempt and attempt.disputed),
        ),
    )


def _documents(session: Session, order: Order, attempt: Attempt | None) -> Sequence[Invoice]:
    """What it brought, and what asks for its payment again."""
    asking = Invoice.demands_id == attempt.id if attempt else false()
    return session.scalars(select(Invoice).where(or_(and_(*of_order(order)), asking)).order_by(Invoice.id)).all()


def _paid(session: Session, order: Order) -> dict[str, Money]:
    """By which the page says what is paid, and what is left."""
    parts = paid_parts(session, order.id)
    taken, spent = (
        sum(part.minor for part in several)
        for several in (parts, [part for part in parts if part.means is Means.BALANCE])
    )
    return {
        "spent": Money(spent, order.currency),
        "left": Money(order.gross_minor - taken, order.currency),
        "balance": balance(session, order.account_id, order.seller),
    }


def _looked_at_until(attempt: Attempt | None, order: Order, desk: Desk) -> date:
    begun = attempt.begun_at if attempt else order.created_at
    day = begun.astimezone(desk.rules.portals[order.portal].zone).date()
    return day + timedelta(days=desk.rules.orders.looked_at_within_days)


def of_order(order: Order) -> tuple[ColumnElement[bool], ...]:
    return (Invoice.order_id == order.id, Invoice.kind == DocumentKind.INVOICE)


def _lines(session: Session, order: Order, desk: Desk) -> list[ShownLine]:
    query = (
        select(
            OrderLine,
            Service.reference,
            Service.name,
            Service.display_name,
            Service.availability,
            Service.suspension,
            Invoice.code.label("bill"),
            Invoice.number,
            LedgerEntry.reason.label("credited"),
            held_by(desk.account_id).label("visible"),
        )
        .join(Service, Service.id == OrderLine.service_id)
        .outerjoin(InvoiceLine, InvoiceLine.id == OrderLine.invoice_line_id)
        .outerjoin(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .outerjoin(LedgerEntry, LedgerEntry.key == for_line(OrderLine.id))
        .where(OrderLine.order_id == order.id)
        .order_by(OrderLine.position)
    )
    return [_shown(row, order.currency) for row in session.execute(query)]


def _shown(row: Any, currency: str) -> ShownLine:
    return ShownLine(
        line=row.OrderLine,
        currency=currency,
        reference=row.reference,
        name=row.display_name or row.name,
        visible=bool(row.visible),
        credited=row.credited or "",
        bill=row.bill,
        number=row.number,
        availability=row.availability,
        suspension=row.suspension,
    )
