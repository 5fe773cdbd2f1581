"""Let orders go that nobody pays."""

from sqlalchemy import select

from ...domain.billing.order import OrderState
from ...extensions import db
from ...models import Attempt, Order
from ...models.order import OPEN as OPEN_ORDER
from ...models.payment import OPEN
from ..desk import Desk
from ..transaction import writing
from .find import open_attempt
from .place import let_go

TOGETHER = 50


def expire_orders(desk: Desk) -> bool:
    """Let go of orders whose time is over and which nobody is paying; True where there are more."""
    late = select(Order.id).where(OPEN_ORDER, Order.expires_at <= desk.now).order_by(Order.id).limit(TOGETHER)
    unpaid = late.where(~select(Attempt.id).where(Attempt.order_id == Order.id, OPEN).exists())
    ids = db.session.scalars(unpaid).all()
    db.session.rollback()
    for order_id in ids:
        with writing() as session:
            order = session.scalars(select(Order).where(Order.id == order_id).with_for_update(key_share=True)).one()
            if order.state is OrderState.OPEN and open_attempt(session, order.id) is None:
                let_go(session, order, OrderState.EXPIRED, desk)
    return len(ids) == TOGETHER
