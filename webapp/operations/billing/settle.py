"""Give what was paid for: one transaction for a whole order.

The invoice's number is taken last. Its counter is held until the commit, so that settling is serial for each portal;
that is the price of numbers without gaps.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.orm import Session

from ...domain.billing.order import OrderState
from ...domain.events import Renewed
from ...domain.law.contracts import Levy
from ...domain.money import Money
from ...domain.refusals import Refusal
from ...domain.renewal.renewing import brought_back, why_credited
from ...domain.renewal.terms import Term
from ...domain.service.case import Case
from ...models import Counter, Invoice, Order, OrderLine, Outbox, Service
from ..case import case_of, select_cases
from ..change import Change, record
from ..desk import Desk
from ..transaction import add_missing
from .credit import credit_line
from .place import end


@dataclass(frozen=True, slots=True)
class Judged:
    """One line, and why its term cannot be given any more, if so."""

    line: OrderLine
    case: Case
    refusal: Refusal | None


def lock_services(session: Session, order_id: int) -> Sequence[Row[Any]]:
    """In the order in which everyone locks them."""
    ordered = select(OrderLine.service_id).where(OrderLine.order_id == order_id)
    query = select_cases().where(Service.id.in_(ordered)).order_by(Service.id)
    return session.execute(query.with_for_update(of=Service)).all()


def settle(session: Session, order: Order, services: Sequence[Row[Any]], desk: Desk) -> None:
    """The order and its services are under lock; what cannot be given becomes credit."""
    buyer = Desk(order.account_id, desk.now, desk.rules)
    cases = {row.id: case_of(row, buyer) for row in services}
    judged = [_judge(line, cases[line.service_id]) for line in order.lines]
    given = [each for each in judged if each.refusal is None]
    for each in judged:
        if each.refusal:
            credit_line(session, order, each.line, each.refusal, desk)
    record(session, [_change(each, order) for each in given], buyer)
    end(session, order, OrderState.PAID, desk)
    _tell(session, order, desk)
    if given:
        _invoice(session, order, [each.line for each in given], desk)


def _judge(line: OrderLine, case: Case) -> Judged:
    return Judged(line, case, why_credited(case, line.starts_on))


def _change(judged: Judged, order: Order) -> Change:
    line = judged.line
    event = Renewed(
        order=order.code,
        start=line.starts_on,
        end=line.ends_on,
        net=Money(line.net_minor, order.currency),
        gross=Money(line.gross_minor, order.currency),
        taxes=tuple(Levy.read(levy, order.currency).tax for levy in line.levies),
    )
    return Change(
        line.service_id,
        event,
        brought_back(judged.case, line.ends_on),
        judged.case.rules.name,
        Term(line.starts_on, line.ends_on, order_line_id=line.id),
    )


def _tell(session: Session, order: Order, desk: Desk) -> None:
    message = {"key": f"order-paid {order.code}", "kind": "order-paid", "account_id": order.account_id}
    session.add(Outbox(**message, facts={"order": order.code}, created_at=desk.now))


def _invoice(session: Session, order: Order, lines: Sequence[OrderLine], desk: Desk) -> None:
    invoice = Invoice(
        portal=order.portal,
        number=next_number(session, f"invoice {order.portal}"),
        order_id=order.id,
        account_id=order.account_id,
        issued_at=desk.now,
        currency=order.currency,
        net_minor=sum(line.net_minor for line in lines),
        gross_minor=sum(line.gross_minor for line in lines),
    )
    session.add(invoice)
    session.flush()


def next_number(session: Session, name: str) -> int:
    """1, 2, 3 …; the counter is held until the commit, and a number that is not committed is given again."""
    add_missing(session, Counter, [{"name": name, "value": 0}])
    counting = update(Counter).where(Counter.name == name).values(value=Counter.value + 1).returning(Counter.value)
    return session.scalars(counting.execution_options(synchronize_session=False)).one()
