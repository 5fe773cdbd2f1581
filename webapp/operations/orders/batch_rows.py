"""Tell the rows of batches what has become of the orders that came of them."""

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, bindparam, select, update
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
        _tell(session, order, state=BECAME.get(state, RowState.ABANDONED))


def brought_nothing(session: Session, order: Order, refused: Mapping[int, Refusal]) -> None:
    """It is being settled, and nothing can be given for these services any more, by their keys."""
    if order.batch_id is None or not refused:
        return
    told = {name: bindparam(f"new_{name}", type_=ROW.c[name].type) for name in ("reason", "facts")}
    left_alone = update(ROW).where(*_waiting(order), ROW.c.service_id == bindparam("service"))
    rows = [
        {"service": key, "new_reason": each.code, "new_facts": dict(each.stored()) or None}
        for key, each in refused.items()
    ]
    session.execute(left_alone.values(state=RowState.CHANGED, **told), rows)


def taken_over(session: Session, order: Order, batch_id: int) -> None:
    """Another batch asked for the very same order: from now on that one waits for it."""
    if order.batch_id not in (None, batch_id):
        _tell(session, order, state=RowState.ABANDONED, reason=ORDERED_AGAIN.code)
    order.batch_id = batch_id


def _tell(session: Session, order: Order, **values: Any) -> None:
    """All that wait for it."""
    services = select(OrderLine.service_id).where(OrderLine.order_id == order.id)
    session.execute(update(ROW).where(*_waiting(order), ROW.c.service_id.in_(services)).values(values))


def _waiting(order: Order) -> tuple[ColumnElement[bool], ...]:
    return ROW.c.batch_id == order.batch_id, ROW.c.state == RowState.ORDERED
