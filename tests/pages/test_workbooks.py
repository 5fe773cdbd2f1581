"""Every file that is there as CSV is there as a workbook too, and says the same in it."""

import csv
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests.conftest import NOON
from tests.markup import post
from tests.operations.payments.shop import Shop
from tests.pages.batches.test_batches import DISABLE, begun
from tests.world import World
from webapp.documents.workbook import MIMETYPE
from webapp.domain.billing.payment import Standing
from webapp.domain.service.service import Kind

FORMULA = '=HYPERLINK("http://evil.example")'


@pytest.fixture
def client(world: World, shop: Shop) -> FlaskClient:
    """Alice has bought something, was billed, holds what a formula is called like, and has begun a batch."""
    code = shop.order("S-shop.example")
    shop.begin(code)
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    shop.learn(f"{code}-1")
    world.bill(world.service(shop.account, "mail.example", display_name=FORMULA), 1234567, number="B-1")
    world.service(shop.account, "part.example", kind=Kind.INCLUDED, **dict.fromkeys(("mode", "period", "ends_on")))
    alice = world.client(shop.account)
    post(alice, begun(alice, DISABLE, "shop.example", "mail.example"), {"action": "confirm"})
    return alice


def sheet(client: FlaskClient, address: str) -> Any:
    response = client.get(address)
    assert (response.status_code, response.mimetype) == (200, MIMETYPE)
    book = load_workbook(BytesIO(response.data))
    assert book.properties.created == NOON.replace(tzinfo=None)
    (only,) = book.worksheets
    return only


def as_text(cell: Any) -> str:
    """As the file for programs has it."""
    assert cell.data_type != "f"
    match cell.value:
        case None:
            return ""
        case datetime():
            assert cell.number_format == "yyyy-mm-dd"
            return f"{cell.value.date()}"
        case int() | float():
            assert cell.number_format == "#,##0.00"
            return f"{cell.value:.2f}"
        case value:
            return f"'{value}" if value == FORMULA else str(value)


@pytest.mark.parametrize(
    "address", ["/services/export", "/services/export?sort=-name", "/invoices/export", "/batches/1"]
)
def test_it_says_what_the_other_file_says(client: FlaskClient, address: str) -> None:
    path, _mark, query = address.partition("?")
    text = client.get(f"{path}.csv?{query}").data.decode("utf-8-sig")
    written = list(csv.reader(StringIO(text, newline="")))
    assert len(written) > 2
    assert [[as_text(cell) for cell in row] for row in sheet(client, f"{path}.xlsx?{query}").rows] == written


def test_amounts_can_be_summed_days_sorted_and_columns_filtered(client: FlaskClient) -> None:
    seen = sheet(client, "/services/export.xlsx")
    columns = {cell.value: cell.column - 1 for cell in seen[1]}
    prices = [row[columns["Price"]].value for row in seen.iter_rows(min_row=2)]
    assert sorted(filter(None, prices)) == [60, 60]
    assert all(isinstance(row[columns["Expiry"]].value, datetime | None) for row in seen.iter_rows(min_row=2))
    assert seen.freeze_panes == "A2" and seen.auto_filter.ref == "A1:O4"
    invoices = sheet(client, "/invoices/export.xlsx")
    assert 12345.67 in [cell.value for row in invoices.rows for cell in row]


def test_it_has_the_words_that_the_account_chose(world: World, client: FlaskClient) -> None:
    post(client, "/language", {"language": "fr"})
    seen = sheet(client, "/services/export.xlsx")
    assert seen.title == "Mes services" and seen["A1"].value == "Nom"
    post(client, "/services/export", {"separator": "comma", "headings": "names"})
    assert sheet(client, "/services/export.xlsx")["A1"].value == "display_name"


def test_nothing_is_left_behind(client: FlaskClient, world: World) -> None:
    sheet(client, "/services/export.xlsx")
    (folder,) = (world.app.extensions["echeance"].settings.var / "files",)
    assert list(folder.iterdir()) == []


def test_nobody_else_has_a_row_in_it(client: FlaskClient, world: World) -> None:
    bob = world.client(world.account("Bob"))
    assert [len(list(sheet(bob, f"/{name}/export.xlsx").rows)) for name in ("services", "invoices")] == [1, 1]
    assert bob.get("/batches/1.xlsx").status_code == 404
