"""Turn an accepted quote into an order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, insert, select, update
from sqlalchemy.orm import Session

from ...domain.billing.order import PAYMENT_UNDER_WAY, OrderState
from ...domain.billing.quote import Item, Part
from ...domain.refusals import Refused
from ...models import Attempt, Order, OrderLine
from ...models.payment import OPEN
from ..codes import new_code
from ..desk import Desk

LINE = cast(Table, OrderLine.__table__)


@dataclass(frozen=True, slots=True)
class Placed:
    order: Order
    new: bool
    """False where this very order was open already, as after a double click."""


def place(session: Session, part: Part, service_ids: Mapping[str, int], desk: Desk) -> Placed:
    """The order of these items, whose services are under lock; it takes their terms from any other open order.

    Raises Refused where one of those is being paid.
    """
    lines = [_line(item, service_ids[item.reference], number) for number, item in enumerate(part.items, 1)]
    others = _claiming(session, [line["service_id"] for line in lines])
    for other in others:
        if other.account_id == desk.account_id and _written(other) == [_comparable(line) for line in lines]:
            return Placed(other, new=False)
    for other in others:
        give_up(session, other, OrderState.DISCARDED, desk)
    return Placed(_added(session, part, lines, desk), new=True)


def _line(item: Item, service_id: int, position: int) -> dict[str, Any]:
    return {
        "position": position,
        "service_id": service_id,
        "purpose": item.purpose,
        "duration": item.duration,
        "starts_on": item.start,
        "ends_on": item.end,
        "net_minor": item.net.minor,
        "gross_minor": item.gross.minor,
        "levies": [levy.stored() for levy in item.levies],
    }


def _written(order: Order) -> list[dict[str, Any]]:
    return [_comparable({column.name: getattr(line, column.name) for column in LINE.c}) for line in order.lines]


def _comparable(line: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in line.items() if name not in ("id", "order_id", "claiming")}


def _claiming(session: Session, service_ids: Sequence[int]) -> Sequence[Order]:
    """The open orders for any of these services; under lock, in one order."""
    ids = select(OrderLine.order_id).where(OrderLine.claiming, OrderLine.service_id.in_(service_ids))
    query = select(Order).where(Order.id.in_(ids)).order_by(Order.id).with_for_update()
    return session.scalars(query).all()


def _added(session: Session, part: Part, lines: list[dict[str, Any]], desk: Desk) -> Order:
    portal, currency = part.items[0].seller
    order = Order(
        code=new_code(),
        account_id=desk.account_id,
        portal=portal,
        state=OrderState.OPEN,
        currency=currency,
        net_minor=part.net.minor,
        gross_minor=part.gross.minor,
        created_at=desk.now,
        expires_at=desk.now + desk.rules.orders.order_lasts,
    )
    session.add(order)
    session.flush()
    session.execute(insert(LINE), [line | {"order_id": order.id, "claiming": True} for line in lines])
    return order


def give_up(session: Session, order: Order, state: OrderState, desk: Desk) -> None:
    """End an open order that is under lock without its payment. Raises Refused while somebody pays it."""
    if being_paid(session, order.id):
        raise Refused(PAYMENT_UNDER_WAY())
    end(session, order, state, desk)


def end(session: Session, order: Order, state: OrderState, desk: Desk) -> None:
    """It claims nothing any more."""
    order.state, order.ended_at = state, desk.now
    session.execute(update(OrderLine).where(OrderLine.order_id == order.id).values(claiming=False))


def being_paid(session: Session, order_id: int) -> bool:
    """Whether money may be under way for it."""
    return session.scalar(select(Attempt.id).where(Attempt.order_id == order_id, OPEN)) is not None
