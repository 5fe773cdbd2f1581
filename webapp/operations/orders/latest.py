"""What an account has ordered."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from ...models import Order, OrderLine, Service
from ..desk import Desk

MOST_ORDERS = 100


@dataclass(frozen=True, slots=True)
class PastOrder:
    order: Order
    first: str
    """The service of its first line, as it is displayed."""
    more: int
    """How many others there are."""


def latest_orders(session: Session, desk: Desk) -> list[PastOrder]:
    """The account’s own, the youngest first."""
    other = aliased(OrderLine)
    others = select(func.count()).where(other.order_id == Order.id, other.position > 1).scalar_subquery()
    query = (
        select(Order, Service.name, Service.display_name, others.label("more"))
        .join(OrderLine, (OrderLine.order_id == Order.id) & (OrderLine.position == 1))
        .join(Service, Service.id == OrderLine.service_id)
        .where(Order.account_id == desk.account_id)
        .order_by(Order.id.desc())
        .limit(MOST_ORDERS)
    )
    return [PastOrder(row.Order, row.display_name or row.name, row.more) for row in session.execute(query)]
