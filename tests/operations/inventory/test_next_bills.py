"""The next bill of a service that has paid one here, and what the importer says of cells that are not empty."""

from datetime import date
from itertools import combinations

import pytest
from sqlalchemy import select

from tests.conftest import NOON
from webapp.domain.billing.invoice import Settled
from webapp.domain.service.service import Availability, Mode
from webapp.extensions import db
from webapp.models import InvoiceLine, Service
from webapp.operations.inventory import ImportRefused
from webapp.operations.invoices.bills import Settling, settle_lines

from .inventory import SERVICE, Cells, Inventory

TOLD = {"bill": "12.06", "billed": "2026-10-31", "bill_number": "INV-1"}


@pytest.fixture
def paid(stock: Inventory) -> Inventory:
    """One bill of 12.06 that was told of and paid here."""
    stock.rows("services", SERVICE | TOLD)
    line = db.session.scalars(select(InvoiceLine.id)).one()
    settle_lines(db.session(), [Settling(line, 1206)], Settled.PAID, NOON)
    service = db.session.scalars(select(Service)).one()
    service.amount_due_minor, service.billed_on = 0, None
    db.session.commit()
    return stock


def due() -> tuple[int, date | None]:
    return tuple(db.session.execute(select(Service.amount_due_minor, Service.billed_on)).one())


def test_the_same_amount_a_year_later_is_due_again(paid: Inventory) -> None:
    paid.rows("services", SERVICE | TOLD | {"billed": "2026-11-20", "bill_number": "INV-2"})
    assert due() == (1206, date(2026, 11, 20))


def test_without_numbers_another_day_is_another_bill(stock: Inventory) -> None:
    stock.rows("services", SERVICE | TOLD | {"bill_number": ""})
    line = db.session.scalars(select(InvoiceLine.id)).one()
    settle_lines(db.session(), [Settling(line, 1206)], Settled.PAID, NOON)
    service = db.session.scalars(select(Service)).one()
    service.amount_due_minor, service.billed_on = 0, None
    db.session.commit()
    stock.rows("services", SERVICE | TOLD | {"bill_number": "", "billed": "2026-11-20"})
    assert due() == (1206, date(2026, 11, 20))


@pytest.mark.parametrize("cells", [{}, {"display_name": "Shop"}, {"billed": "2026-11-01"}])
def test_what_was_paid_here_is_known_by_its_number(paid: Inventory, cells: Cells) -> None:
    paid.rows("services", SERVICE | TOLD | cells)
    assert due() == (0, None)


def test_another_amount_under_that_number_is_refused_with_what_to_write(paid: Inventory) -> None:
    with pytest.raises(ImportRefused) as refused:
        paid.rows("services", SERVICE | TOLD | {"bill": "15.00"})
    (told,) = map(str, refused.value.problems)
    for part in ("bill: “15.00”", "INV-1 was paid here on 2026-11-23, with 12.06", "a number of its own"):
        assert part in told


OTHER: Cells = {
    "state": "suspended",
    "suspension": "expired",
    "suspended": "2026-11-01",
    "mode": "manual",
    "period": "P1M",
    "anchor": "15",
    "start": "2026-01-15",
    "expiry": "2027-02-15",
    "price": "8.00",
    "commitment": "2027-06-01",
    "cancellation": "2027-01-31",
    "bill": "5.00",
    "billed": "2026-11-10",
    "bill_number": "INV-9",
    "kind": "one-off",
}
CHANGED_HERE = (
    {"mode": Mode.MANUAL},
    {"cancels_on": date(2027, 1, 31)},
    {"availability": Availability.TERMINATED},
    {"amount_due_minor": 0, "billed_on": None},
)


@pytest.mark.parametrize("here", CHANGED_HERE, ids=lambda here: "-".join(here))
def test_no_message_calls_a_cell_empty_that_is_not(paid: Inventory, here: dict[str, object]) -> None:
    """Every pair of columns that changes, after each change that somebody may have made here."""
    base = SERVICE | TOLD
    service = db.session.scalars(select(Service)).one()
    for name, value in here.items():
        setattr(service, name, value)
    db.session.commit()
    asked = 0
    for pair in combinations(OTHER, 2):
        row = base | {name: OTHER[name] for name in pair}
        try:
            paid.rows("services", row)
        except ImportRefused as refused:
            for problem in refused.problems:
                assert "an empty cell" not in problem.says or not row.get(problem.column), problem
                asked += 1
        finally:
            db.session.rollback()
    assert asked > len(OTHER)
