"""Random inventories live for 400 days, and everything that happens is what another program says."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from flask import Flask
from sqlalchemy import select

from tests.operations.lifecycle.days import Days
from tests.oracle.oracle import Held, Payer, Told, live, months_later
from tests.provider import Till
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.domain.actors import Person
from webapp.domain.billing.invoice import DocumentKind
from webapp.domain.billing.payment import PaymentRequest, Standing, Statement
from webapp.domain.periods import Period
from webapp.domain.refusals import Refused
from webapp.domain.service.service import Mode
from webapp.extensions import db
from webapp.models import Account, Event, Invoice, InvoiceLine, Outbox, Service
from webapp.operations.orders.for_bills import order_all
from webapp.operations.payments.learn import learn
from webapp.operations.payments.pay import begin_payment
from webapp.wiring import desk_for

FIRST = date(2026, 11, 24)
FAMILIES = {"hosting": 45, "vps": 30, "dedicated": 7, "storage": None, "domain": None}
ENDINGS = {"example": 42, "eu": 40, "fr": 30, "unheard": None}
BY_HAND = ("hosting", "vps", "dedicated", "domain")
TOLD_OF_MONEY = ("debit-refused", "method-expires")


def invented(random: Random, number: int, days: int) -> tuple[Payer, list[str]]:
    """A payer, and the families of what they hold."""
    name = f"p{number}"
    debited = random.choice(("good", "good", "good", "refused", None))
    expires = FIRST + timedelta(days=random.randrange(-20, days)) if debited and random.random() < 0.4 else None
    count = random.choice((1, 1, 2, 3, 5))
    balance = random.randrange(30_000) if count == 1 and random.random() < 0.4 else 0
    pays_on = frozenset(FIRST + timedelta(days=random.randrange(days)) for _time in range(random.choice((0, 0, 2, 6))))
    families = [random.choice(tuple(FAMILIES)) for _each in range(count)]
    held = [_service(random, f"{name}-{rank}", family) for rank, family in enumerate(families)]
    return Payer(name, debited, expires, balance, pays_on, held), families


def _service(random: Random, name: str, family: str) -> Held:
    automatic, months = family not in BY_HAND or random.random() < 0.7, random.choice((1, 1, 1, 3, 6, 12))
    anchor = random.choice((1, 28, 29, 30, 31, random.randint(1, 31)))
    end = months_later(FIRST, 0, anchor)
    while end <= FIRST or random.random() < 0.5:
        end = months_later(end, 1, anchor)
    net = 0 if random.random() < 0.05 else random.randrange(1, 20_000)
    cancelled = months_later(end, months * random.randrange(3), anchor) if automatic and random.random() < 0.2 else None
    deleted_after = FAMILIES[family]
    if family == "domain":
        ending = random.choice(tuple(ENDINGS))
        name, deleted_after = f"{name}.{ending}", ENDINGS[ending]
    return Held(name, automatic, months, anchor, end, net, deleted_after, cancelled)


def bring(world: World, payer: Payer, families: list[str]) -> int:
    account = world.account(payer.name)
    if payer.debited:
        world.card(account, reference=f"{payer.debited}-{account}", expires_on=payer.expires)
    if payer.balance:
        world.credit(account, payer.balance)
    for its, family in zip(payer.services, families, strict=True):
        world.service(
            account,
            its.name,
            family=family,
            mode=Mode.AUTOMATIC if its.automatic else Mode.MANUAL,
            period=Period(its.months),
            anchor_day=its.anchor,
            started_on=months_later(its.end, -its.months, its.anchor),
            ends_on=its.end,
            cancels_on=its.cancelled,
            price_minor=its.net,
            recapped_for=None,
        )
    return account


class Bank(Till):
    """Refuses those that it does not like."""

    def charge(self, method: str, wanted: PaymentRequest) -> Statement:
        self.charges = Standing.SUCCEEDED if method.startswith("good") else Standing.FAILED
        return super().charge(method, wanted)


def pay_all(days: Days, account: int) -> None:
    with days.app.app_context():
        desk = desk_for(Person(account))
        try:
            placed = order_all("FR-EUR", desk)
        except Refused:
            return
        begin_payment(placed.code, desk, days.till, return_to="", language="en")
        for key, statement in list(days.till.books.items()):
            if statement.standing is Standing.WAITING:
                learn(key, days.till.decide(key, Standing.SUCCEEDED), desk)


def happened(app: Flask) -> Told:
    """What the program has kept."""
    with app.app_context():
        names = {row.id: row.name for row in db.session.execute(select(Service.id, Service.name))}
        payers = {row.id: row.handle for row in db.session.execute(select(Account.id, Account.handle))}
        by_reference = {row[0]: row[1] for row in db.session.execute(select(Service.reference, Service.name))}
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
            about = () if message.kind in TOLD_OF_MONEY else message.facts.get("services", ())
            for name in [by_reference[each["reference"]] for each in about] or [""]:
                told.mails.add((day, payer, message.kind, name))
    return told


def stands(app: Flask) -> dict[str, tuple[object, ...]]:
    with app.app_context():
        rows = db.session.scalars(select(Service).order_by(Service.id))
        return {
            row.name: (row.availability.value, row.ends_on, row.amount_due_minor or 0, row.billed_on) for row in rows
        }


def test_everything_happens_as_another_program_says(
    request: pytest.FixtureRequest, world: World, app: Flask, clock: FixedClock
) -> None:
    count, length = request.config.getoption("--inventories"), 400
    random, days = Random(count), Days(app, clock, Bank())
    payers = [invented(random, number, length) for number in range(count)]
    accounts = [bring(world, payer, families) for payer, families in payers]
    for today in (FIRST + timedelta(days=number) for number in range(length)):
        days.move_to(today)
        for _once_more in range(2):
            days.run(confirmed=True)
            days.mail()
        for (payer, _families), account in zip(payers, accounts, strict=True):
            if today in payer.pays_on:
                pay_all(days, account)
    expected, found_out = live([payer for payer, _families in payers], FIRST, length), happened(app)
    for part in ("events", "mails"):
        ours, theirs = getattr(found_out, part), getattr(expected, part)
        assert (sorted(ours - theirs)[:5], sorted(theirs - ours)[:5]) == ([], []), part
    assert Counter(found_out.lines) == Counter(expected.lines)
    assert Counter(found_out.credited) == Counter(expected.credited)
    services = [its for payer, _families in payers for its in payer.services]
    assert stands(app) == {its.name: (its.state, its.end, its.owed, its.billed) for its in services}
    assert days.till.taken == sum(payer.taken for payer, _families in payers)
    assert days.differences() == []
