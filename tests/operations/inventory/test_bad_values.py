"""Every column refuses what it cannot mean, and says where, what and why."""

import pytest

from webapp.operations.inventory.account_file import COLUMNS as ACCOUNT_COLUMNS
from webapp.operations.inventory.product_file import COLUMNS as PRODUCT_COLUMNS
from webapp.operations.inventory.service_file import COLUMNS as SERVICE_COLUMNS

from .inventory import ACCOUNT, PRODUCT, SERVICE, Inventory

SAMPLES = {"products": PRODUCT, "accounts": ACCOUNT, "services": SERVICE}
COLUMNS = {"products": PRODUCT_COLUMNS, "accounts": ACCOUNT_COLUMNS, "services": SERVICE_COLUMNS}
CODES = ["has space", "é", "a/b", "x" * 61]
REFERENCES = [*CODES, ".", "..", ".s", "-s", "_s", "export", "export.csv", "export.xlsx", "export.ics"]
UNSEEN = ["\u200b", "\u00ad\u200d", "\u0301", "\u3164", "\u2800", "\ue000"]
TURNED = ["a\u202ecod.exe", "a\u202ab", "a\u2066b", "a\u2069b"]
TEXTS = ["x" * 254, "bell\x07", "two\nlines", *UNSEEN, *TURNED]
NAMES = [*TEXTS, "\ufdfa" * 17, "1\ufb03" * 55]
WORDS = ["Active", "unknown", "1"]
DAYS = ["2026-02-30", "31/12/2026", "20261231", "2026-W01-1", "1969-12-31", "2200-01-01", "soon", "٢٠٢٦-01-01"]
AMOUNTS = ["-1", "1e3", "1 000", "1,000.00", "NaN", "free", "1.2345", "9999999999999", "١"]
PERIODS = ["P0M", "P1W", "1M", "12", "P121M", "month"]
CURRENCIES = ["eur", "BTC", "€"]
BAD = {
    "products": {
        "product": CODES,
        "name": TEXTS,
        "family": [*CODES, "plant"],
        "forced": ["true", "1", "Yes"],
        "period": PERIODS,
        "currency": CURRENCIES,
        "price": AMOUNTS,
    },
    "accounts": {
        "handle": CODES,
        "email": [
            "alice",
            "a@b",
            "a b@c.example",
            "@c.example",
            "a@c..example",
            "a..b@c.example",
            "a@-c.example",
            f"{'x' * 250}@c.example",
        ],
        "name": TEXTS,
        "kind": WORDS,
        "country": ["fr", "FRA", "F", "33"],
        "portal": [*CODES, "fr", "XX"],
        "language": ["de", "EN", "french"],
        "address": ["x" * 61, "1 / 2 / 3 / 4 / 5 / 6 / 7"],
        "vat_number": ["40303265045", "F", "FR 1", "FR_22"],
        "reference": TEXTS,
        "payment_kind": WORDS,
        "payment_label": TEXTS,
        "payment_state": WORDS,
        "payment_reference": TEXTS,
        "payment_expiry": ["2027-13", "2027", "03/2027", "2027-03-01"],
        "agreements": ["qc-1753", "nothing", "x" * 1001],
    },
    "services": {
        "reference": REFERENCES,
        "name": NAMES,
        "display_name": NAMES,
        "product": [*CODES, "nowhere"],
        "parent": [*CODES, "nowhere"],
        "owner": [*CODES, "nobody"],
        "admin": [*CODES, "nobody"],
        "technical": [*CODES, "nobody"],
        "billing": [*CODES, "nobody"],
        "kind": WORDS,
        "state": WORDS,
        "suspension": WORDS,
        "suspended": DAYS,
        "mode": WORDS,
        "period": [*PERIODS, "P3M"],
        "anchor": ["0", "32", "-1", "1.5", "٣", "last"],
        "start": DAYS,
        "expiry": DAYS,
        "price": AMOUNTS,
        "currency": [*CURRENCIES, "CAD"],
        "commitment": DAYS,
        "cancellation": DAYS,
        "bill": AMOUNTS,
        "billed": DAYS,
        "bill_number": [*CODES, "-1", "..", "FR-000001", "QC-C0000012", "7.pdf", "export.csv"],
        "bill_net": AMOUNTS,
        "bill_tax_rate": ["100.01", "-1", "20 %", "1e1", "8.10001", "101", "٣", "0x14"],
    },
}
CASES = [
    (kind, column, value) for kind, columns in BAD.items() for column, values in columns.items() for value in values
]


def test_no_column_is_forgotten() -> None:
    assert {kind: set(columns) for kind, columns in BAD.items()} == {
        kind: {column.name for column in columns} for kind, columns in COLUMNS.items()
    }


@pytest.mark.parametrize(("kind", "column", "value"), CASES)
def test_a_bad_value_is_named_with_its_place(stock: Inventory, kind: str, column: str, value: str) -> None:
    said = stock.refused(kind, SAMPLES[kind] | {column: value})
    assert any(line.startswith(f"{kind}.csv:2: {column}: ") and "“" in line for line in said), said
    assert all(char.isprintable() for line in said for char in line)


@pytest.mark.parametrize(
    ("kind", "column"), [(kind, column.name) for kind in COLUMNS for column in COLUMNS[kind] if column.required]
)
def test_a_required_cell_must_not_be_empty(stock: Inventory, kind: str, column: str) -> None:
    said = stock.refused(kind, SAMPLES[kind] | {column: " "})
    assert any(line.startswith(f"{kind}.csv:2: {column}: an empty cell is not") for line in said), said


def test_the_message_says_what_is_wrong_and_what_is_allowed(stock: Inventory) -> None:
    assert stock.refused("services", SERVICE | {"period": "P0M"}) == [
        "services.csv:2: period: “P0M” is not a period; write it like P1M, P12M or P1Y"
    ]


def test_a_long_value_is_shortened(stock: Inventory) -> None:
    [said] = stock.refused("services", SERVICE | {"display_name": "y" * 5000})
    assert len(said) < 150 and "yyy…”" in said


def test_an_unknown_reference_is_named(stock: Inventory) -> None:
    assert stock.refused("services", SERVICE | {"owner": "nobody"}) == [
        "services.csv:2: owner: unknown reference “nobody”; import the account first"
    ]


def test_every_bad_cell_of_a_row_is_reported(stock: Inventory) -> None:
    said = stock.refused("services", SERVICE | {"state": "x", "price": "y", "owner": "nobody", "anchor": "99"})
    assert {line.split(": ")[1] for line in said} == {"state", "price", "owner", "anchor"}


def test_beyond_two_hundred_the_problems_are_only_counted(stock: Inventory) -> None:
    rows = [SERVICE | {"reference": f"s-{number}", "state": "x"} for number in range(230)]
    said = stock.refused("services", *rows)
    assert len(said) == 201 and said[-1] == "… and at least 30 more"
