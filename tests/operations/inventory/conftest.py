"""A provider's inventory: two sellers, two products, three customers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from .inventory import ACCOUNT, PRODUCT, Inventory


@pytest.fixture
def app(app: Flask) -> Iterator[Flask]:
    """Importing needs no request, only the application."""
    with app.app_context():
        yield app


@pytest.fixture
def inventory(app: Flask, tmp_path: Path) -> Inventory:
    return Inventory(tmp_path)


@pytest.fixture
def stock(inventory: Inventory) -> Inventory:
    """Products and accounts are there, services are not."""
    inventory.rows(
        "products",
        PRODUCT,
        PRODUCT | {"period": "P2Y", "price": "18.50"},
        PRODUCT | {"currency": "CAD", "price": "14"},
        PRODUCT | {"product": "mail", "name": "Mail", "family": "email", "period": "P1M", "price": "2"},
    )
    inventory.rows(
        "accounts",
        ACCOUNT,
        ACCOUNT | {"handle": "bob", "email": "bob@x.example", "name": "Bob", "kind": "business"},
        ACCOUNT | {"handle": "quentin", "email": "q@x.example", "country": "CA", "portal": "QC"},
    )
    return inventory
