"""Columns that are sound one by one and wrong together."""

import pytest

from .inventory import ACCOUNT, PRODUCT, SERVICE, Cells, Inventory

SUSPENDED = {"state": "suspended", "suspension": "debt", "suspended": "2026-11-01"}
NO_TERM = {"mode": "", "period": "", "start": "", "expiry": ""}
WRONG = [
    ({"suspension": "debt"}, {"suspension"}),
    ({"suspended": "2026-01-01"}, {"suspended"}),
    (SUSPENDED | {"suspension": ""}, {"suspension"}),
    (SUSPENDED | {"suspended": ""}, {"suspended"}),
    ({"mode": ""}, {"mode"}),
    ({"period": ""}, {"period"}),
    ({"start": ""}, {"start"}),
    ({"expiry": ""}, {"expiry"}),
    (SUSPENDED | NO_TERM, {"mode", "period", "start", "expiry"}),
    (NO_TERM | {"state": "creating", "mode": "automatic"}, {"period", "start", "expiry"}),
    (NO_TERM | {"state": "terminated"}, {"expiry"}),
    (NO_TERM | {"kind": "one-off", "mode": "automatic"}, {"mode"}),
    (NO_TERM | {"kind": "included", "period": "P12M"}, {"period"}),
    (NO_TERM | {"kind": "one-off", "cancellation": "2027-01-31"}, {"cancellation"}),
    ({"product": "mail", "period": "P1M", "mode": "manual"}, {"mode"}),
    ({"start": "2027-01-31"}, {"expiry"}),
    ({"start": "2027-02-01"}, {"expiry"}),
    ({"anchor": "30"}, {"expiry"}),
    ({"anchor": "30", "expiry": "2027-02-27"}, {"expiry"}),
    ({"mode": "manual", "cancellation": "2027-01-31"}, {"cancellation"}),
    ({"cancellation": "2026-01-30"}, {"cancellation"}),
    ({"commitment": "2026-01-30"}, {"commitment"}),
    ({"currency": "CAD"}, {"currency"}),
    ({"owner": "quentin"}, {"currency"}),
    ({"period": "P6M"}, {"period"}),
    ({"owner": "quentin", "currency": "CAD", "period": "P2Y"}, {"period"}),
    ({"price": "9.999"}, {"price"}),
    ({"bill": "9.999", "billed": "2026-11-01"}, {"bill"}),
    ({"bill": "0", "billed": "2026-11-01"}, {"bill"}),
    ({"bill": "12"}, {"billed"}),
    ({"billed": "2026-11-01"}, {"billed"}),
]
RIGHT = [
    {},
    SUSPENDED,
    SUSPENDED | {"bill": "11,99", "billed": "2026-10-25"},
    NO_TERM | {"state": "creating"},
    {"state": "creating"},
    NO_TERM | {"state": "terminated", "expiry": "2026-10-01"},
    {"state": "terminated", "mode": "manual"},
    NO_TERM | {"kind": "one-off"},
    NO_TERM | {"kind": "included"},
    {"mode": "manual"},
    {"anchor": "31", "expiry": "2027-02-28"},
    {"cancellation": "2027-01-31", "commitment": "2027-01-31"},
    {"owner": "quentin", "currency": "CAD", "price": "14", "period": "P1Y"},
    {"price": "0"},
]


@pytest.mark.parametrize(("cells", "columns"), WRONG)
def test_a_service_that_contradicts_itself_is_refused(stock: Inventory, cells: Cells, columns: set[str]) -> None:
    said = stock.refused("services", SERVICE | cells)
    assert {line.split(": ")[1] for line in said} == columns, said


@pytest.mark.parametrize("cells", RIGHT)
def test_a_service_that_makes_sense_is_imported(stock: Inventory, cells: Cells) -> None:
    assert stock.rows("services", SERVICE | cells).created == 1


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"payment_kind": "card"}, "payment_label"),
        ({"payment_label": "4242"}, "payment_label"),
        ({"payment_state": "valid"}, "payment_state"),
        ({"payment_expiry": "2027-03"}, "payment_expiry"),
        ({"payment_reference": "pm-1"}, "payment_reference"),
        ({"email": "bob@x.example"}, "email"),
        ({"email": "BOB@x.example"}, "email"),
    ],
)
def test_an_account_that_contradicts_itself_is_refused(stock: Inventory, cells: Cells, column: str) -> None:
    [said] = stock.refused("accounts", ACCOUNT | cells)
    assert said.startswith(f"accounts.csv:2: {column}: ")


def test_a_product_repeats_itself_in_all_its_rows(inventory: Inventory) -> None:
    said = inventory.refused("products", PRODUCT, PRODUCT | {"period": "P2Y", "name": "Other", "forced": "yes"})
    assert [line.split(": ")[:2] for line in said] == [["products.csv:3", "name"], ["products.csv:3", "forced"]]
    assert "line 2" in said[0]


@pytest.mark.parametrize(
    ("kind", "first", "second", "column"),
    [
        ("products", PRODUCT, PRODUCT, "product"),
        ("accounts", ACCOUNT, ACCOUNT | {"email": "other@x.example"}, "handle"),
        ("accounts", ACCOUNT, ACCOUNT | {"handle": "zoe", "email": "Alice@x.example"}, "email"),
        ("services", SERVICE, SERVICE | {"name": "two.example"}, "reference"),
    ],
)
def test_a_duplicate_names_the_first_line(
    stock: Inventory, kind: str, first: Cells, second: Cells, column: str
) -> None:
    said = stock.refused(kind, first, second)
    assert any(line.startswith(f"{kind}.csv:3: {column}: ") and "already on line 2" in line for line in said), said


def test_duplicates_on_one_line_of_json_are_found(stock: Inventory) -> None:
    [said] = stock.problems(lambda: stock.json("services", [SERVICE, SERVICE]))
    assert "already on line 1" in said
