"""Paying with a saved method: offered beside the provider's page wherever something is paid, in two pages."""

import re
from datetime import date

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.markup import confirmation, found, htmx, post, said, soup
from tests.operations.payments.shop import Shop, standing
from tests.world import World
from webapp.domain.billing.payment import Standing
from webapp.domain.service.service import Mode
from webapp.models import Attempt, Order, PaymentMethod

PAGES = {
    "/services/S-shop.example/anticipate": ({"duration": "P12M", "action": "order"}, 6000),
    "/services/S-manual.example/renew": ({"duration": "P12M", "action": "order"}, 6000),
    "/services/S-billed.example/pay": ({"action": "order"}, 1440),
    "/services/S-shop.example/align?day=15": ({"day": "15"}, 756),
}


@pytest.fixture
def holding(world: World, shop: Shop, alice: FlaskClient) -> FlaskClient:
    world.service(shop.account, "manual.example", mode=Mode.MANUAL, period=None)
    world.service(shop.account, "billed.example", amount_due_minor=1440, billed_on=date(2026, 11, 1))
    return alice


def pay(client: FlaskClient, url: str, means: object, **headers: str) -> TestResponse:
    form, _amount = PAGES[url]
    sent = confirmation(client.get(url)) | form | {"means": means}
    return post(client, url.partition("?")[0], sent, headers=headers or None)


@pytest.mark.parametrize("url", PAGES)
def test_it_is_offered_chosen_and_debited_in_two_pages(
    world: World, holding: FlaskClient, shop: Shop, url: str
) -> None:
    offered = soup(holding.get(url)).select("#means input")
    assert [str(each["value"]) for each in offered] == ["1", "page"] and offered[0].has_attr("checked")
    answer = pay(holding, url, 1)
    (order,) = world.all(Order)
    assert answer.location == f"/orders/{order.code}/result"
    assert (shop.till.taken, standing(world)["orders"]) == (PAGES[url][1], [f"paid {PAGES[url][1]}"])
    done = holding.get(answer.location)
    assert said(done, "h1") in ("Your order is paid", "Your bill is paid")
    assert "Card, Visa 4242" in said(done, "#order .facts")
    assert shop.differences() == []


@pytest.mark.parametrize("url", PAGES)
def test_where_the_balance_covers_it_the_button_that_orders_pays(
    world: World, holding: FlaskClient, shop: Shop, url: str
) -> None:
    minor = PAGES[url][1]
    world.credit(1, minor + 100)
    shown = holding.get(url)
    assert "nothing else is charged" in said(shown, ".acting") and not soup(shown).select("#means")
    done = holding.get(pay(holding, url, "balance").location)
    assert said(done, "h1") in ("Your order is paid", "Your bill is paid")
    assert "Taken from your balance" in said(done, "#order .facts")
    assert (world.balance(1), shop.till.books, shop.differences()) == (100, {}, [])


@pytest.mark.parametrize("url", PAGES)
def test_what_was_spent_meanwhile_is_not_charged_without_asking(
    world: World, holding: FlaskClient, shop: Shop, url: str
) -> None:
    answer = pay(holding, url, "balance")
    assert answer.location.startswith("https://till.example/") and shop.till.taken == 0


@pytest.mark.parametrize("url", PAGES)
def test_the_providers_page_stays_a_choice(world: World, holding: FlaskClient, url: str) -> None:
    answer = pay(holding, url, "page")
    (order,) = world.all(Order)
    assert answer.location in (f"/orders/{order.code}", f"https://till.example/{order.code}-1")


@pytest.mark.parametrize("url", PAGES)
def test_what_cannot_be_debited_any_more_is_not_and_nothing_is_ordered(
    world: World, holding: FlaskClient, url: str
) -> None:
    form, _amount = PAGES[url]
    seen = confirmation(holding.get(url))
    world.change_row(PaymentMethod, 1, expires_on=date(2026, 11, 23))
    for means in (1, world.card(world.account("Bob")), 999, "x"):
        answer = post(holding, url.partition("?")[0], seen | form | {"means": means})
        assert answer.status_code == 422 and "cannot be debited any more" in said(answer, ".problem")
    assert world.all(Order) == [] and soup(holding.get(url)).select("#means") == []


def test_a_second_step_leads_to_the_bank(world: World, holding: FlaskClient, shop: Shop) -> None:
    shop.till.charges = Standing.WAITING
    url = "/services/S-shop.example/anticipate"
    in_dialog = pay(holding, url, 1, **htmx("in-dialog"))
    (order,) = world.all(Order)
    assert in_dialog.headers["HX-Redirect"] == f"https://till.example/{order.code}-1"


def test_a_refused_charge_says_so_and_offers_every_means_again(world: World, holding: FlaskClient, shop: Shop) -> None:
    shop.till.charges = Standing.FAILED
    answer = pay(holding, "/services/S-shop.example/anticipate", 1)
    shown = holding.get(answer.location)
    assert "pay by another means" in said(shown, "#order")
    buttons = [str(each["name"]) for each in soup(shown).select("#order button")]
    assert buttons == ["action.pay", "action.pay-1", "action.discard"]
    shop.till.charges = Standing.SUCCEEDED
    again = post(holding, answer.location.removesuffix("/result"), {"action.pay-1": ""})
    assert again.location == answer.location and standing(world)["orders"] == ["paid 6000"]
    assert [each.number for each in world.all(Attempt)] == [1, 2]


def test_an_order_is_paid_with_any_method_of_ones_own_alone(world: World, holding: FlaskClient, shop: Shop) -> None:
    code = shop.order("S-shop.example")
    second = world.card(shop.account, is_default=False, reference="b", label="Visa 2")
    bobs = world.card(world.account("Bob"))
    buttons = soup(holding.get(f"/orders/{code}")).select("#order button")
    assert [each.get_text(" ", strip=True) for each in buttons][1:3] == [
        "Pay €60.00 with Visa 4242",
        "Pay €60.00 with Visa 2",
    ]
    for foreign in (bobs, 999, "x"):
        answer = post(holding, f"/orders/{code}", {f"action.pay-{foreign}": ""})
        assert answer.status_code == 422 and "cannot be debited any more" in said(answer, ".problem")
    post(holding, f"/orders/{code}", {f"action.pay-{second}": ""})
    assert [each.method_id for each in world.all(Attempt)] == [second]


def test_where_an_address_is_missing_it_is_asked_for_before_anything_is_debited(
    world: World, shop: Shop, alice: FlaskClient
) -> None:
    corp = world.account("Corp", kind="business")
    world.service(corp, "corp.example")
    card = world.card(corp)
    client, url = world.client(corp), "/services/S-corp.example/anticipate"
    seen = confirmation(client.get(url))
    answer = post(client, url, seen | {"duration": "P12M", "action": "order", "means": card})
    (order,) = world.all(Order)
    assert answer.location == f"/orders/{order.code}" and world.all(Attempt) == []
    asked = client.get(answer.location)
    assert found(asked, "#address")
    paid = post(client, answer.location, {"address": "1 rue X", f"action.pay-{card}": ""})
    assert paid.location == f"/orders/{order.code}/result" and standing(world)["orders"] == ["paid 6000"]


def test_what_one_calls_it_stands_beside_it(world: World, holding: FlaskClient) -> None:
    world.change_row(PaymentMethod, 1, description="The firm’s")
    told = said(holding.get("/services/S-shop.example/anticipate"), "#means")
    assert re.search(r"Card, Visa 4242 The firm’s", told)
