"""Write down what a provider says of a payment, from whichever side it comes, as often as it comes.

Returning from the provider's page, its notices and the worker's questions all end here, and the first one that says
that money was taken settles the order. Money that was taken back later is owed again (``take_back.py``).
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.orm import Session

from ...domain.billing.order import OrderState
from ...domain.billing.payment import TAKEN, AttemptState, Standing, Statement, further
from ...domain.billing.settlement import covered
from ...domain.events import NotDebited
from ...domain.messages import DebitRefused, Mentioned, PaymentUnderWay
from ...domain.money import Money
from ...domain.service.service import Availability
from ...models import Attempt, Invoice, InvoiceLine, Order, OrderLine
from ..case import case_of
from ..change import change_of, record
from ..desk import Desk
from ..invoices.bills import price_of
from ..ledger import credit_payment
from ..orders.find import taken_for
from ..orders.place import let_go
from ..outbox import put, put_once
from ..projection import project
from ..transaction import writing
from .settle import lock_ordered, lock_services, settle
from .take_back import restore, take_back


class NoSuchPayment(LookupError):
    """We never asked for a payment of that key."""


class OtherAmount(Exception):
    """The provider names another amount than it was asked to take; an operator has to look at it."""

    def __init__(self, key: str, *, new: bool) -> None:
        super().__init__(key)
        self.new = new
        """Whether it had not said so before."""


def learn(key: str, statement: Statement, desk: Desk) -> AttemptState:
    """Where the attempt stands then. What is final stays, unless money was taken after all.

    Raises NoSuchPayment, OtherAmount.
    """
    with writing() as session:
        services = lock_services(session, _paid_by(key)) if statement.standing.taken else ()
        ids = [row.id for row in services] or lock_ordered(session, _paid_by(key))
        order, attempt = _locked(session, key)
        before, odd = attempt.in_progress, statement.amount and statement.amount != attempt.amount
        told = statement.amount if odd else None
        new = told is not None and (told.minor, told.currency) != (attempt.told_minor, attempt.told_currency)
        attempt.told_minor, attempt.told_currency = (told.minor, told.currency) if told else (None, None)
        match statement.standing:
            case _ if odd:
                if attempt.state.open:
                    attempt.state = AttemptState.UNKNOWN
                    _ask_later(attempt, desk)
            case Standing.SUCCEEDED | Standing.RETURNED | Standing.RESTORED:
                _taken(session, order, attempt, statement, services, desk)
            case Standing.FAILED if attempt.state.open:
                _end(attempt, AttemptState.FAILED, statement, desk)
                if order.automatic:
                    _refused(session, order, attempt, desk)
            case Standing.WAITING | Standing.SETTLING if attempt.state.open:
                attempt.state = AttemptState.PENDING
                attempt.reference, attempt.address = statement.reference, statement.address
                _ask_later(attempt, desk)
                if statement.standing is Standing.SETTLING and not order.automatic:
                    put_once(session, PaymentUnderWay(key, order.code, attempt.amount), order.account_id, desk)
        if attempt.in_progress != before:
            project(session, ids, rules=desk.rules, now=desk.now)
        state = attempt.state
    if odd:
        raise OtherAmount(key, new=new)
    return state


def _taken(
    session: Session, order: Order, attempt: Attempt, statement: Statement, services: Sequence[Row[Any]], desk: Desk
) -> None:
    """Money was taken, whatever became of it then: in whichever order that is told, the same is given and owed."""
    before, after = attempt.state, further(attempt.state, statement.standing)
    if before not in TAKEN:
        _end(attempt, AttemptState.SUCCEEDED, statement, desk)
        _paid(session, order, attempt, services, desk)
    if after is AttemptState.RETURNED is not before:
        attempt.state, attempt.returned, attempt.returned_at = after, statement.returned, desk.now
        session.flush()
        take_back(session, order, attempt, desk)
    elif after is AttemptState.RESTORED is not before:
        attempt.state = after
        if before is AttemptState.RETURNED:
            restore(session, order, attempt, desk)


def _paid(session: Session, order: Order, attempt: Attempt, services: Sequence[Row[Any]], desk: Desk) -> None:
    """The last part of an open order settles it; money for one that is over is credit."""
    if order.state is not OrderState.OPEN:
        credit_payment(session, order, attempt, desk)
    elif covered(order.gross, [attempt.amount]) or covered(order.gross, taken_for(session, order)):
        settle(session, order, services, desk)


def _refused(session: Session, order: Order, attempt: Attempt, desk: Desk) -> None:
    """What nobody ordered is let go, so that its bills can be paid otherwise, and they are told until when."""
    let_go(session, order, OrderState.DISCARDED, desk)
    query = select(OrderLine, InvoiceLine, Invoice.code).join(InvoiceLine, InvoiceLine.id == OrderLine.invoice_line_id)
    query = query.join(Invoice, Invoice.id == InvoiceLine.invoice_id).where(OrderLine.order_id == order.id)
    lines = session.execute(query.order_by(OrderLine.position)).all()
    rows = {row.id: row for row in lock_services(session, Order.id == order.id)}
    today = desk.today_at(order.portal)
    active = (row for row in rows.values() if row.availability is Availability.ACTIVE)
    days = {row.id: _day_named(row.promised_on, today, desk) for row in active}
    changes, services = [], []
    for line, billed, bill in lines:
        row, day, amount = rows[line.service_id], days.get(line.service_id), Money(line.gross_minor, order.currency)
        case, event = case_of(row, desk), NotDebited(bill, amount, attempt.failure, day)
        after = case.service.noticed(today, day) if day else case.service
        changes.append(change_of(row.id, case, after, event, row=row))
        price = price_of(billed, order.currency) if amount.minor == billed.gross_minor else None
        name = billed.display_name or billed.name
        services.append(Mentioned(row.reference, name, billed.ends_on, amount, price=price))
    record(session, changes, desk)
    bills = tuple(sorted({line.code for line in lines}))
    told = (bills, attempt.amount, attempt.failure, min(days.values(), default=None), tuple(services))
    put(session, DebitRefused(attempt.key, *told), order.account_id, desk)


def _day_named(told: date | None, today: date, desk: Desk) -> date:
    """On which a service is suspended: as its payer was told, or some days after what is told late."""
    late = today + timedelta(days=desk.rules.lifecycle.told_late_days)
    return told if told is not None and told >= today else late


def learn_nothing(key: str, desk: Desk) -> None:
    """The provider did not answer: whether money is taken is unknown, and it is asked again later."""
    with writing() as session:
        ids = lock_ordered(session, _paid_by(key))
        _order, attempt = _locked(session, key)
        if not attempt.state.open:
            return
        before = attempt.in_progress
        attempt.state = AttemptState.UNKNOWN
        _ask_later(attempt, desk)
        if not before:
            project(session, ids, rules=desk.rules, now=desk.now)


def _paid_by(key: str) -> ColumnElement[bool]:
    return Order.id == select(Attempt.order_id).where(Attempt.key == key).scalar_subquery()


def _locked(session: Session, key: str) -> tuple[Order, Attempt]:
    """The order under lock, after its services, as whoever orders locks them; the attempt as it is then.

    Raises NoSuchPayment.
    """
    order = session.scalar(select(Order).where(_paid_by(key)).with_for_update(key_share=True))
    if order is None:
        raise NoSuchPayment(key)
    return order, session.scalars(select(Attempt).where(Attempt.key == key)).one()


def _end(attempt: Attempt, state: AttemptState, statement: Statement, desk: Desk) -> None:
    attempt.state, attempt.failure, attempt.address, attempt.ended_at = state, statement.failure, "", desk.now
    attempt.reference = statement.reference or attempt.reference


def _ask_later(attempt: Attempt, desk: Desk) -> None:
    """Whoever asks earlier, as people do who look at their order, does not put off the next time."""
    if attempt.ask_at <= desk.system_now:
        attempt.asked += 1
        attempt.ask_at = desk.system_now + desk.rules.orders.next_ask(attempt.asked)
