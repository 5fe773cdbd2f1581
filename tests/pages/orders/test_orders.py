"""The page of an order: what it says at each step, and what can be done there."""

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.markup import found, htmx, post, said, soup
from tests.operations.payments.shop import Shop, standing
from tests.statements import statements
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.domain.billing.payment import Failure, Standing

BUTTONS = "#order button[name^='action.']"


def buttons(page: str, client: FlaskClient) -> list[str]:
    return [str(each["name"]).removeprefix("action.") for each in soup(client.get(page)).select(BUTTONS)]


@pytest.fixture
def order(shop: Shop) -> str:
    """The address of an order for a year, 60.00 with tax."""
    return f"/orders/{shop.order('S-shop.example')}"


def key(order: str) -> str:
    return f"{order.removeprefix('/orders/')}-1"


def test_an_order_says_what_it_brings_and_until_when(alice: FlaskClient, order: str) -> None:
    page = alice.get(order)
    text = said(page, "#order")
    assert said(page, "h1") == "Pay your order"
    for part in (
        "shop.example",
        "1 year",
        "31 Dec 2026",
        "30 Dec 2027",
        "of which VAT 20% €10.00",
        "VAT 20%",
        "€10.00",
        "€60.00",
    ):
        assert part in text, part
    assert "until 24 Nov 2026, 12:59 (Paris)" in text
    assert buttons(order, alice) == ["pay", "pay-1", "discard"]


def test_paying_leads_to_the_provider_and_back_to_the_order(shop: Shop, alice: FlaskClient, order: str) -> None:
    response = post(alice, order, {"action": "pay"})
    assert (response.status_code, response.location) == (303, f"https://till.example/{key(order)}")
    assert shop.till.wanted[key(order)].return_to == f"http://localhost{order}/result"
    assert said(alice.get(order), "h1") == "The payment page waits for you"
    again = post(alice, order, {"action": "pay"})
    assert again.location == response.location
    assert len(shop.till.books) == 1


@pytest.mark.parametrize(
    ("standing_", "failure", "heading", "left"),
    [
        (Standing.WAITING, None, "The payment page waits for you", ["pay", "pay-1", "discard"]),
        (Standing.SETTLING, None, "Your payment is on its way", []),
        (Standing.SUCCEEDED, None, "Your order is paid", []),
        (Standing.FAILED, Failure.REFUSED, "Your payment did not go through", ["pay", "pay-1", "discard"]),
        (Standing.FAILED, Failure.GIVEN_UP, "Your payment did not go through", ["pay", "pay-1", "discard"]),
        (Standing.FAILED, Failure.LAPSED, "Your payment did not go through", ["pay", "pay-1", "discard"]),
    ],
)
def test_returning_shows_what_the_provider_says_without_waiting_for_its_notice(
    shop: Shop,
    alice: FlaskClient,
    order: str,
    standing_: Standing,
    failure: Failure | None,
    heading: str,
    left: list[str],
) -> None:
    post(alice, order, {"action": "pay"})
    if standing_ is not Standing.WAITING:
        shop.till.decide(key(order), standing_, failure)
    page = alice.get(order)
    assert said(page, "h1") == heading
    assert buttons(order, alice) == left
    if failure:
        assert failure.label in said(page, "#order")
    assert bool(page.get_data(as_text=True).count("every 3s")) is (standing_ is Standing.SETTLING)
    assert shop.differences() == []


def test_what_is_paid_is_said_with_its_invoice(world: World, shop: Shop, alice: FlaskClient, order: str) -> None:
    post(alice, order, {"action": "pay"})
    shop.till.decide(key(order), Standing.SUCCEEDED)
    assert "FR-000001" in said(alice.get(order), "#order")
    assert standing(world)["bought"] == ["2026-12-31/2027-12-31"]


def test_a_provider_that_does_not_answer_is_asked_again(
    world: World, shop: Shop, alice: FlaskClient, clock: FixedClock, order: str
) -> None:
    post(alice, order, {"action": "pay"})
    shop.till.decide(key(order), Standing.SUCCEEDED)
    shop.till.silent = 1
    page = alice.get(order)
    assert said(page, "h1") == "We do not know yet whether you have paid"
    assert buttons(order, alice) == []
    assert said(alice.get(order, headers=htmx("order")), "h1") == "We do not know yet whether you have paid"
    clock.move_to(clock.now() + timedelta(seconds=10))
    assert said(alice.get(order), "h1") == "Your order is paid"
    assert standing(world)["invoices"] == ["FR-000001 6000"]


def test_a_provider_that_does_not_answer_at_first_shows_it_on_the_order(
    shop: Shop, alice: FlaskClient, order: str
) -> None:
    shop.till.silent = 1
    assert post(alice, order, {"action": "pay"}).location == f"{order}/result"
    assert said(alice.get(order), "h1") == "We do not know yet whether you have paid"
    shop.till.silent = 1
    refused = post(alice, order, {"action": "discard"})
    assert refused.status_code == 422
    assert "A payment for this service is under way" in said(refused, "#order [role=alert]")


