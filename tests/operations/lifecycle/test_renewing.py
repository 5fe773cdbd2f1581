"""What renews by itself does so on its day: billed, given, and paid from what there is."""

from datetime import date

import pytest
from flask import Flask

from tests.markup import said
from tests.operations.lifecycle.days import Days
from tests.operations.payments.shop import Shop
from tests.world import MONTH, World
from webapp.adapters.clock import FixedClock
from webapp.domain.billing.payment import Failure, Standing
from webapp.domain.service.service import Availability, Mode
from webapp.models import Attempt, Event, Invoice, InvoiceLine, LedgerEntry, Order, Outbox, Service, Term
from webapp.operations.orders.for_bills import order_invoices


def stands(world: World, key: int) -> tuple[str, int, str | None]:
    """Until when it runs, what is owed on it, and since when."""
    service = world.get(Service, key)
    return str(service.ends_on), service.amount_due_minor, service.billed_on and str(service.billed_on)


def told(world: World) -> list[str]:
    return [event.kind.value for event in world.all(Event)]


def mails(world: World) -> list[str]:
    return [message.key for message in world.all(Outbox)]


def test_nothing_happens_before_its_day_and_nothing_twice_on_it(world: World, days: Days, alice: int) -> None:
    world.card(alice)
    key = world.service(alice)
    assert days.come("2026-12-30") == {} and days.come("2026-12-31") == {"renew": 1}
    assert stands(world, key) == ("2027-12-31", 0, None)
    assert days.come("2026-12-31", hour=13) == {} and days.come("2027-10-31") == {}
    assert days.till.taken == 6000 and days.differences() == []
    assert told(world) == ["billed", "bill-paid"] and mails(world) == ["bill-settled FR-000001"]
    (invoice,), (line,) = world.all(Invoice), world.all(InvoiceLine)
    assert (invoice.number, invoice.net_minor, invoice.gross_minor, invoice.account_id) == (
        "FR-000001",
        5000,
        6000,
        alice,
    )
    assert (str(line.starts_on), str(line.ends_on), line.levies[0]["minor"]) == ("2026-12-31", "2027-12-31", 1000)
    assert world.all(Term)[-1].invoice_line_id == line.id and world.all(Order)[0].automatic


def test_what_somebody_has_only_ordered_is_let_go(world: World, days: Days, alice: int, app: Flask) -> None:
    world.card(alice)
    key = world.service(alice)
    days.move_to("2026-12-30", hour=20)
    Shop(app, days.clock, alice, days.till).order("S-shop.example")
    assert days.come("2026-12-31") == {"renew": 1}
    assert stands(world, key) == ("2027-12-31", 0, None)
    assert [order.state.value for order in world.all(Order)] == ["discarded", "paid"]
    assert days.till.taken == 6000 and days.differences() == []


def test_what_somebody_pays_at_that_moment_is_left_to_them(world: World, days: Days, alice: int, app: Flask) -> None:
    world.card(alice)
    key, shop = world.service(alice), Shop(app, days.clock, alice, days.till)
    days.move_to("2026-12-31")
    code = shop.order("S-shop.example")
    shop.begin(code)
    assert days.run() == {} and world.all(Invoice) == []
    days.till.decide(f"{code}-1", Standing.SUCCEEDED)
    shop.learn(f"{code}-1")
    assert days.run() == {} and stands(world, key) == ("2027-12-31", 0, None)
    assert days.till.taken == 6000 and days.differences() == []


def test_its_page_says_which_term_is_the_current_one(world: World, days: Days, alice: int) -> None:
    world.card(alice)
    world.service(alice, period=MONTH, started_on=date(2026, 11, 30))
    for day in ("2026-12-31", "2027-01-31"):
        days.come(day)
    page = said(world.client(alice).get("/services/S-shop.example"), "main")
    assert "Current term 31 Jan to 27 Feb 2027" in page or "Current term 31 Jan 2027 to 27 Feb 2027" in page


def test_without_a_method_it_is_a_bill(world: World, days: Days, alice: int) -> None:
    key = world.service(alice)
    assert days.come("2026-12-31") == {"renew": 1}
    assert stands(world, key) == ("2027-12-31", 6000, "2026-12-31")
    assert (world.all(Order), world.all(Attempt)) == ([], []) and days.differences() == []
    assert mails(world) == ["bill-to-pay FR-000001"]


def test_the_balance_is_spent_first_and_the_method_pays_the_rest(world: World, days: Days, alice: int) -> None:
    world.card(alice)
    world.credit(alice, 7000)
    first, second = world.service(alice), world.service(alice, "b.example")
    days.come("2026-12-31")
    assert [stands(world, key)[1] for key in (first, second)] == [0, 0]
    assert world.balance(alice) == 0 and days.till.taken == 5000 and len(world.all(Invoice)) == 1
    assert mails(world) == ["bill-settled FR-000001"]
    assert days.differences() == []


def test_what_the_balance_cannot_pay_is_billed_for_the_rest(world: World, days: Days, alice: int) -> None:
    world.credit(alice, 7000)
    first, second = world.service(alice), world.service(alice, "b.example")
    days.come("2026-12-31")
    assert [stands(world, key)[1] for key in (first, second)] == [0, 5000]
    assert world.balance(alice) == 0 and days.differences() == []
    (message,) = world.all(Outbox)
    assert (message.kind, message.facts["minor"], message.facts["suspended_on"]) == ("bill-to-pay", 5000, "2027-01-07")


