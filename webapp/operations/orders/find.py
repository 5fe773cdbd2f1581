"""An order, as far as it is somebody's own."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...domain.billing.payment import AttemptState
from ...domain.money import Money
from ...models import Attempt, Order, OrderLine
from ..desk import Desk


class NoSuchOrder(LookupError):
    """There is none of that code, or not of this account."""


def order_of(session: Session, code: str, desk: Desk, *, lock: bool = False) -> Order:
    """Raises NoSuchOrder."""
    query = select(Order).where(Order.code == code, Order.account_id == desk.account_id)
    order = session.scalar(query.with_for_update() if lock else query)
    if order is None:
        raise NoSuchOrder(code)
    return order


def open_order(session: Session, service_id: int, desk: Desk) -> str | None:
    """The code of this account's order for that service, as long as it waits to be paid."""
    mine = (OrderLine.claiming, OrderLine.service_id == service_id, Order.account_id == desk.account_id)
    return session.scalar(select(Order.code).join(OrderLine, OrderLine.order_id == Order.id).where(*mine).limit(1))


def paid_parts(session: Session, order_id: int) -> Sequence[Attempt]:
    """Those whose money was taken."""
    paid = select(Attempt).where(Attempt.order_id == order_id, Attempt.state == AttemptState.SUCCEEDED)
    return session.scalars(paid).all()


def taken_for(session: Session, order: Order) -> list[Money]:
    """What was taken for it."""
    return [part.amount for part in paid_parts(session, order.id)]


def open_attempt(session: Session, order_id: int) -> Attempt | None:
    """The one that is under way, or of which nobody knows what became of it."""
    return session.scalar(select(Attempt).where(Attempt.order_id == order_id, Attempt.undecided))
