"""Turn what was accepted into an order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, insert, select, update
from sqlalchemy.orm import Session

from ...domain.billing.order import PAYMENT_UNDER_WAY, OrderState
from ...domain.billing.quote import Item, Purpose
from ...domain.money import Money
from ...domain.refusals import Refused
from ...models import Order, OrderLine
from ..codes import new_code
from ..desk import Desk
from ..invoices.bills import BillLine
from ..ledger import credit_payment
from .batch_rows import order_ended, taken_over
from .find import open_attempt, paid_parts

LINE = cast(Table, OrderLine.__table__)
Line = dict[str, Any]
"""Columns of a line without its order."""


@dataclass(frozen=True, slots=True)
class Placed:
    """The order that somebody asked for."""

    code: str
    new: bool
    """False where this very order was open already, as after a double click."""


def place(
    session: Session, seller: tuple[str, str], wanted: Sequence[Line], desk: Desk, *, batch_id: int | None = None
) -> Placed:
    """The order of these lines at a seller in a currency; it takes what they buy or settle from any other open order.

    Their services are under lock. Raises Refused where another order for one of them is being paid.
    """
    lines = [{"position": number, **line} for number, line in enumerate(wanted, 1)]
    others = _claiming(session, [line["service_id"] for line in lines])
    for other in others:
        if other.account_id == desk.account_id and _written(other) == [_comparable(line) for line in lines]:
            if batch_id is not None:
                taken_over(session, other, batch_id)
            return Placed(other.code, new=False)
    for other in others:
        give_up(session, other, OrderState.DISCARDED, desk)
    return Placed(_added(session, seller, lines, desk, batch_id).code, new=True)


def term_line(item: Item, service_id: int) -> Line:
    """Of what is quoted."""
    return {
        "service_id": service_id,
        "purpose": item.purpose,
        "invoice_line_id": None,
        "duration": item.duration,
        "starts_on": item.start,
        "ends_on": item.end,
        "anchor_day": item.anchor_day,
        "net_minor": item.net.minor,
        "gross_minor": item.gross.minor,
        "levies": [levy.stored() for levy in item.levies],
        "restore_fee_minor": item.restore_fee.minor if item.restore_fee else None,
    }


def bill_line(line: BillLine, amount: Money) -> Line:
    """Of what is still owed: the taxes in it were reckoned when it was billed."""
    return {
        "service_id": line.service_id,
        "purpose": Purpose.BILL,
        "invoice_line_id": line.id,
        "duration": line.duration,
        "starts_on": line.starts_on,
        "ends_on": line.ends_on,
        "anchor_day": None,
        "net_minor": amount.minor,
        "gross_minor": amount.minor,
        "levies": [],
        "restore_fee_minor": None,
    }


def _written(order: Order) -> list[Line]:
    return [_comparable({column.name: getattr(line, column.name) for column in LINE.c}) for line in order.lines]


def _comparable(line: Line) -> Line:
    return {name: value for name, value in line.items() if name not in ("id", "order_id", "claiming")}


def _claiming(session: Session, service_ids: Sequence[int]) -> Sequence[Order]:
    """The open orders for any of these services; under lock, in one order."""
    ids = select(OrderLine.order_id).where(OrderLine.claiming, OrderLine.service_id.in_(service_ids))
    query = select(Order).where(Order.id.in_(ids)).order_by(Order.id).with_for_update(key_share=True)
    return session.scalars(query).all()


def _added(session: Session, seller: tuple[str, str], lines: list[Line], desk: Desk, batch_id: int | None) -> Order:
    net, gross = (sum(line[name] for line in lines) for name in ("net_minor", "gross_minor"))
    order = new_order(session, seller, net, gross, desk, batch_id=batch_id)
    add_lines(session, order, lines)
    return order


def add_lines(session: Session, order: Order, lines: Sequence[Line]) -> None:
    """To a new one. Raises IntegrityError where another order claims what one of them buys or settles."""
    session.execute(insert(LINE), [line | {"order_id": order.id, "claiming": True} for line in lines])


def new_order(
    session: Session, seller: tuple[str, str], net_minor: int, gross_minor: int, desk: Desk, **more: Any
) -> Order:
    """One without lines as yet, of the account that acts if no other is given."""
    portal, currency = seller
    order = Order(
        code=new_code(),
        portal=portal,
        state=OrderState.OPEN,
        currency=currency,
        net_minor=net_minor,
        gross_minor=gross_minor,
        created_at=desk.now,
        expires_at=desk.now + desk.rules.orders.order_lasts,
        **{"account_id": desk.account_id, **more},
    )
    session.add(order)
    session.flush()
    return order


def release(session: Session, service_ids: Sequence[int], desk: Desk) -> None:
    """Void what is ordered for these services, which are under lock. Raises Refused while somebody pays for one."""
    for order in _claiming(session, service_ids):
        give_up(session, order, OrderState.DISCARDED, desk)


def release_free(session: Session, service_ids: Sequence[int], desk: Desk) -> set[int]:
    """The same as far as nobody pays it at this moment; the services for which somebody does."""
    paying: set[int] = set()
    for order in _claiming(session, service_ids):
        try:
            give_up(session, order, OrderState.DISCARDED, desk)
        except Refused:
            claimed = select(OrderLine.service_id).where(OrderLine.order_id == order.id, OrderLine.claiming)
            paying |= set(session.scalars(claimed))
    return paying


def give_up(session: Session, order: Order, state: OrderState, desk: Desk) -> None:
    """End an open order that is under lock without its payment. Raises Refused while somebody pays it."""
    if open_attempt(session, order.id):
        raise Refused(PAYMENT_UNDER_WAY())
    let_go(session, order, state, desk)


def let_go(session: Session, order: Order, state: OrderState, desk: Desk) -> None:
    """The same where nobody pays it; parts of it that were paid are credit then."""
    for attempt in paid_parts(session, order.id):
        credit_payment(session, order, attempt, desk)
    end(session, order, state, desk)


def end(session: Session, order: Order, state: OrderState, desk: Desk) -> None:
    """It claims nothing any more."""
    order_ended(session, order, state)
    order.state, order.ended_at = state, desk.now
    session.execute(update(LINE).where(LINE.c.order_id == order.id).values(claiming=False))
