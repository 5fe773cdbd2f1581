"""Between the service that the rules see and the columns it is stored in."""

import json
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from tests.domain.cases import AUTOMATIC, BILLED, CANCELLED, LAPSED, MANUAL
from webapp.domain.money import Money
from webapp.domain.periods import Period
from webapp.domain.service.service import Service
from webapp.operations.snapshot import COLUMNS, columns, difference, kept, put_back

TOLD, NAMED = date(2026, 12, 1), date(2026, 12, 31)
MONTHLY = replace(AUTOMATIC, period=Period(1), price=Money(500, "EUR"))


def test_every_fact_of_a_service_has_its_column() -> None:
    told = {"price_minor": "price", "currency": "price", "amount_due_minor": "amount_due"}
    kept_elsewhere = {"product": "a key of its own", "ends_on": "the terms", "paid_in": "its orders"}
    assert {told.get(name, name) for name in COLUMNS} | kept_elsewhere.keys() == {each.name for each in fields(Service)}


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (AUTOMATIC, {}),
        (MANUAL, {"mode": "manual"}),
        (MONTHLY, {"period": Period(1), "price_minor": 500}),
        (CANCELLED, {"cancels_on": date(2026, 12, 31)}),
        (AUTOMATIC.noticed(TOLD, NAMED), {"noticed_on": TOLD, "promised_on": NAMED}),
        (BILLED, {"amount_due_minor": 5000, "billed_on": date(2026, 11, 20)}),
        (replace(AUTOMATIC, ends_on=date(2027, 12, 31)), {}),
    ],
)
def test_a_change_writes_what_differs_and_nothing_else(after: Service, expected: dict[str, Any]) -> None:
    assert difference(AUTOMATIC, after) == expected
    assert {**columns(AUTOMATIC), **expected} == columns(after)


@pytest.mark.parametrize("after", [MANUAL, MONTHLY, CANCELLED, replace(MONTHLY, mode=MANUAL.mode)])
def test_what_a_batch_keeps_puts_the_service_back(after: Service) -> None:
    stored = json.loads(json.dumps(kept(AUTOMATIC, after)))
    assert put_back(after, stored) == AUTOMATIC


def test_what_no_batch_changes_is_not_put_back() -> None:
    with pytest.raises(ValueError, match="availability"):
        put_back(AUTOMATIC, kept(LAPSED, AUTOMATIC))
