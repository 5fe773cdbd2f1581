"""What the program makes of the days: its side of the comparison."""

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select

from tests.confirming import renewing_looked_at
from tests.operations.lifecycle.days import Days
from tests.oracle.oracle import Payer, Told, live
from tests.provider import Killed, Till
from webapp.domain.actors import Person
from webapp.domain.billing.invoice import DocumentKind
from webapp.domain.billing.payment import PaymentRequest, Standing, Statement
from webapp.domain.refusals import Refused
from webapp.domain.service.actions import Action
from webapp.domain.service.service import Mode
from webapp.extensions import db
from webapp.models import Account, Event, Invoice, InvoiceLine, Outbox, Service
from webapp.operations.desk import Desk
from webapp.operations.orders.for_bills import order_all
from webapp.operations.payments.learn import learn
from webapp.operations.payments.pay import begin_payment
from webapp.operations.renewal.renew import order_renewal
from webapp.wiring import desk_for


class Bank(Till):
    """Refuses those that it does not like."""

    def charge(self, method: str, wanted: PaymentRequest) -> Statement:
        self.charges = Standing.FAILED if method.startswith("refused") else Standing.SUCCEEDED
        return super().charge(method, wanted)


def _pay_all(days: Days, account: int, seller: str) -> None:
    with days.app.app_context():
        desk = desk_for(Person(account))
        try:
            placed = order_all(seller, desk)
        except Refused:
            return
        _pay(days, placed.code, desk)


def _renew_all(days: Days, account: int) -> None:
    """Everything that is renewed by hand, for the period that it has, as far as it can be."""
    with days.app.app_context():
        desk = desk_for(Person(account))
        manual = (Service.billing_id == account, Service.mode == Mode.MANUAL)
        query = select(Service.reference, Service.period).where(*manual).order_by(Service.id)
        for row in db.session.execute(query).all():
            try:
                command = renewing_looked_at(row.reference, str(row.period), desk, (), Action.RENEW)
                db.session.rollback()
                code = order_renewal(command, desk).order
            except Refused:
                continue
            if code:
                _pay(days, code, desk)


def _pay(days: Days, code: str, desk: Desk) -> None:
    begin_payment(code, desk, days.till, return_to="", language="en")
    for key, statement in list(days.till.books.items()):
        if statement.standing is Standing.WAITING:
            learn(key, days.till.decide(key, Standing.SUCCEEDED), desk)


def _happened(app: Flask) -> Told:
    """What the program has kept."""
    with app.app_context():
        names = {row.id: row.reference for row in db.session.execute(select(Service.id, Service.reference))}
        payers = {row.id: row.handle for row in db.session.execute(select(Account.id, Account.handle))}
        told = Told()
        for event in db.session.scalars(select(Event).order_by(Event.id)):
            told.events.add((event.at.date(), names[event.service_id], event.kind.value))
        lines = select(Invoice, InvoiceLine).join(InvoiceLine, InvoiceLine.invoice_id == Invoice.id)
        for document, line in db.session.execute(lines.order_by(InvoiceLine.id)):
            day, name = document.issued_on, names[line.service_id]
            if document.kind is DocumentKind.CREDIT_NOTE:
                told.credited.append((day, name, abs(line.gross_minor)))
            else:
                told.lines.append((day, name, line.starts_on, line.ends_on, line.gross_minor))
        for message in db.session.scalars(select(Outbox).order_by(Outbox.id)):
            day, payer = message.created_at.date(), payers[message.account_id]
            about = message.facts.get("services", ())
            for name in [each["reference"] for each in about] or [""]:
                told.mails.add((day, payer, message.kind, name))
    return told


def _stands(app: Flask) -> dict[str, tuple[object, ...]]:
    with app.app_context():
        rows = db.session.scalars(select(Service).order_by(Service.id))
        return {
            row.reference: (row.availability.value, row.ends_on, row.amount_due_minor or 0, row.billed_on)
            for row in rows
        }


def live_and_compare(
    days: Days, payers: Mapping[int, Payer], first: date, length: int, *, broken_off: bool = False
) -> None:
    """So many days happen to what these accounts pay for; what was there before is not compared.

    Where it is broken off, each day's engine is ended at the first debit that it asks for, and another one goes on.
    """
    before = _happened(days.app)
    for today in (first + timedelta(days=number) for number in range(length)):
        days.move_to(today)
        if broken_off:
            _break_off(days)
        for _once_more in range(2):
            days.run(confirmed=True)
            days.mail()
        for account, payer in payers.items():
            if today in payer.pays_on:
                _pay_all(days, account, payer.seller)
            if today in payer.renews_on:
                _renew_all(days, account)
    expected, found_out = live(payers.values(), first, length), _happened(days.app)
    _same("events", found_out.events - before.events, expected.events)
    _same("mails", found_out.mails - before.mails, expected.mails)
    assert Counter(found_out.lines) - Counter(before.lines) == Counter(expected.lines)
    assert Counter(found_out.credited) - Counter(before.credited) == Counter(expected.credited)
    services = [its for payer in payers.values() for its in payer.services]
    stands = _stands(days.app)
    _same(
        "services",
        {(its.name, *stands[its.name]) for its in services},
        {(its.name, its.state, its.end, its.owed, its.billed) for its in services},
    )
    assert days.till.taken == sum(payer.taken for payer in payers.values())
    assert days.differences() == []


def _break_off(days: Days) -> None:
    days.till.killing = True
    with suppress(Killed):
        days.run(confirmed=True)
    days.till.killing = False
    days.ask_again()


def _same(part: str, ours: Iterable[object], theirs: Iterable[object]) -> None:
    """Only a few of those that one of them alone says."""
    ours, theirs = set(ours), set(theirs)
    mine, other = (sorted(map(repr, one))[:5] for one in (ours - theirs, theirs - ours))
    assert not (mine or other), f"{part}: ours {mine}, theirs {other}"
