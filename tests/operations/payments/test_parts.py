"""An order that is paid in parts: given once the last one is there, credited where it never comes."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from tests.operations.payments.shop import Shop, standing
from tests.provider import Till
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.domain.billing.payment import AttemptState, Standing
from webapp.domain.billing.settlement import Means
from webapp.extensions import db
from webapp.models import Attempt, Order


@pytest.fixture
def shop(world: World, app: Flask, clock: FixedClock, till: Till) -> Shop:
    alice = world.account("Alice")
    world.service(alice)
    return Shop(app, clock, alice, till)


@pytest.fixture
def code(world: World, shop: Shop) -> str:
    """Of an order for 60 euros, of which 25 are paid."""
    code = shop.order("S-shop.example")
    part(world, 2500, AttemptState.SUCCEEDED)
    return code


def part(world: World, minor: int, state: AttemptState, number: int = 1) -> None:
    (order,) = world.all(Order)
    begun = {"begun_at": order.created_at, "ask_at": order.expires_at, "return_to": "", "language": "en"}
    named = {"key": f"{order.code}-{number}", "provider": "till", "means": Means.CHECKOUT}
    with world.app.app_context():
        amount = {"currency": "EUR", "minor": minor}
        db.session.add(Attempt(order_id=order.id, number=number, state=state, **named, **amount, **begun))
        db.session.commit()


def test_the_rest_is_asked_for_and_the_last_part_gives_all_of_it(world: World, shop: Shop, code: str) -> None:
    assert shop.begin(code) == f"https://till.example/{code}-2"
    assert [each.minor for each in world.all(Attempt)] == [2500, 3500]
    assert standing(world)["bought"] == [] and shop.differences() == []
    shop.till.decide(f"{code}-2", Standing.SUCCEEDED)
    shop.learn(f"{code}-2")
    assert standing(world)["orders"] == ["paid 6000"]
    assert standing(world)["bought"] == ["2026-12-31/2027-12-31"]
    assert standing(world)["invoices"] == ["FR-000001 6000"]
    assert shop.differences() == []


def test_a_part_alone_gives_nothing(world: World, shop: Shop, code: str) -> None:
    shop.begin(code)
    shop.till.decide(f"{code}-2", Standing.FAILED)
    shop.learn(f"{code}-2")
    assert standing(world)["orders"] == ["open 6000"] and standing(world)["bought"] == []
    assert shop.begin(code) == f"https://till.example/{code}-3"


def test_parts_of_an_order_that_lapses_are_credit(world: World, shop: Shop, code: str) -> None:
    shop.sweep(timedelta(hours=24))
    assert standing(world)["orders"] == ["expired 6000"]
    assert standing(world)["credit"] == ["order-over 2500"]
    assert shop.differences() == []


def test_parts_of_an_order_that_is_given_up_are_credit_once(world: World, shop: Shop, code: str) -> None:
    for _again in range(2):
        shop.discard(code)
    assert standing(world)["credit"] == ["order-over 2500"]
    assert shop.differences() == []


def test_one_means_has_one_open_part(world: World, shop: Shop, code: str) -> None:
    shop.begin(code)
    with pytest.raises(IntegrityError):
        part(world, 100, AttemptState.PENDING, number=3)
