"""No number of a card or an account comes by here: not into the database, not into a log, not through a form."""

import logging
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.markup import post
from tests.operations.payments.shop import Shop
from tests.world import World
from webapp.extensions import db
from webapp.models import MethodSetup

NUMBERS = {"number": "4242424242424242", "iban": "DE89370400440532013000", "cvc": "4242424242424242"}
LONG_NUMBER = re.compile(r"(?<![\w-])(?:\d[ -]?){13,19}(?![\w-])|\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b")


@pytest.mark.parametrize("action", ["add-card", "add-debit", "add-wallet", "describe"])
def test_what_somebody_sends_all_the_same_is_neither_kept_nor_logged(
    world: World, alice: FlaskClient, shop: Shop, caplog: pytest.LogCaptureFixture, action: str
) -> None:
    with caplog.at_level(logging.DEBUG):
        post(alice, "/payment-methods", {f"action.{action}": "", "method": 1, **NUMBERS})
        for setup in world.all(MethodSetup):
            shop.till.leave(setup.code)
            alice.get(f"/payment-methods/added/{setup.code}", query_string=NUMBERS)
    said = stored(shop.app) + caplog.text
    assert not any(number in said for number in NUMBERS.values())
    assert LONG_NUMBER.findall(said) == []


def stored(app: Flask) -> str:
    """Every value of every table."""
    with app.app_context():
        rows = [row for table in db.metadata.sorted_tables for row in db.session.execute(select(table))]
    return "\n".join(str(value) for row in rows for value in row if isinstance(value, str))


def test_it_would_be_found() -> None:
    assert LONG_NUMBER.search("4242 4242 4242 4242") and LONG_NUMBER.search(NUMBERS["iban"])
    assert LONG_NUMBER.findall("Visa •••• 4242, K7QM-2XPA-9RTD-4WHC, 2026-11-23") == []
