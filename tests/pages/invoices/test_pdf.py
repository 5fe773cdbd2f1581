"""The same on paper: an independent reader finds the very texts of the page."""

import re
from datetime import date
from io import BytesIO

import pytest
from bs4 import Tag
from flask.testing import FlaskClient
from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from werkzeug.test import TestResponse

from tests.markup import confirmation, post, soup
from tests.operations.payments.shop import Shop
from tests.world import World
from webapp.domain.billing.payment import Standing
from webapp.domain.law.contracts import CustomerKind
from webapp.domain.service.service import Availability, Suspension
from webapp.models import Account, Service


def words(text: str) -> str:
    """Without what makes no difference to a reader: blanks, and what stands between parts of one line."""
    return re.sub(r"[\s·]+", "", text)


def on_paper(response: TestResponse) -> str:
    assert response.mimetype == "application/pdf"
    return words("".join(page.extract_text() for page in PdfReader(BytesIO(response.data)).pages))


def texts(response: TestResponse, selector: str) -> list[str]:
    """Every text of the page that belongs to the document, each by itself."""
    parts = soup(response).select(selector)
    return [words(str(text)) for part in parts if isinstance(part, Tag) for text in part.stripped_strings]


@pytest.fixture
def sold(world: World, alice: FlaskClient, shop: Shop) -> FlaskClient:
    world.change_row(
        Account,
        shop.account,
        kind=CustomerKind.BUSINESS,
        address="1 rue de l’Œuvre\n59000 Lille",
        reference="PO #12 *x* $y$",
    )
    world.change(1, display_name="Été & <b>co</b> \\ Ж")
    code = shop.order("S-shop.example")
    shop.begin(code)
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    shop.learn(f"{code}-1")
    return alice


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_says_what_the_page_says(sold: FlaskClient, language: str) -> None:
    post(sold, "/language", {"language": language, "next": "/services"})
    page = sold.get("/invoices/FR-000001")
    paper = on_paper(sold.get("/invoices/FR-000001.pdf"))
    told = texts(page, "article h1, article .facts, article :is(thead, tbody, tfoot), article p.hint")
    assert len(told) > 25
    for text in told:
        assert text in paper, (text, paper)


def test_it_is_tagged_dated_by_our_clock_and_the_same_each_time(sold: FlaskClient) -> None:
    first, second = (sold.get("/invoices/FR-000001.pdf").data for _time in range(2))
    assert first == second
    read = PdfReader(BytesIO(first))
    assert read.metadata is not None and read.metadata.title == "Invoice FR-000001"
    assert str(read.metadata.creation_date_raw).startswith("D:20261123")
    root = read.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"]) and str(root["/Lang"]) == "en"
    assert b"<pdfuaid:part>1" in first


def test_it_bears_the_logo_of_its_seller(sold: FlaskClient) -> None:
    read = PdfReader(BytesIO(sold.get("/invoices/FR-000001.pdf").data))
    parts = [read.get_object(number) for number in range(1, int(read.trailer["/Size"]))]
    figures = [part for part in parts if isinstance(part, DictionaryObject) and part.get("/S") == "/Figure"]
    assert [figure["/Alt"] for figure in figures] == ["Echeance Démonstration SAS"]


def test_it_has_its_fonts_in_it(sold: FlaskClient) -> None:
    page = PdfReader(BytesIO(sold.get("/invoices/FR-000001.pdf").data)).pages[0]
    for font in page["/Resources"]["/Font"].values():
        descendant = font.get_object()["/DescendantFonts"][0].get_object()
        assert set(descendant["/FontDescriptor"].get_object()) & {"/FontFile2", "/FontFile3"}


def test_a_character_that_no_font_has_is_replaced(world: World, sold: FlaskClient, shop: Shop) -> None:
    world.change(1, display_name="Chez 🎉 日本 👩‍👩‍👧 co")
    world.bill(1, 1200, number="B-1")
    assert "Chez?" in on_paper(sold.get("/invoices/B-1.pdf"))


def test_nobody_else_finds_it(world: World, sold: FlaskClient) -> None:
    charlie = world.client(world.account("Charlie"))
    assert charlie.get("/invoices/FR-000001.pdf").status_code == 404
    assert sold.get("/invoices/FR-000009.pdf").status_code == 404


def test_a_long_one_goes_on_over_pages(world: World, alice: FlaskClient, shop: Shop) -> None:
    for number in range(60):
        world.service(shop.account, f"s{number}.example")
    url = post(alice, "/batches", {"action": "renew", "select": "all"}).location
    code = post(alice, url, {"action": "confirm"}).location.rpartition("/")[2]
    shop.begin(code)
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    shop.learn(f"{code}-1")
    read = PdfReader(BytesIO(alice.get("/invoices/FR-000001.pdf").data))
    assert len(read.pages) > 1 and "s59.example" in "".join(page.extract_text() for page in read.pages)


def test_the_receipt_of_a_cancellation_is_on_paper_too(world: World, alice: FlaskClient) -> None:
    seen = confirmation(alice.get("/services/S-shop.example/cancel"))
    where = post(alice, "/services/S-shop.example/cancel", seen | {"action": "confirm"}).location
    assert world.get(Service, 1).cancels_on == date(2026, 12, 31)
    page = alice.get(where)
    paper = on_paper(alice.get(where.replace("/details", ".pdf")))
    for text in texts(page, ".receipt .declared, .receipt .facts"):
        assert text in paper, (text, paper)


def test_a_bill_says_when_its_service_is_deleted_and_what_is_left_to_pay(
    world: World, alice: FlaskClient, shop: Shop
) -> None:
    late = world.service(
        shop.account,
        "late.example",
        availability=Availability.SUSPENDED,
        suspension=Suspension.DEBT,
        suspended_on=date(2026, 11, 7),
    )
    world.bill(late, 6000, date(2026, 10, 31), number="A-1")
    world.settled(1, minor=1000)
    world.change(late, amount_due_minor=5000)
    page, paper = alice.get("/invoices/A-1"), on_paper(alice.get("/invoices/A-1.pdf"))
    for said in ("unless it is paid", "Still to be paid, tax included", "€50.00"):
        assert words(said) in words(soup(page).get_text()) and words(said) in paper
    why = " ".join(soup(page).select_one("details.why").get_text(" ").split())
    assert "Of €60.00, €10.00 is settled already: €50.00 is left." in why
    assert "It was suspended on 7 Nov 2026." in why
    assert "Pay €50.00" in soup(page).get_text(" ", strip=True)
    assert "€50.00 still to be paid" in " ".join(soup(alice.get("/invoices")).get_text(" ").split())
