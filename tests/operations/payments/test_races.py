"""Two tabs, a notice and the worker at the same moment: one order, one payment, one term."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from tests.confirming import aligning_looked_at, renewing_looked_at
from tests.operations.test_races import PEOPLE, at_once
from tests.provider import Till
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.domain.actors import PAYMENTS
from webapp.domain.billing.payment import Standing
from webapp.extensions import db
from webapp.operations.orders.lapse import expire_orders
from webapp.operations.payments.ask import ask_before_showing, ask_due
from webapp.operations.payments.learn import learn
from webapp.operations.payments.pay import begin_payment, discard_order
from webapp.operations.renewal.align import align_service
from webapp.operations.renewal.renew import order_renewal
from webapp.wiring import desk_for

from .shop import BACK, Shop, standing

WRITERS = 8
"""Who settle at once for each portal."""


@pytest.fixture
def shop(world: World, app: Flask, clock: FixedClock, till: Till) -> Shop:
    alice = world.account("Alice")
    world.service(alice)
    world.service(alice, "shop.example", family="domain", reference="S-domain")
    return Shop(app, clock, alice, till)


def test_whoever_clicks_twice_at_once_orders_once(app: Flask, world: World, shop: Shop) -> None:
    with app.app_context():
        seen = renewing_looked_at("S-shop.example", "P12M", shop.desk)
        db.session.rollback()
    placed = at_once(app, *[lambda: order_renewal(seen, shop.desk)] * PEOPLE)
    assert len({each.order for each in placed}) == 1
    assert sorted(each.new for each in placed) == [False] * (PEOPLE - 1) + [True]
    assert standing(world)["orders"] == ["open 6000"]


def test_orders_that_want_the_same_terms_never_claim_them_together(app: Flask, world: World, shop: Shop) -> None:
    with app.app_context():
        wishes = [
            renewing_looked_at(reference, duration, shop.desk, together)
            for reference, together in (("S-shop.example", ["S-domain"]), ("S-domain", ["S-shop.example"]))
            for duration in ("P1M", "P12M")
        ]
        db.session.rollback()
    at_once(app, *[lambda wish=wish: order_renewal(wish, shop.desk) for wish in wishes])  # type: ignore[misc]
    assert standing(world)["claims"] == ["2026-12-31", "2026-12-31"]
    assert [each for each in standing(world)["orders"] if each.startswith("open")] != []
    assert shop.differences() == []


def test_an_alignment_and_a_renewal_never_claim_the_same_term(app: Flask, world: World, shop: Shop) -> None:
    with app.app_context():
        renewal = renewing_looked_at("S-shop.example", "P12M", shop.desk)
        days = [aligning_looked_at("S-shop.example", day, shop.desk) for day in (5, 20)]
        db.session.rollback()
    at_once(
        app,
        lambda: order_renewal(renewal, shop.desk),
        *[lambda wish=wish: align_service(wish, shop.desk, None) for wish in days],  # type: ignore[misc]
    )
    assert standing(world)["claims"] == ["2026-12-31"]
    assert len([each for each in standing(world)["orders"] if each.startswith("open")]) == 1
    assert shop.differences() == []


def test_whoever_begins_to_pay_twice_at_once_is_led_to_one_page(app: Flask, world: World, shop: Shop) -> None:
    code = shop.order("S-shop.example")

    def begin() -> Any:
        return begin_payment(code, shop.desk, shop.till, return_to=BACK, language="en")

    assert set(at_once(app, *[begin] * PEOPLE)) == {f"https://till.example/{code}-1"}
    assert (standing(world)["attempts"], len(shop.till.books)) == (["pending"], 1)


def test_everyone_who_hears_of_a_payment_at_once_settles_it_once(app: Flask, world: World, shop: Shop) -> None:
    code = shop.order("S-shop.example", "P12M", "S-domain")
    shop.begin(code)
    paid = shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    shop.clock.move_to(shop.clock.now() + timedelta(minutes=1))
    at_once(
        app,
        lambda: learn(f"{code}-1", paid, desk_for(PAYMENTS)),
        lambda: ask_before_showing(code, shop.desk, shop.till),
        lambda: ask_due(desk_for(PAYMENTS), shop.till),
        lambda: learn(f"{code}-1", paid, desk_for(PAYMENTS)),
        lambda: expire_orders(desk_for(PAYMENTS)),
        lambda: discard_order(code, shop.desk, shop.till),
    )
    assert standing(world) == {
        "orders": ["paid 12000"],
        "attempts": ["succeeded"],
        "claims": [],
        "bought": ["2026-12-31/2027-12-31"] * 2,
        "invoices": ["FR-000001 12000"],
        "credit": [],
    }
    assert shop.differences() == []


def test_paying_and_discarding_at_once_ends_in_one_of_both(app: Flask, world: World, shop: Shop) -> None:
    code = shop.order("S-shop.example")
    at_once(
        app,
        lambda: begin_payment(code, shop.desk, shop.till, return_to=BACK, language="en"),
        lambda: discard_order(code, shop.desk, shop.till),
    )
    for key in list(shop.till.books):
        if shop.till.books[key].standing is Standing.WAITING:
            shop.till.decide(key, Standing.SUCCEEDED)
            shop.learn(key)
    now = standing(world)
    assert (now["orders"], now["bought"]) in (
        (["paid 6000"], ["2026-12-31/2027-12-31"]),
        (["discarded 6000"], []),
    )
    assert shop.differences() == []


def test_numbers_of_invoices_have_no_gap_whoever_settles_at_once(app: Flask, world: World, shop: Shop) -> None:
    noemie = Shop(app, shop.clock, world.account("Noemie", portal="QC", country="CA"), shop.till)
    orders = []
    for number in range(WRITERS):
        for person, given in ((shop, {}), (noemie, {"currency": "CAD", "family": "vps"})):
            world.service(person.account, f"s-{person.account}-{number}.example", **given)
            code = person.order(f"S-s-{person.account}-{number}.example")
            person.begin(code)
            orders.append((f"{code}-1", person.till.decide(f"{code}-1", Standing.SUCCEEDED)))
    at_once(app, *[lambda told=told: learn(*told, desk_for(PAYMENTS)) for told in orders])  # type: ignore[misc]
    numbers = {each.partition(" ")[0] for each in standing(world)["invoices"]}
    assert numbers == {f"{portal}-{number:06d}" for portal in ("FR", "QC") for number in range(1, WRITERS + 1)}
    assert shop.differences() == []
