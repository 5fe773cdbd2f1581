"""Paying the bills of a service, and others with them: what is shown, what is ordered, what comes of it."""

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError
from werkzeug.test import TestResponse

from tests.markup import confirmation, found, post, said, soup
from tests.operations.payments.shop import Shop, standing
from tests.statements import statements
from tests.world import World
from webapp.domain.actors import PAYMENTS
from webapp.domain.billing.invoice import Settled
from webapp.domain.billing.payment import Failure, Standing
from webapp.domain.periods import Period
from webapp.domain.service.service import Availability, Mode, Suspension
from webapp.models import Event, Invoice, Order, OrderLine, Service, Settlement

PAY = "/services/S-shop.example/pay"
DEBT = {
    "availability": Availability.SUSPENDED,
    "suspension": Suspension.DEBT,
    "suspended_on": date(2026, 11, 7),
    "amount_due_minor": 6000,
    "billed_on": date(2026, 10, 31),
}
TERM = {"duration": Period(12), "starts_on": date(2026, 10, 31), "ends_on": date(2027, 10, 31)}


@pytest.fixture
def debtor(world: World, shop: Shop) -> int:
    """A hosting whose time was over on 31 October, suspended for the bill for the year that began then."""
    return lapsed(world, shop.account)


def lapsed(world: World, owner: int, name: str = "late.example", **given: Any) -> int:
    days = {"started_on": date(2025, 10, 31), "ends_on": date(2026, 10, 31)}
    key = world.service(owner, name, **days, **{**DEBT, "amount_due_minor": 0, "billed_on": None} | given)
    world.bill(key, 6000, date(2026, 10, 31), **TERM)
    return key


def order(client: FlaskClient, url: str, *invoices: str, **more: Any) -> TestResponse:
    seen = more.pop("seen", None) or confirmation(client.get(url))
    return post(client, url, seen | {"invoice": list(invoices), "action": "order"} | more)


def pay(shop: Shop, response: TestResponse) -> str:
    """Through the provider, until it has settled; the address of the order."""
    code = begun(response)
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    shop.learn(f"{code}-1")
    return f"/orders/{code}"


def begun(response: TestResponse) -> str:
    """The code of the order with whose payment one is led to the provider."""
    assert response.status_code == 303, said(response, "main")
    return str(response.location).rpartition("/")[2].removesuffix("-1")


def settled(world: World) -> list[Settled]:
    return [each.how for each in world.all(Settlement)]


def test_the_row_leads_to_the_bill_first(world: World, alice: FlaskClient) -> None:
    world.bill(1, 1200, number="2026-117")
    row = found(alice.get("/services"), "#row-1")
    assert row.select_one(".first, .menu-cell a, a[href$='/pay']")["href"] == PAY


def test_what_is_owed_and_what_happens_is_said_before(world: World, alice: FlaskClient) -> None:
    world.bill(1, 1200, number="2026-117")
    page = said(alice.get(PAY), ".acting")
    for part in (
        "Pay the bill for shop.example",
        "Bill 2026-117",
        "Billed on 1 Nov 2026",
        "€12.00",
        "It goes on as before",
    ):
        assert part in page, part
    assert world.all(Order) == []


def test_a_bill_is_paid_and_owed_no_more(world: World, alice: FlaskClient, shop: Shop) -> None:
    world.bill(1, 1200, number="2026-117")
    where = pay(shop, order(alice, PAY))
    service = world.get(Service, 1)
    assert (service.amount_due_minor, service.billed_on, service.ends_on) == (0, None, date(2026, 12, 31))
    assert settled(world) == [Settled.PAID] and standing(world)["invoices"] == ["2026-117 1200"]
    shown = said(alice.get(where), "#order")
    assert "the bills below are settled" in shown and "2026-117" in shown and "Total, tax included €12.00" in shown
    assert "Bill paid" in said(alice.get("/services/S-shop.example"), ".history")
    assert shop.differences() == []


