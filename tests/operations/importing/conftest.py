"""A provider's inventory: two sellers, two products, three customers."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from webapp import create_app
from webapp.adapters import Adapters
from webapp.adapters.clock import FixedClock
from webapp.extensions import db
from webapp.settings import Settings

from .inventory import ACCOUNT, PRODUCT, Inventory

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    app = create_app(Settings(var=tmp_path / "var"), Adapters(clock=FixedClock(NOW)))
    (tmp_path / "var").mkdir(exist_ok=True)
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


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
