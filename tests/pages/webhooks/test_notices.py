"""What a payment provider tells: believed when it is signed, acted on once, never lost."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.operations.payments.shop import Shop, standing
from tests.provider import Till
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.domain.actors import PAYMENTS, Person
from webapp.domain.billing.payment import Standing, Statement
from webapp.domain.money import Money
from webapp.models import Event, ProviderNotice

GENUINE = {"Till": "genuine"}


@pytest.fixture
def shop(world: World, app: Flask, clock: FixedClock, till: Till) -> Shop:
    alice = world.account("Alice")
    world.service(alice)
    return Shop(app, clock, alice, till)


@pytest.fixture
def paid(shop: Shop) -> str:
    """The key of a payment that was made, and of which we know nothing yet."""
    key = f"{shop.order('S-shop.example')}-1"
    shop.begin(key.removesuffix("-1"))
    shop.till.decide(key, Standing.SUCCEEDED)
    return key


def tell(client: FlaskClient, key: str, event: str = "e-1", headers: dict[str, str] = GENUINE) -> TestResponse:
    return client.post("/webhooks/till", data=json.dumps({"event": event, "key": key}), headers=headers)


def outcomes(world: World) -> list[tuple[str, str | None]]:
    return [(each.event, each.outcome) for each in world.all(ProviderNotice)]


def test_a_notice_settles_without_anyone_being_there(world: World, shop: Shop, client: FlaskClient, paid: str) -> None:
    assert tell(client, paid).status_code == 204
    assert standing(world)["bought"] == ["2026-12-31/2027-12-31"]
    assert outcomes(world) == [("e-1", "learned")]
    assert shop.differences() == []


def test_a_notice_may_come_as_often_as_it_likes(world: World, shop: Shop, client: FlaskClient, paid: str) -> None:
    for event in ("e-1", "e-1", "e-2", "e-1"):
        assert tell(client, paid, event).status_code == 204
    assert standing(world)["invoices"] == ["FR-000001 6000"]
    assert outcomes(world) == [("e-1", "learned"), ("e-2", "learned")]


def test_a_notice_may_come_before_the_answer(world: World, shop: Shop, client: FlaskClient) -> None:
    """The provider took the payment, and its answer to us was lost."""
    code = shop.order("S-shop.example")
    shop.till.silent = 1
    assert shop.begin(code) is None
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    tell(client, f"{code}-1")
    assert standing(world)["attempts"] == ["succeeded"]
    assert shop.differences() == []


def test_one_that_was_written_down_and_not_acted_on_is_acted_on(
    world: World, shop: Shop, client: FlaskClient, paid: str
) -> None:
    """As when the program was ended in between."""
    taken = shop.till.books[paid]
    shop.till.decide(paid, Standing.WAITING)
    tell(client, paid)
    world.change_row(ProviderNotice, 1, outcome=None)
    shop.till.books[paid] = taken
    tell(client, paid)
    assert outcomes(world) == [("e-1", "learned")]
    assert standing(world)["attempts"] == ["succeeded"]


@pytest.mark.parametrize("headers", [{}, {"Till": "forged"}])
def test_what_is_not_signed_is_nothing(world: World, client: FlaskClient, paid: str, headers: dict[str, str]) -> None:
    assert tell(client, paid, headers=headers).status_code == 400
    assert (outcomes(world), standing(world)["bought"]) == ([], [])


def test_what_we_never_asked_for_is_kept_for_an_operator(world: World, shop: Shop, client: FlaskClient) -> None:
    shop.till.books["stray"] = Statement(Standing.SUCCEEDED, "pay-stray", Money(100, "EUR"))
    assert tell(client, "stray").status_code == 204
    assert shop.differences() == ["notices of payment providers: till e-1: no-such-payment"]


def test_another_amount_is_kept_for_an_operator(world: World, shop: Shop, client: FlaskClient, paid: str) -> None:
    shop.till.books[paid] = Statement(Standing.SUCCEEDED, "pay", Money(1, "EUR"))
    assert tell(client, paid).status_code == 204
    assert standing(world)["attempts"] == ["unknown"]
    told = f"payments under way: payment {paid}: the provider tells of 1 EUR instead of 6000 EUR"
    assert shop.differences() == [told, "notices of payment providers: till e-1: other-amount"]


def test_only_the_provider_that_is_asked_has_an_address(client: FlaskClient) -> None:
    assert client.post("/webhooks/other", headers=GENUINE).status_code == 404


def test_nobody_fills_the_memory(client: FlaskClient) -> None:
    assert client.post("/webhooks/till", data="x" * 70_000, headers=GENUINE).status_code == 413


def test_money_that_arrives_on_its_own_is_not_told_as_the_buyers_act(
    world: World, shop: Shop, client: FlaskClient, paid: str
) -> None:
    tell(client, paid)
    (event,) = world.all(Event)
    assert event.by == PAYMENTS
    history = world.client(shop.account).get("/services/S-shop.example").get_data(as_text=True)
    assert "automatically, when the payment arrived" in history


def test_a_payment_that_its_buyer_comes_back_with_is_theirs(world: World, shop: Shop, paid: str) -> None:
    world.client(shop.account).get(f"/orders/{paid.removesuffix('-1')}")
    (event,) = world.all(Event)
    assert event.by == Person(shop.account)
