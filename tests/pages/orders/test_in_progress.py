"""A payment that settles later, or of which nobody knows: the same fact on every page, and nothing to pay twice."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.markup import found, post, said, soup
from tests.operations.payments.shop import Shop
from tests.pages.invoices.test_pay import begun as code_of
from tests.pages.invoices.test_pay import order as order_bill
from tests.world import World
from webapp.domain.billing.payment import Failure, Standing
from webapp.domain.service.service import Mode

SHOP, LATE = "/services/S-shop.example", "/services/S-late.example"
IN_PROGRESS = "Payment in progress"
NUDGES = ("immediately", "Bill to pay", "To be paid", "takes its place", "suspended unless you renew it")


@pytest.fixture
def bill(world: World, shop: Shop, alice: FlaskClient) -> str:
    """The address of the order that pays a bill, whose debit is on its way."""
    world.bill(1, 1200, number="2026-117")
    return slowly(shop, order_bill(alice, f"{SHOP}/pay").location, alice)


def slowly(shop: Shop, address: str, alice: FlaskClient) -> str:
    """Paid by a debit that the bank has not confirmed."""
    code = address.rpartition("/")[2].removesuffix("-1")
    shop.begin(code)
    shop.till.decide(f"{code}-1", Standing.SETTLING)
    shop.learn(f"{code}-1")
    return f"/orders/{code}"


def pages(reference: str) -> list[str]:
    service = f"/services/{reference}"
    return ["/services", service, f"{service}/actions", f"{service}/pay", "/invoices", "/invoices/2026-117"]


def test_every_page_says_that_the_bill_is_being_paid_and_leads_there(alice: FlaskClient, bill: str) -> None:
    for url in pages("S-shop.example"):
        page = alice.get(url)
        main = said(page, "main")
        assert f'href="{bill}"' in page.get_data(as_text=True), url
        assert IN_PROGRESS in main or "A payment for this service is under way" in main, url
    assert [nudge for nudge in NUDGES if nudge in said(alice.get("/services"), "#row-1")] == []
    assert IN_PROGRESS in said(alice.get("/invoices/2026-117"), "h1")
    assert soup(alice.get(f"{SHOP}/pay")).select("form [name='action.order']") == []


def test_it_is_in_no_total_that_is_to_be_paid(alice: FlaskClient, bill: str) -> None:
    assert "to pay" not in said(alice.get("/services"), "#to-do")
    assert soup(alice.get("/services?bill=unpaid")).select("tr[id^=row]") == []
    assert len(soup(alice.get("/services?status=payment-in-progress")).select("tr[id^=row]")) == 1
    assert soup(alice.get("/invoices?state=unpaid")).select("tbody tr") == []
    assert len(soup(alice.get("/invoices?state=paying")).select("tbody tr")) == 1


def test_all_is_paid_without_it_and_it_is_named(world: World, shop: Shop, alice: FlaskClient, bill: str) -> None:
    world.service(shop.account, "late.example", amount_due_minor=6000, billed_on=date(2026, 11, 1))
    box = said(alice.get("/invoices"), ".owed-box")
    assert "Pay all: €60.00" in box
    assert "Payment in progress: €12.00 , tax included, for shop.example." in box
    placed = post(alice, "/invoices", {"action": "pay-FR-EUR"})
    assert "€60.00" in said(alice.get(placed.location), "tfoot")


def test_what_is_begun_at_the_provider_s_page_does_not_keep_all_from_being_paid(
    world: World, shop: Shop, alice: FlaskClient
) -> None:
    world.bill(1, 1200)
    begun = f"/orders/{code_of(order_bill(alice, f'{SHOP}/pay'))}"
    world.service(shop.account, "late.example", amount_due_minor=6000, billed_on=date(2026, 11, 1))
    assert found(alice.get("/invoices"), f'.owed-box a[href="{begun}"]')
    assert post(alice, "/invoices", {"action": "pay-FR-EUR"}).status_code == 303


@pytest.mark.parametrize(("mode", "page"), [(Mode.MANUAL, "renew"), (Mode.AUTOMATIC, "anticipate")])
def test_a_term_that_is_being_paid_for_is_not_ordered_again(
    world: World, shop: Shop, alice: FlaskClient, mode: Mode, page: str
) -> None:
    world.change(1, mode=mode)
    seen = order_bill(alice, f"{SHOP}/{page}", duration="P12M")
    order = slowly(shop, seen.location, alice)
    assert IN_PROGRESS in said(alice.get("/services"), "#row-1")
    for path in (page, "align"):
        refused = alice.get(f"{SHOP}/{path}")
        assert "A payment for this service is under way" in said(refused, ".acting")
        assert found(refused, f'.acting a[href="{order}"]')


def test_nobody_else_is_led_to_the_payment(world: World, shop: Shop, alice: FlaskClient, bill: str) -> None:
    bob = world.account("Bob")
    world.change(1, technical_id=bob)
    client = world.client(bob)
    for url in ("/services", SHOP, f"{SHOP}/actions", f"{SHOP}/pay"):
        assert bill not in client.get(url).get_data(as_text=True)
    assert IN_PROGRESS in said(client.get("/services"), "#row-1")


@pytest.mark.parametrize("ends", [Standing.SUCCEEDED, Standing.FAILED])
def test_once_it_is_known_the_table_says_so(shop: Shop, alice: FlaskClient, bill: str, ends: Standing) -> None:
    key = f"{bill.rpartition('/')[2]}-1"
    shop.till.decide(key, ends, Failure.REFUSED if ends is Standing.FAILED else None)
    shop.learn(key)
    row = said(alice.get("/services"), "#row-1")
    assert ("Bill to pay" in row) is (ends is Standing.FAILED)
    assert IN_PROGRESS not in row
    assert shop.differences() == []


def test_an_answer_that_is_missing_counts_as_under_way(world: World, shop: Shop, alice: FlaskClient) -> None:
    world.bill(1, 1200)
    shop.till.silent = 1
    assert order_bill(alice, f"{SHOP}/pay").location.endswith("/result")
    assert IN_PROGRESS in said(alice.get("/services"), "#row-1")
    assert shop.differences() == []


def test_what_brings_nothing_when_it_arrives_is_under_way_no_longer(
    world: World, shop: Shop, alice: FlaskClient, bill: str
) -> None:
    world.settled(1)
    key = f"{bill.rpartition('/')[2]}-1"
    shop.till.decide(key, Standing.SUCCEEDED)
    shop.learn(key)
    assert IN_PROGRESS not in said(alice.get("/services"), "#row-1")


def test_whoever_cancels_what_is_being_paid_for_is_told_what_becomes_of_the_money(
    shop: Shop, alice: FlaskClient
) -> None:
    slowly(shop, order_bill(alice, f"{SHOP}/anticipate", duration="P12M").location, alice)
    credited = "its amount is credited to the account that paid"
    assert credited in said(alice.get(f"{SHOP}/cancel"), ".acting")
    begun = post(alice, "/batches", {"action": "cancel", "ref": ["S-shop.example"]})
    assert credited in said(alice.get(begun.location), ".groups-of-rows")
    assert "every day below is later by that term" in said(alice.get(f"{SHOP}/renewal"), ".acting")
