"""All that an account was billed: what the list shows and leaves out, how it is narrowed, and how several are paid."""

import csv
from datetime import date

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.markup import found, htmx, post, said, soup
from tests.operations.payments.shop import Shop, standing
from tests.statements import statements
from tests.world import World
from webapp.domain.billing.payment import Standing
from webapp.domain.law.contracts import CustomerKind
from webapp.models import Invoice, Order


@pytest.fixture
def billed(world: World, shop: Shop) -> FlaskClient:
    """Alice has paid for a year, was billed three times, and one of those was settled elsewhere."""
    code = shop.order("S-shop.example")
    shop.begin(code)
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    shop.learn(f"{code}-1")
    for number, (name, minor) in enumerate((("mail.example", 1200), ("été.example", 700), ("old.example", 300)), 1):
        world.bill(world.service(shop.account, name), minor, date(2026, 11, number), number=f"B-{number}")
    world.settled(4)
    world.change(4, amount_due_minor=0, billed_on=None)
    return world.client(shop.account)


def numbers(response: TestResponse) -> list[str]:
    return [link.get_text(strip=True) for link in soup(response).select("#documents tbody .name a")]


def pay(client: FlaskClient, action: str, *invoices: str, where: str = "/invoices") -> TestResponse:
    return post(client, where, {"action": action, "invoice": list(invoices)})


def test_everything_stands_in_it_with_the_youngest_first(billed: FlaskClient) -> None:
    page = billed.get("/invoices")
    assert numbers(page) == ["FR-000001", "B-3", "B-2", "B-1"]
    rows = said(page, "#documents tbody")
    assert "B-3 old.example 3 Nov 2026 Settled elsewhere €3.00" in rows and "FR-000001 shop.example" in rows
    assert "€19.00 tax included – France" in said(page, ".owed-box")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("state=unpaid", ["B-2", "B-1"]),
        ("state=paid&state=elsewhere", ["FR-000001", "B-3"]),
        ("q=b-2", ["B-2"]),
        ("q=b2", ["B-2"]),
        ("q=example+shop", ["FR-000001"]),
        ("q=ETE", ["B-2"]),
        ("q=MAIL.ex", ["B-1"]),
        ("q=%25", []),
        ("from=2026-11-02&to=03/11/2026", ["B-3", "B-2"]),
        ("sort=amount", ["B-3", "B-2", "B-1", "FR-000001"]),
        ("sort=-number", ["FR-000001", "B-3", "B-2", "B-1"]),
        ("sort=date", ["B-1", "B-2", "B-3", "FR-000001"]),
        ("sort=state", ["B-3", "FR-000001", "B-1", "B-2"]),
        ("page=7", ["FR-000001", "B-3", "B-2", "B-1"]),
    ],
)
def test_the_address_says_which_and_in_what_order(billed: FlaskClient, query: str, shown: list[str]) -> None:
    assert numbers(billed.get(f"/invoices?{query}")) == shown


def test_what_makes_no_sense_in_the_address_is_told(billed: FlaskClient) -> None:
    assert "“nothing” cannot be used for “state”" in said(billed.get("/invoices?state=nothing"), ".warning")


def test_the_part_of_the_page_that_changes_comes_alone(billed: FlaskClient) -> None:
    part = billed.get("/invoices?state=unpaid", headers=htmx("documents"))
    assert numbers(part) == ["B-2", "B-1"] and not soup(part).select("header.bar")


def test_those_that_are_ticked_are_paid_with_one_order(world: World, billed: FlaskClient, shop: Shop) -> None:
    response = pay(billed, "pay", "B-1", "B-2")
    assert response.status_code == 303
    assert standing(world)["orders"][-1] == "open 1900"
    assert "mail.example B-1" in said(billed.get(response.location), "#order")


def test_what_is_not_ticked_is_not_paid(world: World, billed: FlaskClient) -> None:
    assert pay(billed, "pay", "B-2").status_code == 303
    assert standing(world)["orders"][-1] == "open 700"


