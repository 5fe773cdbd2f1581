"""An order, as far as it is somebody's own."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models import Attempt, Order
from ...models.payment import OPEN
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


def open_attempt(session: Session, order_id: int) -> Attempt | None:
    """The one that is under way, or of which nobody knows what became of it."""
    return session.scalar(select(Attempt).where(Attempt.order_id == order_id, OPEN))