def test_looking_often_does_not_put_off_when_the_provider_is_asked(
    shop: Shop, alice: FlaskClient, clock: FixedClock, order: str
) -> None:
    post(alice, order, {"action": "pay"})
    shop.till.decide(key(order), Standing.SETTLING)
    for _look in range(10):
        alice.get(order)
    shop.till.decide(key(order), Standing.SUCCEEDED)
    shop.sweep(timedelta(seconds=10))
    assert shop.till.taken == 6000
    assert said(alice.get(order), "h1") == "Your order is paid"


def test_an_order_can_be_discarded_also_from_the_payment_page(
    world: World, shop: Shop, alice: FlaskClient, order: str
) -> None:
    post(alice, order, {"action": "pay"})
    assert post(alice, order, {"action": "discard"}).location == order
    page = alice.get(order)
    assert said(page, "h1") == "This order was discarded"
    assert "Nothing was charged" in said(page, "#notice")
    assert post(alice, order, {"action": "pay"}).status_code == 422
    assert standing(world)["claims"] == []


def test_an_order_whose_time_is_over_says_so(
    world: World, shop: Shop, alice: FlaskClient, clock: FixedClock, order: str
) -> None:
    clock.move_to(clock.now() + timedelta(hours=11))
    assert said(world.client(shop.account).get(order), "h1") == "Pay your order"
    clock.move_to(clock.now() + timedelta(hours=13))
    again = world.client(shop.account)
    assert said(again.get(order), "h1") == "This order has expired"
    assert post(again, order, {"action": "pay"}).status_code == 422


def test_what_could_not_be_given_is_credited_and_said(world: World, shop: Shop, alice: FlaskClient, order: str) -> None:
    post(alice, order, {"action": "pay"})
    world.change(1, cancels_on=date(2026, 12, 31))
    shop.till.decide(key(order), Standing.SUCCEEDED)
    text = said(alice.get(order), "#order")
    assert "You paid €60.00 for something that could not be given any more" in text
    assert "The service was cancelled before the payment arrived." in text
    account = said(alice.get("/account"), "main")
    assert "My balance €60.00" in account
    assert "The service was cancelled before the payment arrived." in said(alice.get("/balance"), "main")


def test_money_that_comes_when_the_order_is_over_is_credited_and_said(
    shop: Shop, alice: FlaskClient, order: str
) -> None:
    post(alice, order, {"action": "pay"})
    post(alice, order, {"action": "discard"})
    shop.till.decide(key(order), Standing.SUCCEEDED)
    shop.learn(key(order))
    text = said(alice.get(order), "#order")
    assert "You paid €60.00" in text and "The order was over when the payment arrived." in text
    assert "Nothing is charged" not in text
    assert shop.differences() == []


def test_an_account_sees_its_orders(alice: FlaskClient, shop: Shop) -> None:
    assert "You have not ordered anything here yet" in said(alice.get("/account"), "main")
    code = shop.order("S-shop.example")
    assert found(alice.get("/account"), ".rows .name a")["href"] == f"/orders/{code}"
    assert "€60.00" in said(alice.get("/account"), ".rows tbody")


def test_orders_are_listed_the_youngest_first_by_what_is_displayed_and_to_nobody_else(
    world: World, alice: FlaskClient, shop: Shop
) -> None:
    world.service(shop.account, "mail.example", display_name="Letters")
    world.service(shop.account, "mail.example", family="domain", reference="S-name")
    bob = world.account("Bob")
    world.service(bob, "bob.example")
    elsewhere = Shop(shop.app, shop.clock, bob, shop.till)
    codes = [shop.order("S-shop.example"), shop.order("S-mail.example", "P12M", "S-name")]
    foreign = elsewhere.order("S-bob.example")
    listed = [" ".join(each.get_text(" ").split()) for each in soup(alice.get("/account")).select(".rows tbody th")]
    assert listed == [f"Letters and 1 more · {codes[1]}", f"shop.example {codes[0]}"]
    assert foreign in said(world.client(bob).get("/account"), ".rows")


def test_orders_of_others_do_not_exist(world: World, order: str) -> None:
    bob = world.client(world.account("Bob"))
    assert bob.get(order).status_code == 404
    for action in ("pay", "discard", ""):
        assert post(bob, order, {"action": action}).status_code == 404


def test_a_form_that_does_not_say_what_is_wanted_shows_the_order(alice: FlaskClient, order: str) -> None:
    for action in ("", "steal"):
        assert said(post(alice, order, {"action": action}), "h1") == "Pay your order"


def test_where_nothing_can_be_paid_it_says_so(alice: FlaskClient, order: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.web.paying.payments", lambda: None)
    assert "Nothing can be paid here at the moment" in said(alice.get(order), "#order")
    assert buttons(order, alice) == ["discard"]
    assert post(alice, order, {"action": "pay"}).status_code == 422


def test_what_is_shown_takes_a_constant_number_of_statements(
    world: World, app: Flask, shop: Shop, alice: FlaskClient
) -> None:
    for name in ("mail.shop.example", "www.shop.example"):
        world.service(shop.account, name, parent_id=1)
    asked = []
    for together in ([], ["S-mail.shop.example", "S-www.shop.example"]):
        code = shop.order("S-shop.example", "P12M", *together)
        with statements(app) as seen:
            assert len(soup(alice.get(f"/orders/{code}")).select("tbody tr")) == 1 + len(together)
        asked.append(len(seen))
    assert asked[0] == asked[1]
