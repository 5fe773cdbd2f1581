"""Nothing is taken away before a notice named the day; whoever acts in time keeps it."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from tests.operations.lifecycle.days import Days
from tests.operations.payments.shop import Shop
from tests.world import MONTH, World
from webapp.adapters.clock import FixedClock
from webapp.domain.billing.payment import Standing
from webapp.domain.service.actions import Action
from webapp.domain.service.service import Availability, Mode, Suspension
from webapp.models import Event, Invoice, Outbox, Service
from webapp.operations.orders.for_bills import order_invoices

DAY = timedelta(days=1)


def walk(days: Days, first: str, last: str) -> dict[str, dict[str, int]]:
    """What the engine does, day by day; days without anything are left out."""
    day, done = date.fromisoformat(first), {}
    while day <= date.fromisoformat(last):
        if steps := days.come(day):
            done[str(day)] = steps
        day += DAY
    return done


def mails(world: World) -> list[str]:
    return [f"{message.kind} {message.facts['services'][0]['day']}" for message in world.all(Outbox)]


@pytest.fixture
def manual(world: World, alice: int) -> int:
    """A hosting renewed by hand that ends with the year; its data is kept for 45 days."""
    return world.service(alice, mode=Mode.MANUAL)


def test_by_hand_it_is_told_five_times_then_suspended_then_deleted(
    world: World, days: Days, manual: int, app: Flask
) -> None:
    assert walk(days, "2026-11-30", "2027-02-16") == {
        "2026-12-01": {"remind": 1},
        "2026-12-16": {"remind": 1},
        "2026-12-24": {"remind": 1},
        "2026-12-28": {"remind": 1},
        "2026-12-30": {"remind": 1},
        "2026-12-31": {"suspend": 1},
        "2027-02-07": {"warn": 1},
        "2027-02-13": {"warn": 1},
        "2027-02-14": {"delete": 1},
    }
    assert mails(world) == [
        *["services-expire 2026-12-31"] * 5,
        "services-lapsed 2027-02-14",
        *["deletion-ahead 2027-02-14"] * 2,
        "services-deleted None",
    ]
    service = world.get(Service, manual)
    assert (service.availability, service.due_on, service.version) == (Availability.TERMINATED, None, 3)
    assert [event.kind.value for event in world.all(Event)] == [
        *["reminded"] * 5,
        "suspended",
        *["reminded"] * 2,
        "deleted",
    ]
    assert days.differences() == []


def test_renewed_in_time_nothing_is_lost(
    world: World, days: Days, manual: int, alice: int, app: Flask, clock: FixedClock
) -> None:
    days.come("2026-12-30")
    shop = Shop(app, clock, alice, days.till)
    shop.charge(shop.order("S-shop.example", action=Action.RENEW), world.card(alice))
    assert walk(days, "2026-12-31", "2027-01-10") == {}
    assert world.get(Service, manual).availability is Availability.ACTIVE
    assert days.come("2027-12-01") == {"remind": 1} and days.differences() == []


def test_suspended_it_is_brought_back_by_renewing_it(
    world: World, days: Days, manual: int, alice: int, app: Flask, clock: FixedClock
) -> None:
    days.come("2026-12-30"), days.come("2027-01-02")
    assert world.get(Service, manual).suspension is Suspension.EXPIRED
    shop = Shop(app, clock, alice, days.till)
    shop.charge(shop.order("S-shop.example", action=Action.RENEW), world.card(alice))
    service = world.get(Service, manual)
    assert (service.availability, service.ends_on) == (Availability.ACTIVE, date(2027, 12, 31))
    assert walk(days, "2027-02-01", "2027-03-01") == {} and days.differences() == []


def test_who_renews_on_the_day_of_a_reminder_is_reminded_of_the_next_term_as_well(
    world: World, days: Days, alice: int, app: Flask, clock: FixedClock
) -> None:
    key = world.service(alice, mode=Mode.MANUAL, period=MONTH, price_minor=500, ends_on=date(2027, 1, 31))
    assert walk(days, "2027-01-30", "2027-01-30") == {"2027-01-30": {"remind": 1}}
    shop = Shop(app, clock, alice, days.till)
    code = shop.order("S-shop.example", "P1M", action=Action.RENEW)
    shop.begin(code)
    days.till.decide(f"{code}-1", Standing.SUCCEEDED)
    shop.learn(f"{code}-1")
    assert days.run() == {"remind": 1}
    told = [message.facts["services"][0]["day"] for message in world.all(Outbox) if message.kind == "services-expire"]
    assert told == ["2027-01-31", "2027-02-28"]
    assert world.get(Service, key).promised_on == date(2027, 2, 28) and days.differences() == []


def test_told_late_it_is_suspended_on_the_day_that_was_named(world: World, days: Days, manual: int) -> None:
    """As after an outage over all of its reminders; the days of a loss count from when that was told."""
    assert walk(days, "2027-01-20", "2027-03-14") == {
        "2027-01-20": {"remind": 1},
        "2027-01-22": {"remind": 1},
        "2027-01-23": {"suspend": 1},
        "2027-03-02": {"warn": 1},
        "2027-03-08": {"warn": 1},
        "2027-03-09": {"delete": 1},
    }
    assert mails(world)[0] == "services-expire 2027-01-23" and days.differences() == []


def test_of_missed_notices_only_the_last_one_is_told(world: World, days: Days, manual: int) -> None:
    days.come("2026-12-01")
    assert days.come("2026-12-29") == {"remind": 1} and days.come("2026-12-30") == {"remind": 1}
    assert days.come("2027-01-05") == {"suspend": 1} and days.differences() == []


def test_nothing_is_taken_away_before_the_notice_was_taken(world: World, days: Days, manual: int) -> None:
    days.move_to("2026-12-30")
    assert days.run() == {"remind": 1}
    days.move_to("2026-12-31")
    assert days.run() == {} and world.get(Service, manual).availability is Availability.ACTIVE
    days.mail()
    assert days.run() == {"suspend": 1}


def test_unpaid_it_is_asked_for_again_and_suspended_after_seven_days(world: World, days: Days, alice: int) -> None:
    key = world.service(alice)
    assert walk(days, "2026-12-30", "2027-02-25") == {
        "2026-12-31": {"renew": 1},
        "2027-01-03": {"ask-again": 1},
        "2027-01-05": {"ask-again": 1},
        "2027-01-07": {"ask-again": 1, "suspend": 1},
        "2027-02-14": {"warn": 1},
        "2027-02-20": {"warn": 1},
        "2027-02-21": {"delete": 1},
    }
    bill, note = world.all(Invoice)
    assert (note.corrects_id, note.gross_minor) == (bill.id, 6000)
    service = world.get(Service, key)
    assert (service.availability, service.amount_due_minor) == (Availability.TERMINATED, 0)
    assert mails(world)[:3] == ["bill-to-pay 2027-12-31", *["services-unpaid 2027-01-07"] * 2]
    assert days.differences() == []


def test_a_refused_debit_is_tried_again_on_its_days(world: World, days: Days, alice: int) -> None:
    world.card(alice)
    key = world.service(alice)
    days.till.charges = Standing.FAILED
    walk(days, "2026-12-31", "2027-01-04")
    assert [message.kind for message in world.all(Outbox)] == ["debit-refused"] * 2
    days.till.charges = Standing.SUCCEEDED
    assert walk(days, "2027-01-05", "2027-01-20") == {"2027-01-05": {"ask-again": 1}}
    assert world.get(Service, key).availability is Availability.ACTIVE and days.till.taken == 6000
    assert world.all(Outbox)[-1].kind == "bill-settled" and days.differences() == []


def test_a_debit_that_is_refused_after_days_is_told_with_a_day_to_come(world: World, days: Days, alice: int) -> None:
    world.card(alice)
    key = world.service(alice)
    days.till.charges = Standing.SETTLING
    assert walk(days, "2026-12-31", "2027-01-10") == {"2026-12-31": {"renew": 1}}
    (payment,) = days.till.books
    days.till.decide(payment, Standing.FAILED)
    Shop(days.app, days.clock, alice, days.till).learn(payment)
    assert world.all(Outbox)[-1].facts["suspended_on"] == "2027-01-13"
    days.till.charges = Standing.FAILED
    assert walk(days, "2027-01-10", "2027-01-14") == {
        "2027-01-11": {"ask-again": 1},
        "2027-01-13": {"ask-again": 1, "suspend": 1},
    }
    assert world.get(Service, key).suspension is Suspension.DEBT and days.differences() == []


def test_a_debit_that_is_refused_after_its_service_has_ended_names_no_day(world: World, days: Days, alice: int) -> None:
    world.card(alice)
    world.service(alice, period=MONTH, price_minor=500, cancels_on=date(2027, 1, 31))
    days.till.charges = Standing.SETTLING
    assert walk(days, "2026-12-31", "2027-01-31") == {"2026-12-31": {"renew": 1}, "2027-01-31": {"end": 1}}
    (payment,) = days.till.books
    days.till.decide(payment, Standing.FAILED)
    Shop(days.app, days.clock, alice, days.till).learn(payment)
    assert world.all(Outbox)[-1].facts["suspended_on"] is None
    assert world.all(Event)[-1].new["day"] is None and days.differences() == []


def test_paying_brings_it_back_at_once(world: World, days: Days, alice: int, app: Flask, clock: FixedClock) -> None:
    key = world.service(alice, period=MONTH, price_minor=500)
    walk(days, "2026-12-31", "2027-02-05")
    assert world.get(Service, key).suspension is Suspension.DEBT
    shop = Shop(app, clock, alice, days.till)
    with app.app_context():
        code = order_invoices([world.all(Invoice)[0].code], shop.desk).code
    shop.charge(code, world.card(alice))
    service = world.get(Service, key)
    assert (service.availability, str(service.ends_on), str(service.due_on)) == (
        Availability.ACTIVE,
        "2027-01-31",
        "2027-01-31",
    )
    assert days.come("2027-02-05") == {"renew": 1} and days.differences() == []


def test_whoever_pays_at_this_moment_keeps_what_is_to_be_deleted(
    world: World, days: Days, manual: int, alice: int, app: Flask, clock: FixedClock
) -> None:
    walk(days, "2026-12-30", "2027-02-13")
    shop = Shop(app, clock, alice, days.till)
    code = shop.order("S-shop.example", action=Action.RENEW)
    shop.begin(code)
    assert days.come("2027-02-14") == {}
    assert world.get(Service, manual).availability is Availability.SUSPENDED
    days.till.decide(f"{code}-1", Standing.SUCCEEDED)
    shop.learn(f"{code}-1")
    assert world.get(Service, manual).availability is Availability.ACTIVE and days.differences() == []


def test_a_name_is_lost_once_its_redemption_is_over(world: World, days: Days, alice: int) -> None:
    world.service(alice, "name.example", family="domain", mode=Mode.MANUAL)
    assert walk(days, "2026-12-31", "2027-02-15") == {
        "2026-12-31": {"remind": 1},
        "2027-01-02": {"remind": 1},
        "2027-01-03": {"suspend": 1},
        "2027-02-07": {"warn": 1},
        "2027-02-13": {"warn": 1},
        "2027-02-14": {"delete": 1},
    }
    (lapsed,) = [message for message in world.all(Outbox) if message.kind == "services-lapsed"]
    (told,) = lapsed.facts["services"]
    assert (told["day"], told["dearer_on"], told["minor"]) == ("2027-02-14", "2027-01-10", 7200)


EXPIRED = Suspension.EXPIRED


@pytest.mark.parametrize(
    "given",
    [
        {"family": "storage", "availability": Availability.SUSPENDED, "suspension": EXPIRED},
        {"family": "domain", "name": "shop.unheard", "availability": Availability.SUSPENDED, "suspension": EXPIRED},
        {"availability": Availability.SUSPENDED, "suspension": Suspension.POLICY},
    ],
)
def test_what_no_source_states_is_never_done(world: World, days: Days, alice: int, given: dict[str, Any]) -> None:
    world.service(alice, mode=Mode.MANUAL, suspended_on=date(2026, 6, 1), **given)
    assert days.come("2030-01-01") == {}


def test_more_losses_than_are_likely_wait_until_they_are_confirmed(world: World, days: Days, alice: int) -> None:
    for number in range(51):
        world.service(alice, f"{number}.example", mode=Mode.MANUAL)
    world.card(alice)
    world.service(alice)
    days.come("2026-12-30")
    assert days.come("2026-12-31") == {"renew": 1} and days.run() == {}
    assert days.run(confirmed=True) == {"suspend": 51} and days.differences() == []


def test_one_mail_for_all_that_happens_to_those_who_pay_for_it(world: World, days: Days, alice: int) -> None:
    bob = world.account("Bob")
    for number in range(3):
        world.service(bob, f"{number}.example", mode=Mode.MANUAL, billing_id=alice)
    world.service(bob, "own.example", mode=Mode.MANUAL)
    days.come("2026-12-01")
    told = {(message.account_id, message.kind): len(message.facts["services"]) for message in world.all(Outbox)}
    assert told == {(alice, "services-expire"): 3, (bob, "contact-told"): 3, (bob, "services-expire"): 1}
