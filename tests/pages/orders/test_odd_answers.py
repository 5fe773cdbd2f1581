"""A provider that tells of another amount than it was asked for."""

import logging
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.markup import post, said, soup
from tests.operations.payments.shop import Shop
from tests.pages.invoices.test_pay import order as order_bill
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.domain.billing.payment import Standing, Statement
from webapp.domain.money import Money

URL = "/services/S-shop.example"


@pytest.fixture
def odd(world: World, shop: Shop, alice: FlaskClient) -> str:
    """The address of an order for 60.00 whose payment page says that 59.99 were taken."""
    address = order_bill(alice, f"{URL}/anticipate", duration="P12M").location
    post(alice, address, {"action": "pay"})
    key = f"{address.rpartition('/')[2]}-1"
    shop.till.books[key] = Statement(Standing.SUCCEEDED, "x", Money(5999, "EUR"))
    return str(address)


def test_people_look_at_it_and_it_says_who_and_by_when(alice: FlaskClient, odd: str, world: World) -> None:
    page = said(alice.get(odd), "#order")
    for part in ("Your payment has to be looked at", "Do not pay again", "by 26 Nov 2026", "the support of"):
        assert part in page
    assert soup(alice.get(odd)).select("button[name='action.pay']") == []
    assert "Payment in progress" in said(alice.get("/services"), "#row-1")


def test_however_often_one_looks_the_log_has_one_line(
    alice: FlaskClient, odd: str, clock: FixedClock, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        for _look in range(5):
            alice.get(odd)
            clock.move_to(clock.now() + timedelta(minutes=10))
    told = [record for record in caplog.records if "webapp" in record.name]
    assert [record.levelname for record in told] == ["WARNING"]
    assert told[0].exc_info is None


def test_the_operator_sees_it_until_the_provider_says_what_it_was_asked(
    alice: FlaskClient, odd: str, shop: Shop, clock: FixedClock
) -> None:
    alice.get(odd)
    (difference,) = shop.differences()
    assert "5999 EUR instead of 6000 EUR" in difference
    key = f"{odd.rpartition('/')[2]}-1"
    shop.till.books[key] = Statement(Standing.SUCCEEDED, "x", Money(6000, "EUR"))
    shop.sweep(timedelta(hours=2))
    assert said(alice.get(odd), "h1") == "Your order is paid"
    assert shop.differences() == []


def test_a_page_that_asks_for_another_amount_is_not_shown(alice: FlaskClient, shop: Shop) -> None:
    address = order_bill(alice, f"{URL}/anticipate", duration="P12M").location
    key = f"{address.rpartition('/')[2]}-1"
    shop.till.books[key] = Statement(Standing.WAITING, "x", Money(1, "EUR"), "https://till.example/odd")
    assert post(alice, address, {"action": "pay"}).location == f"{address}/result"
    assert "has to be looked at" in said(alice.get(address), "h1")