def test_all_of_one_seller_in_one_currency_and_no_others(world: World, billed: FlaskClient, shop: Shop) -> None:
    dieter = world.account("Dieter", portal="DE", country="DE")
    for owner, name, minor, given in (
        (dieter, "german.example", 500, {"billing_id": shop.account}),
        (shop.account, "dollars.example", 300, {"currency": "CAD", "family": "vps"}),
    ):
        world.bill(world.service(owner, name, **given), minor)
    assert pay(billed, "pay-FR-EUR").status_code == 303
    order = world.all(Order)[-1]
    assert (order.portal, order.currency, order.gross_minor) == ("FR", "EUR", 1900)


def test_all_are_paid_at_once(world: World, billed: FlaskClient, shop: Shop) -> None:
    code = pay(billed, "pay-FR-EUR").location.rpartition("/")[2]
    shop.begin(code)
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    shop.learn(f"{code}-1")
    assert numbers(billed.get("/invoices?state=unpaid")) == [] and shop.differences() == []
    assert pay(billed, "pay-FR-EUR").status_code == 422


@pytest.mark.parametrize(
    ("invoices", "told"),
    [
        ((), "Choose the bills"),
        (("B-3",), "settled already"),
        (("B-1", "B-9"), "settled already"),
        (("FR-000001",), "settled already"),
    ],
)
def test_what_cannot_be_paid_is_refused_and_the_ticks_are_kept(
    world: World, billed: FlaskClient, invoices: tuple[str, ...], told: str
) -> None:
    response = pay(billed, "pay", *invoices, where="/invoices?state=unpaid")
    assert response.status_code == 422 and told in said(response, ".problem")
    assert {box["value"] for box in soup(response).select("tbody input[checked]")} == {"B-1"} & set(invoices)
    assert len(world.all(Order)) == 1


def test_without_a_button_nothing_is_ordered(world: World, billed: FlaskClient) -> None:
    response = pay(billed, "", "B-1")
    assert response.status_code == 200 and found(response, "tbody input[checked]")["value"] == "B-1"
    assert len(world.all(Order)) == 1


def test_a_document_says_what_it_is_for(billed: FlaskClient) -> None:
    sold = said(billed.get("/invoices/FR-000001"), "article")
    for part in (
        "Invoice FR-000001 Paid in full",
        "Buyer Alice",
        "shop.example hosting one 31 Dec 2026 to 30 Dec 2027 1 × €50.00 €50.00 €10.00 €60.00",
        "VAT number FR00000000000 assistance@demo.example",
        "Paid on 23 Nov 2026 Payment method On the page of our payment provider",
        "Total without tax €50.00 VAT 20% €10.00 Total, tax included €60.00",
    ):
        assert part in sold, (part, sold)
    for part in ("Interest on late payment", "costs of recovery", "Due date"):
        assert part not in sold, (part, sold)
    owed = billed.get("/invoices/B-1")
    assert "Total, tax included €12.00" in said(owed, "article") and "VAT 20%" not in said(owed, "article")
    assert found(owed, "form input[name=invoice]")["value"] == "B-1"
    assert "Payment method" not in said(owed, "article") and "rounded" not in said(owed, "article")


def test_a_business_is_told_what_paying_late_costs(world: World) -> None:
    firm = world.account("Firm", kind=CustomerKind.BUSINESS)
    world.bill(world.service(firm), 1200, number="B-1")
    owed = said(world.client(firm).get("/invoices/B-1"), "article")
    assert "Interest on late payment: trois fois le taux d’intérêt légal." in owed
    assert "Lump sum for the costs of recovery where payment is late: €40.00." in owed


def test_nobody_else_finds_it(world: World, billed: FlaskClient) -> None:
    charlie = world.client(world.account("Charlie"))
    assert charlie.get("/invoices/B-1").status_code == charlie.get("/invoices/none").status_code == 404
    assert numbers(charlie.get("/invoices")) == []
    assert pay(charlie, "pay", "B-1").status_code == 422
    assert "There are no bills yet" in said(charlie.get("/invoices"), "#documents")


