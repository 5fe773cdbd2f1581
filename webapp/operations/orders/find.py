"""An order, as far as it is somebody's own."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...domain.billing.payment import HELD
from ...domain.money import Money
from ...models import Account, Attempt, Order, OrderLine, Service
from ...rules.loader import Rules
from ..desk import Desk


class NoSuchOrder(LookupError):
    """There is none of that code, or not of this account."""


def order_of(session: Session, code: str, desk: Desk, *, lock: bool = False) -> Order:
    """Raises NoSuchOrder."""
    query = select(Order).where(Order.code == code, Order.account_id == desk.account_id)
    order = session.scalar(query.with_for_update(key_share=True) if lock else query)
    if order is None:
        raise NoSuchOrder(code)
    return order


def open_order(session: Session, service_id: int, desk: Desk) -> str | None:
    """The code of this account's order for that service, as long as it waits to be paid."""
    mine = (OrderLine.claiming, OrderLine.service_id == service_id, Order.account_id == desk.account_id)
    return session.scalar(select(Order.code).join(OrderLine, OrderLine.order_id == Order.id).where(*mine).limit(1))


def paid_parts(session: Session, order_id: int) -> Sequence[Attempt]:
    """Those whose money we have."""
    paid = select(Attempt).where(Attempt.order_id == order_id, Attempt.state.in_(HELD))
    return session.scalars(paid).all()


def taken_for(session: Session, order: Order) -> list[Money]:
    """What was taken for it."""
    return [part.amount for part in paid_parts(session, order.id)]


def open_attempt(session: Session, order_id: int) -> Attempt | None:
    """The one that is under way, or of which nobody knows what became of it; there is one, by whatever means."""
    return session.scalar(select(Attempt).where(Attempt.order_id == order_id, Attempt.undecided))


def lacks_address(session: Session, order: Order, rules: Rules) -> bool:
    """Whether who pays it has to tell their address first, since an invoice for something of their own names it."""
    buyer = session.get_one(Account, order.account_id)
    if not rules.portals[order.portal].lacks_address(buyer.kind, buyer.address):
        return False
    own = select(OrderLine.id).join(Service, Service.id == OrderLine.service_id)
    sold = (OrderLine.order_id == order.id, OrderLine.invoice_line_id.is_(None), Service.owner_id == buyer.id)
    return session.scalar(own.where(*sold).limit(1)) is not None
