"""What the seller owes an account: as a list and as files, to nobody else."""

import csv
from io import BytesIO, StringIO

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests.markup import said, soup
from tests.operations.payments.shop import Shop
from tests.world import World
from webapp.domain.billing.payment import Standing
from webapp.domain.service.service import Availability

WHY = "The service was terminated before the payment arrived."


@pytest.fixture
def credited(world: World, shop: Shop) -> str:
    """The code of an order that brought nothing."""
    code = shop.order("S-shop.example")
    shop.begin(code)
    world.change(1, availability=Availability.TERMINATED)
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    shop.learn(f"{code}-1")
    return code


def test_each_entry_says_why_for_what_and_leads_to_its_order(alice: FlaskClient, credited: str) -> None:
    shown = alice.get("/balance")
    assert said(shown, "[aria-labelledby=sum] strong") == "€60.00"
    assert said(shown, "tbody tr") == f"shop.example {WHY} · {credited} 23 Nov 2026, 13:00:00 €60.00"
    (link,) = soup(shown).select("tbody a")
    assert link["href"] == f"/orders/{credited}"
    (more,) = soup(alice.get("/account")).select("[aria-labelledby=credit] a")
    assert more["href"] == "/balance" and "€60.00" in said(alice.get("/account"), "[aria-labelledby=credit]")


def test_the_files_say_the_same(alice: FlaskClient, credited: str) -> None:
    file = alice.get("/balance/export.csv")
    rows = list(csv.reader(StringIO(file.get_data(as_text=True).lstrip("\ufeff"))))
    assert rows[1] == ["2026-11-23", WHY, "shop.example", credited, "60.00", "EUR"]
    sheet = load_workbook(BytesIO(alice.get("/balance/export.xlsx").data)).active
    assert sheet is not None and [cell.value for cell in sheet[2]][3:] == [credited, 60, "EUR"]


def test_nobody_else_sees_it_and_where_nothing_is_owed_that_is_said(world: World, credited: str) -> None:
    bob = world.client(world.account("Bob"))
    assert "Nothing is owed to you." in said(bob.get("/balance"), "main")
    assert credited not in bob.get("/balance/export.csv").get_data(as_text=True)
