"""What an account tells of itself for its invoices: typed, kept with its history, printed from then on."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.markup import found, post, said, soup
from tests.operations.payments.shop import Shop, standing
from tests.world import World
from webapp.domain.billing.payment import Standing
from webapp.domain.law.contracts import CustomerKind
from webapp.models import Account, AccountEvent, Invoice, Listing

TOLD = {"address": "1 rue X\n59000  Lille", "vat_number": "fr 00000000000", "reference": "PO 12"}


def bought(shop: Shop, reference: str = "S-shop.example") -> None:
    code = shop.order(reference)
    shop.begin(code)
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    shop.learn(f"{code}-1")


def test_it_is_kept_tidy_with_what_it_was_before(world: World, alice: FlaskClient, shop: Shop) -> None:
    assert post(alice, "/account", TOLD).status_code == 303
    account = world.get(Account, shop.account)
    assert (account.address, account.vat_number, account.reference) == (
        "1 rue X\n59000 Lille",
        "FR00000000000",
        "PO 12",
    )
    post(alice, "/account", TOLD | {"reference": ""})
    first, second = world.all(AccountEvent)
    assert (second.by_id, second.old, second.new) == (shop.account, {"reference": "PO 12"}, {"reference": ""})
    assert first.old == {"address": "", "vat_number": "", "reference": ""}
    assert "Internal reference PO 12 → nothing" in said(alice.get("/account"), "details")


def test_the_same_again_changes_nothing(world: World, alice: FlaskClient) -> None:
    for _again in range(2):
        post(alice, "/account", TOLD)
    assert len(world.all(AccountEvent)) == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"address": "x" * 61}, "at most 6 lines"),
        ({"vat_number": "123"}, "two letters of its country"),
        ({"reference": "x" * 61}, "at most 60 characters"),
    ],
)
def test_what_cannot_be_used_is_told_and_nothing_typed_is_lost(
    world: World, alice: FlaskClient, typed: dict[str, str], told: str
) -> None:
    response = post(alice, "/account", TOLD | typed)
    assert response.status_code == 422 and told in said(response, ".problem")
    assert found(response, "#address").get_text() == (TOLD | typed)["address"]
    assert found(response, "#vat_number")["value"] == (TOLD | typed)["vat_number"]
    assert world.all(AccountEvent) == []


def test_an_invoice_keeps_what_was_told_when_it_was_made(world: World, alice: FlaskClient, shop: Shop) -> None:
    post(alice, "/account", TOLD)
    bought(shop)
    post(alice, "/account", {"address": "elsewhere"})
    page = said(alice.get("/invoices/FR-000001"), "article")
    for part in ("Alice 1 rue X 59000 Lille VAT number FR00000000000", "Internal reference PO 12", "Démonstration SAS"):
        assert part in page, (part, page)


def business_abroad(world: World, **given: Any) -> int:
    kind = {"kind": CustomerKind.BUSINESS, "country": "DE", "vat_number": "DE000000000", "address": "Werk 1"}
    return int(world.account("Bertha", **kind | given))


def test_a_checked_vat_number_abroad_reverses_the_charge(world: World, shop: Shop) -> None:
    bertha = business_abroad(world, vat_checked=True)
    world.service(bertha, "werk.example")
    browser = world.client(bertha)
    assert "Reverse charge" in said(browser.get("/services/S-werk.example/anticipate"), ".preview")
    bought(Shop(world.app, shop.clock, bertha, shop.till), "S-werk.example")
    assert standing(world)["invoices"] == ["FR-000001 5000"]
    page = said(browser.get("/invoices/FR-000001"), "article")
    assert "Reverse charge: the customer owes the tax" in page and "VAT 20%" not in page
    assert shop.differences() == []


def test_what_a_customer_types_changes_no_tax_and_takes_the_check_away(world: World, shop: Shop) -> None:
    bertha = business_abroad(world, vat_checked=True)
    world.service(bertha, "werk.example")
    (row,) = [each for each in world.all(Listing) if each.account_id == bertha]
    assert row.price_minor == 5000
    post(world.client(bertha), "/account", {"vat_number": "DE111111111", "address": "Werk 1"})
    (row,) = [each for each in world.all(Listing) if each.account_id == bertha]
    assert row.price_minor == 6000 and not world.get(Account, bertha).vat_checked
    assert shop.differences() == []
    bought(Shop(world.app, shop.clock, bertha, shop.till), "S-werk.example")
    assert [each.tax_note for each in world.all(Invoice)] == [None]


@pytest.fixture
def business(world: World, shop: Shop) -> None:
    world.change_row(Account, shop.account, kind=CustomerKind.BUSINESS)


@pytest.mark.parametrize(
    ("typed", "said_of_it"), [("", "has to name your postal address"), ("\n".join("abcdefg"), "at most 6 lines")]
)
def test_before_a_business_pays_its_invoice_has_an_address(
    world: World, shop: Shop, alice: FlaskClient, business: None, typed: str, said_of_it: str
) -> None:
    order = f"/orders/{shop.order('S-shop.example')}"
    assert "Your invoice has to name it" in said(alice.get(order), "#order")
    refused = post(alice, order, {"action": "pay", "address": typed})
    assert refused.status_code == 422 and said_of_it in said(refused, ".problem")
    assert found(refused, "#address").get_text().strip() == typed
    assert not shop.till.books
    paid = post(alice, order, {"action": "pay", "address": " 1 rue X \n\n59000 Lille"})
    assert paid.status_code == 303 and len(shop.till.books) == 1
    assert world.get(Account, shop.account).address == "1 rue X\n59000 Lille"
    assert not soup(alice.get(order)).select("#address")


def test_nobody_else_is_asked_for_an_address(world: World, shop: Shop, alice: FlaskClient) -> None:
    """Neither a consumer, nor who pays for somebody else's service or a bill that is written already."""
    order = f"/orders/{shop.order('S-shop.example')}"
    assert not soup(alice.get(order)).select("#address")
    world.change_row(Account, shop.account, kind=CustomerKind.BUSINESS)
    world.change(1, owner_id=world.account("Bob"))
    assert not soup(alice.get(order)).select("#address")
    world.change(1, owner_id=shop.account)
    world.bill(1, 1200, number="B-1")
    bill = post(alice, "/invoices", {"action": "pay", "invoice": "B-1"}).location
    assert said(alice.get(bill), "h1") == "Pay your bill" and not soup(alice.get(bill)).select("#address")
