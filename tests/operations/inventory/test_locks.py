"""What an import compares with is held until it is written: nobody's change in between is lost."""

import pytest
from flask import Flask

from tests.statements import statements
from webapp.extensions import db

from .inventory import ACCOUNT, SERVICE, Inventory

LOCK = "FOR NO KEY UPDATE"


@pytest.mark.parametrize(("name", "table"), [("accounts", "account"), ("services", "service")])
def test_the_rows_of_a_file_are_locked_before_they_are_compared(
    app: Flask, stock: Inventory, name: str, table: str
) -> None:
    """SQLite has one writer anyway."""
    row = {"accounts": ACCOUNT | {"name": "Another"}, "services": SERVICE}[name]
    if name == "services":
        stock.rows("services", SERVICE | {"price": "5.00"})
    with statements(app) as asked:
        assert stock.rows(name, row).changed == 1
    written = next(place for place, each in enumerate(asked) if each.startswith(f"UPDATE {table} "))
    read = [each for each in asked[:written] if each.startswith("SELECT") and f"FROM {table}" in " ".join(each.split())]
    if db.engine.dialect.name == "postgresql":
        assert any(LOCK in each for each in read)
    else:
        assert read