def test_paying_brings_back_what_was_suspended_for_the_debt_with_its_term(
    world: World, alice: FlaskClient, shop: Shop, debtor: int
) -> None:
    url = "/services/S-late.example/pay"
    page = said(alice.get(url), ".acting")
    assert "31 Oct 2026 to 30 Oct 2027" in page and "is active again and can be used at once" in page
    pay(shop, order(alice, url))
    service = world.get(Service, debtor)
    assert (service.availability, service.suspension, service.suspended_on) == (Availability.ACTIVE, None, None)
    assert service.ends_on == date(2027, 10, 31) and shop.differences() == []


def test_a_refused_payment_leaves_everything_as_it_was_and_says_what_to_do(
    world: World, alice: FlaskClient, shop: Shop, debtor: int
) -> None:
    response = order(alice, "/services/S-late.example/pay")
    code = begun(response)
    shop.begin(code)
    shop.till.decide(f"{code}-1", Standing.FAILED, Failure.REFUSED)
    shop.learn(f"{code}-1")
    assert world.get(Service, debtor).suspension is Suspension.DEBT and settled(world) == []
    page = alice.get(f"/orders/{code}/result")
    assert "Try again, or pay by another means." in said(page, "#order") and "Try again: pay €60.00" in said(
        page, "#order"
    )


def test_the_other_bills_can_be_paid_with_it(world: World, alice: FlaskClient, shop: Shop, debtor: int) -> None:
    world.bill(1, 1200, number="2026-117")
    page = alice.get(PAY)
    assert "late.example" in said(page, "#others")
    other = found(page, "#others input")["value"]
    chosen = alice.get(f"{PAY}?invoice={other}")
    assert "Total, tax included: €72.00" in said(chosen, ".deciding")
    pay(shop, order(alice, PAY, other))
    assert settled(world) == [Settled.PAID, Settled.PAID] and standing(world)["orders"] == ["paid 7200"]
    assert shop.differences() == []


def test_a_bill_in_another_currency_waits_for_a_payment_of_its_own(
    world: World, alice: FlaskClient, shop: Shop
) -> None:
    world.bill(1, 1200)
    noemie = world.account("Noemie", portal="QC", country="CA")
    far = world.service(noemie, "far.example", currency="CAD", billing_id=shop.account, family="vps")
    world.bill(far, 700, number="Q-1")
    page = alice.get(PAY)
    assert "far.example Bill Q-1, CA$7.00 , tax included – another seller or currency" in said(
        page, ".acting .companions"
    )
    assert "invoice=" not in str(soup(page).select("#others"))
    refused = order(alice, PAY, "Q-1")
    assert refused.status_code == 422 and "several sellers or currencies" in said(refused, ".problem")


def test_two_clicks_are_one_order(world: World, alice: FlaskClient) -> None:
    world.bill(1, 1200)
    seen = confirmation(alice.get(PAY))
    first, second = (order(alice, PAY, seen=seen) for _click in range(2))
    assert first.location == second.location and len(world.all(Order)) == 1


def test_a_bill_that_came_meanwhile_is_shown_before_it_is_paid(world: World, alice: FlaskClient) -> None:
    world.bill(1, 1200, number="A-1")
    seen = confirmation(alice.get(PAY))
    world.bill(1, 700, number="A-2")
    response = order(alice, PAY, seen=seen)
    assert response.status_code == 409 and "€7.00 (A-2)" in said(response, ".problem") and world.all(Order) == []


def test_a_bill_that_was_settled_meanwhile_is_not_paid_again(world: World, alice: FlaskClient, shop: Shop) -> None:
    world.bill(1, 1200)
    code = begun(post(alice, "/invoices", {"action": "pay-FR-EUR"}))
    world.settled(1)
    world.change(1, amount_due_minor=0, billed_on=None)
    response = post(alice, f"/orders/{code}", {"action": "pay"})
    assert response.status_code == 422 and "has been settled already" in said(response, ".problem")
    assert order(alice, PAY, seen={"version": "1"}).status_code == 422


def test_money_for_what_was_settled_meanwhile_becomes_credit(world: World, alice: FlaskClient, shop: Shop) -> None:
    world.bill(1, 1200)
    code = begun(order(alice, PAY))
    shop.begin(code)
    world.settled(1)
    world.change(1, amount_due_minor=0, billed_on=None)
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    shop.learn(f"{code}-1")
    assert standing(world)["credit"] == ["settled-meanwhile 1200"] and settled(world) == [Settled.ELSEWHERE]
    assert "The bill was settled otherwise" in said(alice.get(f"/orders/{code}"), "#order")
    assert shop.differences() == []


