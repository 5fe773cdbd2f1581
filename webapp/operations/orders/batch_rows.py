"""Tell the rows of batches what has become of the orders that came of them."""

from collections.abc import Collection
from typing import Any, cast

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from ...domain.batches.states import ORDERED_AGAIN, RowState
from ...domain.billing.order import OrderState
from ...domain.refusals import Refusal
from ...models import BatchRow, Order, OrderLine

ROW = cast(Table, BatchRow.__table__)
BECAME = {OrderState.PAID: RowState.DONE}
"""Of a row whose order ended that way; of any other end nothing came."""


def order_ended(session: Session, order: Order, state: OrderState) -> None:
    """The rows that waited for it do so no longer."""
    if order.batch_id is not None:
        services = select(OrderLine.service_id).where(OrderLine.order_id == order.id)
        _tell(session, order, services, state=BECAME.get(state, RowState.ABANDONED))


def brought_nothing(session: Session, order: Order, service_id: int, refusal: Refusal) -> None:
    """It is being settled, and nothing can be given for that service any more."""
    if order.batch_id is not None:
        told = {"reason": refusal.code, "facts": dict(refusal.stored()) or None}
        _tell(session, order, [service_id], state=RowState.CHANGED, **told)


def taken_over(session: Session, order: Order, batch_id: int) -> None:
    """Another batch asked for the very same order: from now on that one waits for it."""
    if order.batch_id not in (None, batch_id):
        services = select(OrderLine.service_id).where(OrderLine.order_id == order.id)
        _tell(session, order, services, state=RowState.ABANDONED, reason=ORDERED_AGAIN.code)
    order.batch_id = batch_id


def _tell(session: Session, order: Order, service_ids: Any | Collection[int], **values: Any) -> None:
    waiting = (ROW.c.batch_id == order.batch_id, ROW.c.state == RowState.ORDERED)
    session.execute(update(ROW).where(*waiting, ROW.c.service_id.in_(service_ids)).values(values))
