"""For which services somebody pays at the moment, and in which order."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import Attempt, Order, OrderLine, Service

PAYING = (
    select(Order.code).join(OrderLine, OrderLine.order_id == Order.id).join(Attempt, Attempt.order_id == Order.id)
).where(OrderLine.claiming)
PAID_IN = (
    PAYING.where(OrderLine.service_id == Service.id, Attempt.in_progress).limit(1).correlate(Service).scalar_subquery()
)
"""The order for a service whose payment is under way."""


def being_paid_for(session: Session, service_ids: Collection[int]) -> dict[int, str]:
    """The services for which somebody has begun to pay, each with the code of the order."""
    paying = PAYING.add_columns(OrderLine.service_id).where(Attempt.undecided, OrderLine.service_id.in_(service_ids))
    return {row.service_id: row.code for row in session.execute(paying)}