@pytest.mark.parametrize(
    ("there", "failure"), [(Standing.FAILED, Failure.REFUSED), (Standing.WAITING, Failure.NEEDS_YOU)]
)
def test_a_debit_that_fails_leaves_a_bill_that_anyone_can_pay(
    world: World, days: Days, alice: int, there: Standing, failure: Failure
) -> None:
    world.card(alice)
    key = world.service(alice)
    days.till.charges = there
    days.come("2026-12-31")
    assert stands(world, key) == ("2027-12-31", 6000, "2026-12-31")
    (order,), (attempt,) = world.all(Order), world.all(Attempt)
    assert (order.state.value, attempt.failure) == ("discarded", failure)
    assert mails(world) == [f"debit-refused {attempt.key}"]
    assert days.till.taken == 0 and days.differences() == []


def test_a_debit_under_way_stops_nothing(world: World, days: Days, alice: int) -> None:
    world.card(alice)
    key = world.service(alice, period=MONTH, price_minor=500)
    days.till.charges = Standing.SETTLING
    days.come("2026-12-31")
    assert stands(world, key)[:2] == ("2027-01-31", 600) and days.come("2027-01-31") == {}
    assert world.get(Service, key).availability is Availability.ACTIVE and days.differences() == []


def test_those_who_have_one_bill_together(world: World, days: Days, alice: int) -> None:
    bob, card = world.account("Bob"), world.card(alice)
    for number in range(3):
        world.service(alice, f"own{number}.example")
    world.service(bob, "his.example", billing_id=alice)
    world.service(alice, "dollars.example", currency="USD")
    world.service(alice, "later.example", ends_on=date(2027, 1, 1), anchor_day=1)
    assert card and days.come("2027-01-02") == {"renew": 6}
    bills = {bill.id: (bill.owner_id, bill.currency) for bill in world.all(Invoice)}
    lines = [line.invoice_id for line in world.all(InvoiceLine)]
    assert sorted((bills[key], lines.count(key)) for key in bills) == [
        ((alice, "EUR"), 1),
        ((alice, "EUR"), 3),
        ((alice, "USD"), 1),
        ((bob, "EUR"), 1),
    ]
    assert days.differences() == []


def test_late_by_months_each_term_is_billed_once(world: World, days: Days, alice: int) -> None:
    world.card(alice)
    key = world.service(alice, period=MONTH, price_minor=500)
    assert days.come("2027-03-15") == {"renew": 3}
    assert stands(world, key)[0] == "2027-03-31" and days.till.taken == 1800
    terms = [(str(term.starts_on), str(term.ends_on)) for term in world.all(Term)][1:]
    assert terms == [("2026-12-31", "2027-01-31"), ("2027-01-31", "2027-02-28"), ("2027-02-28", "2027-03-31")]
    assert days.differences() == []


def test_while_a_bill_is_unpaid_no_other_term_is_billed_and_then_it_is(
    world: World, days: Days, alice: int, app: Flask, clock: FixedClock
) -> None:
    key = world.service(alice, period=MONTH, price_minor=500)
    assert days.come("2027-02-15") == {"renew": 1} and days.come("2027-02-16") == {}
    shop = Shop(app, clock, alice, days.till)
    card = world.card(alice)
    with app.app_context():
        code = order_invoices([world.all(Invoice)[0].code], shop.desk).code
    shop.charge(code, card)
    assert stands(world, key) == ("2027-01-31", 0, None)
    assert days.come("2027-02-16") == {"renew": 1} and stands(world, key)[0] == "2027-02-28"
    assert days.till.taken == 1200 and days.differences() == []


def test_what_costs_nothing_renews_without_a_bill(world: World, days: Days, alice: int) -> None:
    key = world.service(alice, price_minor=0)
    assert days.come("2026-12-31") == {"renew": 1}
    assert stands(world, key) == ("2027-12-31", 0, None) and world.all(Invoice) == []
    assert told(world) == ["billed"] and days.differences() == []


def test_cancelled_it_is_paid_until_it_ends_and_then_it_ends(world: World, days: Days, alice: int) -> None:
    world.card(alice)
    key = world.service(alice, period=MONTH, price_minor=500, cancels_on=date(2027, 1, 31))
    assert days.come("2026-12-31") == {"renew": 1} and days.come("2027-01-30") == {}
    assert days.come("2027-02-03") == {"end": 1} and days.come("2027-03-03") == {}
    service = world.get(Service, key)
    assert service.availability is Availability.TERMINATED and service.due_on is None
    assert mails(world) == ["bill-settled FR-000001", "services-ended S-shop.example 2027-02-03 2027-03-17"]
    assert told(world) == ["billed", "bill-paid", "ended"] and days.differences() == []


def test_a_day_begins_where_the_contract_was_made(world: World, days: Days) -> None:
    anne = world.account("Anne", portal="QC", country="CA")
    world.service(anne, currency="CAD")
    assert days.come("2026-12-31", hour=3) == {} and days.come("2026-12-31", hour=6) == {"renew": 1}


@pytest.mark.parametrize(
    "given",
    [
        {"mode": Mode.MANUAL},
        {"availability": Availability.TERMINATED},
        {"period": None, "mode": None, "availability": Availability.CREATING},
    ],
)
def test_nothing_is_billed_that_does_not_renew_by_itself(
    world: World, days: Days, alice: int, given: dict[str, object]
) -> None:
    world.service(alice, **given)
    assert "renew" not in days.come("2026-12-31") and world.all(Invoice) == []


def test_a_credit_entry_is_never_spent_twice(world: World, days: Days, alice: int) -> None:
    world.credit(alice, 6000)
    world.service(alice)
    days.come("2026-12-31")
    assert [entry.minor for entry in world.all(LedgerEntry)] == [6000, -6000]
