"""From a quote to what was paid for: each step once, whatever happens between."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from tests.confirming import renewing_looked_at
from tests.conftest import NOON
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.domain.actors import PAYMENTS
from webapp.domain.billing.order import OrderState
from webapp.domain.billing.payment import AttemptState, Failure, Standing, not_begun
from webapp.domain.confirmation import ShownOtherwise
from webapp.domain.events import EventKind, Renewed
from webapp.domain.money import Money
from webapp.domain.periods import Period
from webapp.domain.refusals import Refused
from webapp.domain.service.actions import Action
from webapp.domain.service.service import Availability, Mode, Suspension
from webapp.extensions import db
from webapp.models import Attempt, Event, Listing, Order, OrderLine, Outbox, Service
from webapp.operations.case import NoSuchService
from webapp.operations.change import ChangedMeanwhile
from webapp.operations.orders.find import NoSuchOrder
from webapp.operations.payments.learn import OtherAmount, learn
from webapp.operations.renewal.renew import order_renewal
from webapp.wiring import rules

from .shop import Shop, standing

NEXT = date(2027, 12, 31)
PAID = {
    "orders": ["paid 6000"],
    "attempts": ["succeeded"],
    "claims": [],
    "bought": ["2026-12-31/2027-12-31"],
    "invoices": ["FR-000001 6000"],
    "credit": [],
}


@pytest.fixture
def shop(world: World, app: Flask, clock: FixedClock) -> Shop:
    """Alice holds an automatic hosting that renews every year, for 50.00 and tax."""
    alice = world.account("Alice")
    world.card(alice)
    world.service(alice)
    return Shop(app, clock, alice)


def service(world: World, key: int = 1) -> Any:
    return world.get(Service, key)


def refusal(act: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.refusal.code


def test_what_is_paid_for_is_added_after_the_present_end(world: World, shop: Shop) -> None:
    code = shop.order("S-shop.example")
    assert service(world).ends_on == date(2026, 12, 31)
    address = shop.begin(code)
    assert address == f"https://till.example/{code}-1"
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    shop.learn(f"{code}-1")
    assert standing(world) == PAID and shop.till.taken == 6000
    kept = service(world)
    assert (kept.ends_on, kept.period, kept.price_minor, kept.version) == (NEXT, Period(12), 5000, 2)
    assert world.get(Listing, (1, 1)).effective_on == NEXT
    event = world.all(Event)[-1]
    assert (event.kind, event.by, event.rules) == (EventKind.RENEWED, PAYMENTS, "FR individual")
    assert isinstance(event.facts, Renewed)
    assert (event.facts.start, event.facts.end, event.facts.gross) == (date(2026, 12, 31), NEXT, Money(6000, "EUR"))
    assert [(each.key, each.kind, each.account_id) for each in world.all(Outbox)] == [
        (f"order-paid {code}", "order-paid", 1)
    ]
    assert shop.differences() == []


def test_another_duration_changes_neither_the_period_nor_the_price_of_later_terms(world: World, shop: Shop) -> None:
    code = shop.order("S-shop.example", "P1M")
    shop.begin(code)
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    shop.learn(f"{code}-1")
    kept = service(world)
    assert (kept.ends_on, kept.period, kept.price_minor) == (date(2027, 1, 31), Period(12), 5000)
    assert standing(world)["orders"] == ["paid 600"]


def test_everyone_who_tells_of_it_tells_it_once(world: World, shop: Shop) -> None:
    code = shop.order("S-shop.example")
    shop.begin(code)
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    for _again in range(3):
        shop.learn(f"{code}-1")
        shop.sweep(timedelta(hours=1))
    assert standing(world) == PAID
    assert refusal(lambda: shop.begin(code)) == "order-over"


def test_news_that_come_late_change_nothing(world: World, shop: Shop) -> None:
    code = shop.order("S-shop.example")
    shop.begin(code)
    waiting = shop.till.books[f"{code}-1"]
    paid = shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    refused = shop.till.decide(f"{code}-1", Standing.FAILED, Failure.REFUSED)
    for statement in (paid, waiting, refused, paid):
        shop.till.books[f"{code}-1"] = statement
        shop.learn(f"{code}-1")
    assert standing(world) == PAID


def test_a_double_click_orders_once(world: World, shop: Shop) -> None:
    assert shop.order("S-shop.example") == shop.order("S-shop.example")
    assert standing(world)["orders"] == ["open 6000"]


def test_another_wish_takes_the_place_of_an_open_order(world: World, shop: Shop) -> None:
    first, second = shop.order("S-shop.example"), shop.order("S-shop.example", "P1M")
    assert standing(world)["orders"] == ["discarded 6000", "open 600"]
    assert refusal(lambda: shop.begin(first)) == "order-over"
    assert shop.begin(second)


@pytest.mark.parametrize("silent", [0, 1])
def test_while_it_is_being_paid_nothing_else_is_ordered(world: World, shop: Shop, silent: int) -> None:
    code = shop.order("S-shop.example")
    shop.till.silent = silent
    assert bool(shop.begin(code)) is not bool(silent)
    assert refusal(lambda: shop.order("S-shop.example", "P1M")) == "payment-under-way"
    shop.clock.move_to(shop.clock.now() + timedelta(days=3))
    shop.till.silent = 9
    shop.sweep()
    assert standing(world)["orders"] == ["open 6000"]


def test_a_refused_payment_may_be_tried_again_and_is_another_one(world: World, shop: Shop) -> None:
    code = shop.order("S-shop.example")
    shop.begin(code)
    shop.till.decide(f"{code}-1", Standing.FAILED, Failure.REFUSED)
    shop.learn(f"{code}-1")
    assert standing(world) | {"attempts": ["failed"]} == standing(world)
    assert shop.begin(code) == f"https://till.example/{code}-2"
    shop.till.decide(f"{code}-2", Standing.SUCCEEDED)
    shop.learn(f"{code}-2")
    assert standing(world) == PAID | {"attempts": ["failed", "succeeded"]}


def test_who_begins_twice_is_led_to_the_same_payment(world: World, shop: Shop) -> None:
    code = shop.order("S-shop.example")
    assert shop.begin(code) == shop.begin(code)
    assert standing(world)["attempts"] == ["pending"] and len(shop.till.books) == 1


def test_what_was_charged_without_an_answer_is_found_by_asking(world: World, shop: Shop) -> None:
    code = shop.order("S-shop.example")
    shop.till.silent = 1
    assert shop.begin(code) is None
    assert standing(world)["attempts"] == ["unknown"]
    assert shop.begin(code) is None and len(shop.till.books) == 1
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    shop.sweep()
    assert standing(world)["attempts"] == ["unknown"]
    shop.sweep(timedelta(seconds=30))
    assert standing(world) == PAID and shop.till.taken == 6000


def test_what_the_provider_never_heard_of_is_asked_for_again_with_the_same_key(world: World, shop: Shop) -> None:
    code = shop.order("S-shop.example")
    shop.till.silent = 1
    shop.begin(code)
    del shop.till.books[f"{code}-1"]
    shop.sweep(timedelta(minutes=1))
    assert standing(world)["attempts"] == ["pending"]
    assert shop.begin(code) == f"https://till.example/{code}-1"


def test_what_the_provider_rejects_can_be_tried_again(world: World, shop: Shop) -> None:
    code = shop.order("S-shop.example")
    shop.till.rejects = True
    assert shop.begin(code) is None
    (attempt,) = world.all(Attempt)
    assert (attempt.state, attempt.failure, attempt.reference) == (AttemptState.FAILED, Failure.REJECTED, "")
    shop.till.rejects = False
    assert shop.begin(code) == f"https://till.example/{code}-2"


def test_another_amount_is_taken_for_no_payment(world: World, shop: Shop) -> None:
    code = shop.order("S-shop.example")
    shop.begin(code)
    shop.till.books[f"{code}-1"] = shop.till.books[f"{code}-1"].__class__(Standing.SUCCEEDED, "x", Money(5999, "EUR"))
    with pytest.raises(OtherAmount):
        shop.learn(f"{code}-1")
    assert standing(world)["orders"] == ["open 6000"]


def test_an_order_is_given_up_and_its_payment_page_closed(world: World, shop: Shop) -> None:
    code = shop.order("S-shop.example")
    shop.begin(code)
    shop.discard(code)
    shop.discard(code)
    assert standing(world)["orders"] == ["discarded 6000"] and standing(world)["attempts"] == ["failed"]
    assert shop.till.books[f"{code}-1"].standing is Standing.FAILED
    assert shop.order("S-shop.example", "P1M")


@pytest.mark.parametrize("standing_there", [Standing.SETTLING, Standing.SUCCEEDED])
def test_what_is_paid_already_is_not_given_up(world: World, shop: Shop, standing_there: Standing) -> None:
    code = shop.order("S-shop.example")
    shop.begin(code)
    shop.till.decide(f"{code}-1", standing_there)
    if standing_there is Standing.SETTLING:
        assert refusal(lambda: shop.discard(code)) == "payment-under-way"
    else:
        shop.discard(code)
        assert standing(world) == PAID


def test_nobody_gives_up_what_nobody_knows(world: World, shop: Shop) -> None:
    code = shop.order("S-shop.example")
    shop.begin(code)
    shop.till.silent = 1
    assert refusal(lambda: shop.discard(code)) == "payment-under-way"


def test_money_that_comes_after_all_becomes_credit(world: World, shop: Shop) -> None:
    code = shop.order("S-shop.example")
    shop.begin(code)
    shop.discard(code)
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    shop.learn(f"{code}-1")
    shop.learn(f"{code}-1")
    assert standing(world)["credit"] == ["order-over 6000"]
    assert standing(world)["invoices"] == [] and shop.differences() == []


def test_an_order_nobody_pays_ends_after_a_day(world: World, shop: Shop) -> None:
    code = shop.order("S-shop.example")
    shop.sweep(timedelta(hours=23, minutes=59))
    assert standing(world)["orders"] == ["open 6000"]
    shop.clock.move_to(NOON + timedelta(hours=24))
    assert refusal(lambda: shop.begin(code)) == "order-over"
    shop.sweep()
    assert standing(world) | {"orders": ["expired 6000"], "claims": []} == standing(world)


def test_an_order_that_is_being_paid_does_not_end(world: World, shop: Shop) -> None:
    code = shop.order("S-shop.example")
    shop.begin(code)
    shop.till.decide(f"{code}-1", Standing.SETTLING)
    shop.sweep(timedelta(days=5))
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    shop.sweep(timedelta(hours=1))
    assert standing(world) == PAID


def test_an_order_that_is_being_paid_keeps_no_other_one_open(world: World, shop: Shop) -> None:
    world.service(shop.account, "mail.example")
    paying, left = shop.order("S-shop.example"), shop.order("S-mail.example")
    shop.begin(paying)
    shop.till.decide(f"{paying}-1", Standing.SETTLING)
    shop.sweep(timedelta(days=5))
    assert {each.code: each.state for each in world.all(Order)} == {
        paying: OrderState.OPEN,
        left: OrderState.EXPIRED,
    }


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"availability": Availability.TERMINATED}, "terminated"),
        ({"cancels_on": date(2026, 12, 31)}, "cancellation-scheduled"),
        ({}, "bill-to-pay"),
    ],
)
def test_what_cannot_be_given_any_more_becomes_credit(
    world: World, shop: Shop, changes: dict[str, Any], reason: str
) -> None:
    code = shop.order("S-shop.example")
    shop.begin(code)
    world.change(1, **changes)
    if reason == "bill-to-pay":
        world.bill(1, 6000)
    bills = standing(world)["invoices"]
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    shop.learn(f"{code}-1")
    assert standing(world)["credit"] == [f"{reason} 6000"]
    assert standing(world) | {"orders": ["paid 6000"], "bought": [], "invoices": bills, "claims": []} == standing(world)
    assert service(world).ends_on == date(2026, 12, 31) and shop.differences() == []


def test_one_part_is_given_and_the_other_credited(world: World, shop: Shop) -> None:
    domain = world.service(1, "shop.example", family="domain", reference="S-domain")
    code = shop.order("S-shop.example", "P12M", "S-domain")
    shop.begin(code)
    world.change(domain, availability=Availability.TERMINATED)
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    shop.learn(f"{code}-1")
    assert standing(world) == PAID | {"orders": ["paid 12000"], "credit": ["terminated 6000"]}
    assert shop.differences() == []


def test_late_a_lapsed_service_comes_back_counted_from_its_old_end(world: World, shop: Shop) -> None:
    end = date(2026, 11, 1)
    lapsed = {"mode": Mode.MANUAL, "ends_on": end, "anchor_day": 1, "availability": Availability.SUSPENDED}
    since = {"suspension": Suspension.EXPIRED, "suspended_on": end}
    key = world.service(1, "late.example", **lapsed, **since)
    code = shop.order("S-late.example", action=Action.RENEW)
    shop.begin(code)
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    shop.learn(f"{code}-1")
    back = service(world, key)
    assert (back.ends_on, back.availability, back.suspension) == (date(2027, 11, 1), Availability.ACTIVE, None)
    assert back.suspended_on is None and back.mode is Mode.MANUAL and shop.differences() == []


def test_a_confirmation_is_bound_to_every_price_that_was_shown(world: World, shop: Shop) -> None:
    with world.app.app_context():
        seen = renewing_looked_at("S-shop.example", "P1M", shop.desk)
    world.change(1, price_minor=5500)
    with world.app.app_context(), pytest.raises(ShownOtherwise):
        order_renewal(seen, shop.desk)
    world.change(1, price_minor=5000, version=2)
    with world.app.app_context(), pytest.raises(ChangedMeanwhile):
        order_renewal(seen, shop.desk)
    assert world.all(Order) == []


@pytest.mark.parametrize(
    ("given", "action", "reason"),
    [
        ({"mode": Mode.MANUAL}, Action.ANTICIPATE, "manual"),
        ({}, Action.RENEW, "automatic"),
        ({"amount_due_minor": 1, "billed_on": date(2026, 11, 1)}, Action.ANTICIPATE, "bill-to-pay"),
        (
            {
                "mode": Mode.MANUAL,
                "availability": Availability.SUSPENDED,
                "suspension": Suspension.POLICY,
                "suspended_on": date(2026, 11, 1),
            },
            Action.RENEW,
            "suspended-by-provider",
        ),
    ],
)
def test_what_is_not_allowed_is_not_ordered(
    world: World, shop: Shop, given: dict[str, Any], action: Action, reason: str
) -> None:
    world.service(1, "other.example", **given)
    assert refusal(lambda: shop.order("S-other.example", action=action)) == reason


@pytest.mark.parametrize(
    ("duration", "together", "reason"), [("P3M", (), "not-sold-so"), ("P1M", ("S-x",), "no-companion")]
)
def test_what_is_not_sold_is_not_ordered(
    world: World, shop: Shop, duration: str, together: tuple[str, ...], reason: str
) -> None:
    assert refusal(lambda: shop.order("S-shop.example", duration, *together)) == reason


def test_nobody_else_sees_or_pays_an_order(world: World, shop: Shop, clock: FixedClock) -> None:
    code = shop.order("S-shop.example")
    other = Shop(world.app, clock, world.account("Charlie"))
    for act in (lambda: other.begin(code), lambda: other.discard(code)):
        with pytest.raises(NoSuchOrder):
            act()
    with pytest.raises(NoSuchService):
        other.order("S-shop.example")


def test_invoices_are_numbered_one_by_one_for_each_portal(world: World, shop: Shop, clock: FixedClock) -> None:
    noemie = world.account("Noemie", portal="QC", country="CA")
    for number in range(3):
        world.service(1, f"s{number}.example")
        world.service(noemie, f"q{number}.example", currency="CAD", family="vps")
    for person, names in ((shop, "s"), (Shop(world.app, clock, noemie), "q")):
        for number in range(3):
            code = person.order(f"S-{names}{number}.example")
            person.begin(code)
            person.till.decide(f"{code}-1", Standing.SUCCEEDED)
            person.learn(f"{code}-1")
    invoices = [each.rpartition(" ")[0] for each in standing(world)["invoices"]]
    assert invoices == ["FR-000001", "FR-000002", "FR-000003", "QC-000001", "QC-000002", "QC-000003"]
    (line,) = [each for each in world.all(OrderLine) if each.id == 4]
    assert [levy["minor"] for levy in line.levies] == [250, 499] and line.gross_minor == 5749
    assert shop.differences() == []


def test_a_payment_that_another_provider_has_is_not_asked_of_this_one(world: World, shop: Shop) -> None:
    code = shop.order("S-shop.example")
    shop.begin(code)
    shop.till.name = "another"
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    assert refusal(lambda: shop.begin(code)) == "payment-under-way"
    assert refusal(lambda: shop.discard(code)) == "payment-under-way"
    shop.sweep(timedelta(hours=30))
    assert standing(world)["attempts"] == ["pending"]
    assert len(shop.till.books) == 1


def test_a_provider_that_does_not_answer_is_asked_after_growing_pauses(
    world: World, shop: Shop, clock: FixedClock, app: Flask
) -> None:
    code = shop.order("S-shop.example")
    begun = clock.now()
    shop.till.silent = 100
    shop.begin(code)
    with app.app_context():
        pauses = [rules().orders.next_ask(asked) for asked in range(5)]
    due = [world.all(Attempt)[0].ask_at - begun]
    for _time in range(4):
        clock.move_to(world.all(Attempt)[0].ask_at)
        before = clock.now()
        shop.sweep()
        due.append(world.all(Attempt)[0].ask_at - before)
    assert due == pauses and pauses == sorted(pauses) and len(set(pauses)) > 2
    assert world.all(Attempt)[0].asked == 4
    clock.move_to(world.all(Attempt)[0].ask_at - timedelta(seconds=1))
    silent = shop.till.silent
    shop.sweep()
    assert shop.till.silent == silent


def test_what_ended_has_no_page_any_more_and_keeps_its_reference(world: World, shop: Shop, app: Flask) -> None:
    code = shop.order("S-shop.example")
    shop.begin(code)
    with app.app_context():
        learn(f"{code}-1", not_begun(Failure.GIVEN_UP), shop.desk)
    (attempt,) = world.all(Attempt)
    assert (attempt.address, attempt.reference) == ("", f"pay-{code}-1")


def test_the_first_who_orders_is_not_told_that_they_had_ordered(shop: Shop, app: Flask) -> None:
    with app.app_context():
        command = renewing_looked_at("S-shop.example", "P12M", shop.desk)
        db.session.rollback()
        assert [order_renewal(command, shop.desk).new for _twice in range(2)] == [True, False]


def test_an_order_that_is_over_is_not_taken_for_one_that_waits(world: World, shop: Shop) -> None:
    first = shop.order("S-shop.example")
    shop.discard(first)
    again = shop.order("S-shop.example")
    assert again != first and standing(world)["orders"] == ["discarded 6000", "open 6000"]


def test_nobody_asks_about_what_has_ended(world: World, shop: Shop) -> None:
    code = shop.order("S-shop.example")
    shop.begin(code)
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    shop.learn(f"{code}-1")
    shop.till.silent = 1
    shop.sweep(timedelta(days=3))
    assert shop.till.silent == 1