def test_only_what_is_left_of_a_bill_is_paid(world: World, alice: FlaskClient, shop: Shop) -> None:
    world.bill(1, 1200)
    world.settled(1, minor=500)
    world.change(1, amount_due_minor=700)
    assert shop.differences() == []
    assert "€7.00" in said(alice.get(PAY), "#pay")
    pay(shop, order(alice, PAY))
    assert [(each.number, each.how, each.minor, each.left_minor) for each in world.all(Settlement)] == [
        (1, Settled.ELSEWHERE, 500, 700),
        (2, Settled.PAID, 700, 0),
    ]
    assert standing(world)["orders"] == ["paid 700"] and world.get(Service, 1).amount_due_minor == 0
    assert shop.differences() == []


def test_a_part_that_was_settled_meanwhile_makes_credit_of_the_whole_line(
    world: World, alice: FlaskClient, shop: Shop
) -> None:
    world.bill(1, 1200)
    code = begun(order(alice, PAY))
    shop.begin(code)
    world.settled(1, minor=500)
    world.change(1, amount_due_minor=700)
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    shop.learn(f"{code}-1")
    assert standing(world)["credit"] == ["settled-meanwhile 1200"]
    assert world.get(Service, 1).amount_due_minor == 700 and shop.differences() == []


@pytest.mark.parametrize("parts", [[1201], [700, 501], [1200, 1], [0], [-1]])
def test_no_more_is_settled_than_is_owed(world: World, shop: Shop, parts: list[int]) -> None:
    world.bill(1, 1200)
    *before, last = parts
    for minor in before:
        world.settled(1, minor=minor)
    with pytest.raises(IntegrityError):
        world.settled(1, minor=last)
    assert [each.minor for each in world.all(Settlement)] == before


def test_what_cannot_come_back_is_credited_with_a_credit_note(
    world: World, alice: FlaskClient, shop: Shop, debtor: int
) -> None:
    code = begun(order(alice, "/services/S-late.example/pay"))
    shop.begin(code)
    gone = {"availability": Availability.TERMINATED, "suspension": None, "suspended_on": None}
    world.change(debtor, **gone)
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    shop.learn(f"{code}-1")
    assert standing(world)["credit"] == ["terminated 6000"] and settled(world) == [Settled.CREDITED]
    assert [each.code for each in world.all(Invoice)][1:] == ["FR-C000001"]
    assert "terminated before the payment arrived" in said(alice.get(f"/orders/{code}"), "#order")
    assert shop.differences() == []


def test_what_is_terminated_already_is_not_paid_for(world: World, alice: FlaskClient, debtor: int) -> None:
    world.change(debtor, availability=Availability.TERMINATED, suspension=None, suspended_on=None)
    page = alice.get("/services/S-late.example/pay")
    assert "This service is terminated." in said(page, "#what")
    assert order(alice, "/services/S-late.example/pay", seen={"version": "1"}).status_code == 422


def test_a_term_that_the_inventory_gave_meanwhile_is_not_given_twice(
    world: World, alice: FlaskClient, shop: Shop, debtor: int
) -> None:
    world.change(debtor, ends_on=date(2027, 10, 31))
    world.bought(debtor, date(2026, 10, 31), date(2027, 10, 31))
    pay(shop, order(alice, "/services/S-late.example/pay"))
    service = world.get(Service, debtor)
    assert (service.ends_on, service.availability) == (date(2027, 10, 31), Availability.ACTIVE)
    assert settled(world) == [Settled.PAID] and shop.differences() == []


def test_what_is_over_again_by_then_has_still_to_be_renewed(world: World, alice: FlaskClient, shop: Shop) -> None:
    days = {"started_on": date(2025, 8, 31), "ends_on": date(2026, 9, 30), "anchor_day": 31}
    key = world.service(shop.account, "old.example", mode=Mode.MANUAL, period=Period(1), **days, **DEBT)
    page = said(alice.get("/services/S-old.example/pay"), ".acting")
    assert "renew the service afterwards" in page
    pay(shop, order(alice, "/services/S-old.example/pay"))
    assert world.get(Service, key).suspension is Suspension.EXPIRED and shop.differences() == []


