"""From where a renewal will be paid is said before it is confirmed: balance, default method, else a bill."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.markup import said
from tests.world import World
from webapp.models import PaymentMethod

PAGE = "/services/S-shop.example/renewal?choice=P12M"
BILL = "if it is still unpaid on 7 Jan 2027"


@pytest.mark.parametrize(
    ("balance", "card_ends", "sentences"),
    [
        (0, None, ["Debited from: Card, Visa 4242."]),
        (900, None, ["today that is €9.00", "What the balance does not cover is debited from: Card, Visa 4242."]),
        (0, date(2026, 12, 1), ["Card, Visa 4242, cannot be debited on that day. A bill will be sent", BILL]),
        (900, date(2026, 12, 1), ["today that is €9.00", "For what the balance does not cover a bill", BILL]),
    ],
)
def test_it_says_in_which_order(
    world: World, alice: FlaskClient, balance: int, card_ends: date | None, sentences: list[str]
) -> None:
    if balance:
        world.credit(1, balance)
    if card_ends:
        world.change_row(PaymentMethod, 1, expires_on=card_ends)
    shown = said(alice.get(PAGE), ".preview")
    assert all(sentence in shown for sentence in sentences), shown
