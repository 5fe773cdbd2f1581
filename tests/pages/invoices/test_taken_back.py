"""A payment that was taken back, as its customer reads it: what is theirs, what is owed again, and why."""

import pytest
from flask.testing import FlaskClient

from tests.markup import post, said, soup
from tests.operations.payments.shop import Shop
from tests.pages.invoices.test_pay import pay
from tests.pages.invoices.test_pdf import on_paper, texts, words
from tests.world import World
from webapp.domain.billing.payment import Standing
from webapp.domain.money import Money
from webapp.operations.orders.top_up import top_up

REASON = "The payment was disputed at the bank."


@pytest.fixture
def code(shop: Shop) -> str:
    """Of an order that was paid; then its payment was taken back."""
    code = shop.order("S-shop.example")
    shop.begin(code)
    for standing in (Standing.SUCCEEDED, Standing.RETURNED):
        shop.till.decide(f"{code}-1", standing)
        shop.learn(f"{code}-1")
    return code


def test_the_order_says_it_and_leads_to_what_is_owed(alice: FlaskClient, code: str) -> None:
    page = alice.get(f"/orders/{code}")
    assert "Your payment was taken back" in said(page) and REASON in said(page)
    assert "What you paid for is still yours, and its price is to be paid again." in said(page)
    assert soup(page).select_one('#order a[href="/invoices/FR-R000001"]')


def test_the_documents_lead_to_each_other(alice: FlaskClient, code: str) -> None:
    bought, asked = alice.get("/invoices/FR-000001"), alice.get("/invoices/FR-R000001")
    assert "Invoice FR-000001 Payment taken back" in said(bought) and REASON in said(bought)
    assert "Payment request FR-R000001 To be paid" in said(asked) and REASON in said(asked)
    assert "This is no invoice: what it asks for was invoiced when it was first paid." in said(asked)
    for page, other in ((bought, "FR-R000001"), (asked, "FR-000001")):
        assert soup(page).select_one(f'.facts a[href="/invoices/{other}"]')
    assert [each["data-state"] for each in soup(alice.get("/invoices")).select("[data-state]")] == [
        "unpaid",
        "returned",
    ]
    assert soup(alice.get("/invoices?state=returned")).select_one('a[href="/invoices/FR-000001"]')


@pytest.mark.parametrize("number", ["FR-000001", "FR-R000001"])
def test_paper_says_the_same(alice: FlaskClient, code: str, number: str) -> None:
    told = on_paper(alice.get(f"/invoices/{number}.pdf"))
    assert words(REASON) in told
    assert [text for text in texts(alice.get(f"/invoices/{number}"), ".facts dt") if text not in told] == []


def test_it_is_paid_from_its_page_and_then_both_are_paid(alice: FlaskClient, shop: Shop, code: str) -> None:
    order = post(alice, "/invoices", {"invoice": "FR-R000001", "action.pay": ""}).location
    again = pay(shop, post(alice, order, {"action.pay": ""}))
    assert [each["data-state"] for each in soup(alice.get("/invoices")).select("[data-state]")] == ["paid", "paid"]
    assert "Your bill is paid" in said(alice.get(again))


def test_the_service_says_what_is_owed_and_its_history_why(alice: FlaskClient, code: str) -> None:
    page = alice.get("/services/S-shop.example")
    assert "Bill to pay" in said(page)
    told = said(page, "ol.history")
    assert told.startswith("Payment taken back") and "automatically, as the payment provider told" in told
    assert f"Reason {REASON} Asked for again by FR-R000001" in told


def test_a_balance_may_be_below_nothing(world: World, alice: FlaskClient, shop: Shop) -> None:
    with shop.app.app_context():
        code = top_up(Money(2000, "EUR"), shop.desk).code
    shop.begin(code)
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    shop.learn(f"{code}-1")
    shop.charge(shop.order("S-shop.example"), 1)
    shop.till.decide(f"{code}-1", Standing.RETURNED)
    shop.learn(f"{code}-1")
    page = alice.get("/balance")
    assert "A payment was taken back that you had spent already." in said(page)
    assert not soup(page).select('[name^="action.ask-back"]')
    assert "The amount is off your balance again." in said(alice.get(f"/orders/{code}"))
    assert "Little is left on your balance" in said(alice.get("/services"))