def test_a_new_billing_contact_sees_what_is_owed_and_nothing_that_was_paid(world: World, billed: FlaskClient) -> None:
    bob = world.account("Bob")
    for service in (1, 2):
        world.change(service, billing_id=bob)
    browser = world.client(bob)
    assert numbers(browser.get("/invoices")) == ["B-1"] and pay(browser, "pay", "B-1").status_code == 303
    assert browser.get("/invoices/FR-000001").status_code == 404
    shown = billed.get("/invoices")
    assert numbers(shown) == ["FR-000001", "B-3", "B-2", "B-1"]
    assert [box["value"] for box in soup(shown).select("tbody input")] == ["B-2"]


def test_the_file_has_a_row_for_each_line_and_runs_no_formula(world: World, billed: FlaskClient) -> None:
    world.change_row(Invoice, 2, number="=1+1")
    text = billed.get("/invoices/export.csv?sort=date").get_data(as_text=True).removeprefix("\ufeff")
    rows = list(csv.reader(text.splitlines()))
    assert rows[0][:4] == ["Number", "Kind", "State", "Date"]
    assert rows[1][:5] == ["'=1+1", "Payment request", "To be paid", "2026-11-01", "mail.example"]
    assert rows[4][7:] == ["2026-12-31", "2027-12-30", "50.00", "60.00", "EUR", "FR"]


def test_a_document_is_found_by_what_it_called_a_service(world: World, billed: FlaskClient) -> None:
    world.change(3, name="renamed.example", folded_name="renamed.example")
    assert numbers(billed.get("/invoices?q=%C3%A9t%C3%A9.ex")) == ["B-2"]


def test_a_long_list_takes_no_more_statements_than_a_short_one(world: World, billed: FlaskClient, shop: Shop) -> None:
    billed.get("/invoices")
    with statements(world.app) as short:
        billed.get("/invoices")
    for number in range(30):
        world.bill(1, 100, number=f"N-{number}")
    with statements(world.app) as long:
        page = billed.get("/invoices")
    assert len(long) == len(short) and "Page 1 of 2" in said(page, ".pager")


@pytest.mark.parametrize("typed", ["FR-000001", "fr000001", " FR-000001 "])
def test_the_number_of_a_document_leads_from_the_services_to_it(billed: FlaskClient, typed: str) -> None:
    page = billed.get("/services", query_string={"q": typed})
    assert found(page, ".notice a")["href"] == "/invoices/FR-000001"


@pytest.mark.parametrize("code", ["YFXW-PYAK-GWCE-CZJB", "2345-6789-2345-6789", "K7QM-2XPA-9RTD-4WHC"])
def test_the_code_of_an_order_leads_to_it_and_to_nobody_else(billed: FlaskClient, world: World, code: str) -> None:
    world.change_row(Order, 1, code=code)
    (order,) = soup(billed.get("/account")).select("table.rows tbody a")
    assert str(order["href"]).endswith(code)
    page = billed.get("/services", query_string={"q": code.replace("-", "").lower()})
    assert found(page, ".notice a")["href"] == order["href"]
    stranger = world.client(world.account("Stranger"))
    for number in (code, "FR-000001"):
        assert not soup(stranger.get("/services", query_string={"q": number})).select(".notice")


def test_only_what_says_its_taxes_is_an_invoice(billed: FlaskClient) -> None:
    asked = billed.get("/invoices/B-1")
    assert said(asked, "h1") == "Payment request B-1 To be paid"
    assert "Due date 1 Nov 2026" in said(asked, ".facts") and "Paid on" not in said(asked, ".facts")
    bought = billed.get("/invoices/FR-000001")
    assert said(bought, "h1").startswith("Invoice FR-000001")
    assert "Paid on 23 Nov 2026" in said(bought, ".facts") and "Due date" not in said(bought, ".facts")


def test_an_invoice_has_the_legal_lines_of_its_seller_and_every_page_its_support(billed: FlaskClient) -> None:
    assert "SAS au capital de 0 €" in said(billed.get("/invoices/FR-000001"), "article")
    assert found(billed.get("/services"), "footer a[href^=mailto]")["href"] == "mailto:assistance@demo.example"