def test_only_the_billing_contact_pays(world: World, shop: Shop) -> None:
    bob, charlie = world.account("Bob"), world.account("Charlie")
    world.change(1, technical_id=bob)
    world.bill(1, 1200)
    assert "Only the billing contact" in said(world.client(bob).get(PAY), "#what")
    assert order(world.client(bob), PAY, seen={"version": "1"}).status_code == 422
    assert world.client(charlie).get(PAY).status_code == 404
    assert post(world.client(charlie), PAY, {"action": "order"}).status_code == 404
    assert world.all(Order) == []


def test_without_a_bill_there_is_nothing_to_pay(alice: FlaskClient) -> None:
    assert "There is no bill to pay" in said(alice.get(PAY), "#what")
    assert order(alice, PAY, seen={"version": "1"}).status_code == 422


def test_many_bills_take_no_more_statements_than_one(world: World, alice: FlaskClient, shop: Shop) -> None:
    world.bill(1, 1200)
    alice.get(PAY)
    with statements(world.app) as one:
        alice.get(PAY)
    for number in range(4):
        world.bill(world.service(shop.account, f"s{number}.example"), 500)
    with statements(world.app) as five:
        alice.get(PAY)
    assert len(five) == len(one)


def test_of_very_many_bills_some_are_offered_and_the_list_has_the_rest(
    world: World, alice: FlaskClient, shop: Shop
) -> None:
    world.bill(1, 1200)
    for number in range(23):
        world.bill(world.service(shop.account, f"s{number}.example"), 500, number=f"N-{number}")
    page = alice.get(f"{PAY}?invoice=N-22")
    assert len(soup(page).select("#others input")) == 20 and "There are 3 more: My bills" in said(page, "#others")
    assert found(page, "#others input[checked]")["value"] == "N-22"


def test_the_event_of_a_paid_bill_names_what_settled_it(world: World, alice: FlaskClient, shop: Shop) -> None:
    world.bill(1, 1200)
    pay(shop, order(alice, PAY))
    (event,) = world.all(Event)
    assert (event.kind, event.by, event.rules) == ("bill-paid", PAYMENTS, "FR individual")
    (line,) = world.all(OrderLine)
    assert (line.net_minor, line.gross_minor, line.levies) == (1200, 1200, [])


def test_a_bill_is_paid_in_two_pages_and_is_never_called_an_order(world: World, alice: FlaskClient, shop: Shop) -> None:
    world.bill(1, 1200, number="2026-117")
    first = alice.get(PAY)
    assert said(first, ".deciding .primary") == "Pay €12.00"
    code = begun(order(alice, PAY))
    pages = [said(first, "main"), said(alice.get(f"/orders/{code}"), "main")]
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    pages += [said(alice.get(f"/orders/{code}/result"), "main"), said(alice.get("/account"), "main #orders ~ *")]
    assert "Your bill is paid" in pages[2]
    assert "Payment of bills" in pages[3]
    for page in pages:
        for word in ("order ", "ordered", "discard", "lapses", "abandon"):
            assert word not in page.lower(), (word, page)


def test_bills_of_the_list_are_paid_by_way_of_one_page(world: World, alice: FlaskClient, shop: Shop) -> None:
    world.bill(1, 1200)
    page = alice.get(post(alice, "/invoices", {"action": "pay-FR-EUR"}).location)
    assert said(page, "h1") == "Pay your bill"
    assert "stay as they are" in said(page, "#order")
    assert said(page, "button[name='action.pay']") == "Pay €12.00"
    assert soup(page).select("button[name='action.discard']") == []
    assert soup(alice.get("/account")).select("#orders ~ * tbody tr") == []


def test_whoever_comes_back_finds_an_address_of_its_own(world: World, alice: FlaskClient, shop: Shop) -> None:
    world.bill(1, 1200)
    code = begun(order(alice, PAY, back="q=shop"))
    wanted = shop.till.wanted[f"{code}-1"]
    assert wanted.return_to == f"http://localhost/orders/{code}/result?back=q%3Dshop"
    assert "Back to my services" in said(alice.get(wanted.return_to), "#order")
