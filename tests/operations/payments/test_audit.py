"""The audit finds every trace of what can go wrong with money."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.domain.billing.invoice import DocumentKind, Settled
from webapp.domain.billing.order import OrderState
from webapp.domain.billing.payment import AttemptState, Standing
from webapp.models import (
    Attempt,
    Counter,
    Event,
    Invoice,
    InvoiceLine,
    LedgerEntry,
    Order,
    OrderLine,
    Service,
    Settlement,
    Term,
)

from .shop import Shop


@pytest.fixture
def shop(world: World, app: Flask, clock: FixedClock) -> Shop:
    """Alice has paid for one service, was credited for another one, and has ordered a third."""
    alice = world.account("Alice")
    for name in ("one.example", "two.example", "three.example"):
        world.service(alice, name)
    shop = Shop(app, clock, alice)
    for name in ("one", "two"):
        code = shop.order(f"S-{name}.example")
        shop.begin(code)
        shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
        if name == "two":
            world.change(2, cancels_on=date(2026, 12, 31))
        shop.learn(f"{code}-1")
    shop.order("S-three.example")
    billed = world.service(alice, "billed.example", amount_due_minor=700, billed_on=date(2026, 11, 1))
    world.bill(billed, 500)
    world.settled(3)
    world.change(billed, amount_due_minor=700)
    return shop


def test_it_finds_nothing_where_nothing_is_wrong(shop: Shop) -> None:
    assert shop.differences() == []


@pytest.mark.parametrize(
    ("model", "key", "values", "told"),
    [
        (Order, 1, {"gross_minor": 5999}, "lines add up to something else"),
        (Order, 3, {"state": OrderState.PAID}, "paid, and 0 was taken"),
        (Order, 1, {"ended_at": None}, "ended at None"),
        (OrderLine, 1, {"levies": []}, "its taxes add up"),
        (OrderLine, 1, {"claiming": True}, "claims its term, and the order is paid"),
        (OrderLine, 3, {"claiming": False}, "does not claim its term"),
        (OrderLine, 1, {"ends_on": date(2028, 1, 1)}, "term that was given is another one"),
        (Term, 4, {"order_line_id": None}, "given: False, credited: False"),
        (LedgerEntry, 1, {"minor": 1}, "another amount was credited"),
        (LedgerEntry, 1, {"minor": -6000}, "taken 12000, sold 6000, bills 0, ledger -6000"),
        (LedgerEntry, 1, {"key": "other"}, "given: False, credited: False"),
        (Event, 1, {"new": {"end": "2028-12-31"}}, "bought and told of differently"),
        (Invoice, 1, {"serial": 2}, "it would be number 1"),
        (Invoice, 1, {"gross_minor": 1}, "its lines add up to something else"),
        (InvoiceLine, 1, {"starts_on": date(2026, 12, 30)}, "sold and invoiced differently"),
        (Invoice, 1, {"kind": DocumentKind.CREDIT_NOTE}, "sold and invoiced differently"),
        (Settlement, 1, {"how": Settled.CREDITED}, "its credit notes say 0"),
        (Settlement, 1, {"invoice_line_id": 1}, "it is no bill, and elsewhere"),
        (Settlement, 1, {"number": 2}, "it leaves another amount"),
        (Settlement, 1, {"left_minor": 1}, "it leaves another amount"),
        (Service, 4, {"amount_due_minor": 1}, "1 is due since 2026-11-01, its bills say (700"),
        (Service, 4, {"billed_on": date(2026, 11, 2)}, "its bills say (700"),
        (Counter, "invoice FR", {"value": 7}, "it stands at 7"),
        (Attempt, 1, {"state": AttemptState.FAILED}, "EUR, minor units: taken 6000, sold 6000, bills 0, ledger 6000"),
        (Service, 1, {"ends_on": date(2026, 12, 31)}, "its terms on 2027-12-31"),
        (Service, 1, {"anchor_day": 15}, "it ends on 2027-12-31, and is counted by day 15"),
    ],
)
def test_it_finds(world: World, shop: Shop, model: type[Any], key: Any, values: dict[str, Any], told: str) -> None:
    world.change_row(model, key, **values)
    seen = shop.differences()
    assert any(told in each for each in seen), seen
