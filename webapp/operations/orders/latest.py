"""What an account has ordered."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import Session, aliased

from ...domain.billing.quote import Purpose
from ...models import Attempt, Order, OrderLine, Service
from ..desk import Desk

MOST_ORDERS = 100


@dataclass(frozen=True, slots=True)
class PastOrder:
    order: Order
    first: str
    """The service of its first line, as it is displayed; empty where it tops up the balance."""
    more: int
    """How many others there are."""
    pays_bills: bool
    """Whether it settles what is owed; otherwise it buys terms."""


def latest_orders(session: Session, desk: Desk) -> list[PastOrder]:
    """The account’s own, the youngest first; payments of bills that nobody has begun are none."""
    other = aliased(OrderLine)
    others = select(func.count()).where(other.order_id == Order.id, other.position > 1).scalar_subquery()
    begun = select(Attempt.id).where(Attempt.order_id == Order.id).exists()
    query = (
        select(Order, Service.name, Service.display_name, OrderLine.purpose, others.label("more"))
        .outerjoin(OrderLine, (OrderLine.order_id == Order.id) & (OrderLine.position == 1))
        .outerjoin(Service, Service.id == OrderLine.service_id)
        .where(Order.account_id == desk.account_id, or_(OrderLine.purpose != Purpose.BILL, begun, Order.tops_up))
        .order_by(Order.id.desc())
        .limit(MOST_ORDERS)
    )
    return [_past(row) for row in session.execute(query)]


def _past(row: Row[Any]) -> PastOrder:
    return PastOrder(row.Order, row.display_name or row.name or "", row.more, row.purpose is Purpose.BILL)
