"""What a row tells of a bill becomes one; what it tells otherwise later is corrected by further documents."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.conftest import NOON
from webapp.domain.actors import AUDITOR
from webapp.domain.billing.invoice import DocumentKind, Settled
from webapp.domain.law.contracts import UNNAMED_TAX
from webapp.extensions import db
from webapp.models import Invoice, InvoiceLine, Service, Settlement
from webapp.operations.audit import audit
from webapp.operations.invoices.bills import Settling, settle_lines
from webapp.wiring import desk_for

from .inventory import ACCOUNT, PRODUCT, SERVICE, Inventory

BILL = {"bill": "12", "billed": "2026-11-02", "bill_number": "2026-117"}
OVER = {"start": "2025-10-31", "expiry": "2026-10-31"}


def documents() -> list[str]:
    rows = db.session.execute(
        select(Invoice, InvoiceLine, Settlement)
        .join(InvoiceLine, InvoiceLine.invoice_id == Invoice.id)
        .outerjoin(Settlement, Settlement.invoice_line_id == InvoiceLine.id)
        .order_by(Invoice.id)
    )
    return [
        f"{bill.kind} {bill.code} {bill.number} {line.gross_minor} {settled.how if settled else 'open'}"
        for bill, line, settled in rows
    ]


def due() -> tuple[int, date | None]:
    row = db.session.execute(select(Service.amount_due_minor, Service.billed_on)).one()
    return row.amount_due_minor, row.billed_on


def sound() -> bool:
    return not audit(db.session(), desk_for(AUDITOR)).differences


def test_a_bill_keeps_the_number_and_the_day_of_its_issuer(stock: Inventory) -> None:
    stock.rows("services", SERVICE | BILL | {"billing": "bob"})
    bill = db.session.scalars(select(Invoice)).one()
    assert (bill.code, bill.number, bill.serial, bill.issued_on) == ("2026-117", "2026-117", None, date(2026, 11, 2))
    assert (bill.net_minor, bill.gross_minor, bill.portal) == (None, 1200, "FR")
    assert bill.account_id != bill.owner_id and bill.buyer["name"] == "Alice"
    assert due() == (1200, date(2026, 11, 2)) and sound()


@pytest.mark.parametrize(
    ("amounts", "levies"),
    [
        (("12", "10.00", "20"), ["VAT 20 200"]),
        (("11.99", "10.00", "20.0"), ["VAT 20 199"]),
        (("10.55", "10", "5,5"), ["VAT 5.5 55"]),
        (("12", "12", "0"), []),
    ],
)
def test_a_bill_that_tells_its_tax_is_an_invoice(
    stock: Inventory, amounts: tuple[str, str, str], levies: list[str]
) -> None:
    told = dict(zip(("bill", "bill_net", "bill_tax_rate"), amounts, strict=True))
    stock.rows("services", SERVICE | BILL | told)
    bill = db.session.scalars(select(Invoice)).one()
    assert bill.label == "Invoice" and bill.net is not None
    assert [f"{each.tax.name} {each.tax.percent} {each.amount.minor}" for each in bill.levies] == levies
    assert bill.net.minor + sum(each.amount.minor for each in bill.levies) == bill.gross_minor and sound()
    stock.rows("services", SERVICE | BILL | told | {"display_name": "Shop"})
    assert len(documents()) == 1


def test_another_rate_where_there_are_two_taxes_has_no_name_of_theirs(stock: Inventory) -> None:
    told = {"owner": "quebec", "currency": "CAD", "bill": "11.30", "bill_net": "10.00", "bill_tax_rate": "13"}
    stock.rows("accounts", ACCOUNT | {"handle": "quebec", "email": "q@example.com", "portal": "QC", "country": "CA"})
    stock.rows("products", PRODUCT | {"currency": "CAD"})
    stock.rows("services", SERVICE | BILL | told)
    (levy,) = db.session.scalars(select(Invoice)).one().levies
    assert (levy.tax.name, levy.amount.minor) == (UNNAMED_TAX, 130)


def test_two_taxes_that_are_told_as_one_rate_are_two_again(stock: Inventory) -> None:
    told = {"owner": "quebec", "currency": "CAD", "bill": "11.50", "bill_net": "10.00", "bill_tax_rate": "14.975"}
    stock.rows("accounts", ACCOUNT | {"handle": "quebec", "email": "q@example.com", "portal": "QC", "country": "CA"})
    stock.rows("products", PRODUCT | {"currency": "CAD"})
    stock.rows("services", SERVICE | BILL | told)
    bill = db.session.scalars(select(Invoice)).one()
    assert [(each.tax.name, each.amount.minor) for each in bill.levies] == [("GST", 50), ("QST", 100)]
    stock.rows("services", SERVICE | BILL | told | {"display_name": "Shop"})
    assert len(documents()) == 1


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"bill_net": "10"}, "bill_net: “10” is wrong here: it is given exactly when bill_tax_rate is given"),
        ({"bill_tax_rate": "20"}, "bill_tax_rate: “20” is wrong here: it is given exactly when bill_net is given"),
        ({"bill_net": "10.02", "bill_tax_rate": "20"}, "with the tax at bill_tax_rate it does not make the bill"),
        ({"bill_net": "12.01", "bill_tax_rate": "0"}, "with the tax at bill_tax_rate it does not make the bill"),
        ({"bill_net": "10.001", "bill_tax_rate": "20"}, "it has more decimals than its currency"),
        (
            {"bill": "", "billed": "", "bill_number": "", "bill_net": "10", "bill_tax_rate": "20"},
            "it is given only when bill is given",
        ),
    ],
)
def test_net_and_tax_make_the_bill(stock: Inventory, cells: dict[str, str], said: str) -> None:
    assert any(said in line for line in stock.refused("services", SERVICE | BILL | cells))


def test_an_invoice_takes_the_place_of_the_payment_request(stock: Inventory) -> None:
    """Of the same number: what was asked for is not asked for twice."""
    stock.rows("services", SERVICE | BILL)
    stock.rows("services", SERVICE | BILL | {"bill_net": "10", "bill_tax_rate": "20"})
    assert documents() == ["invoice 2026-117 2026-117 1200 elsewhere", "invoice 2026-117~2 2026-117 1200 open"]
    assert due() == (1200, date(2026, 11, 2)) and sound()


def test_a_bill_without_a_number_goes_by_its_service_and_day(stock: Inventory) -> None:
    stock.rows("services", SERVICE | BILL | {"bill_number": ""})
    assert documents() == ["invoice s-1~2026-11-02 None 1200 open"]


@pytest.mark.parametrize(
    ("cells", "term"),
    [
        ({}, (None, None)),
        (OVER, (date(2026, 10, 31), date(2027, 10, 31))),
        (
            OVER | {"start": "2026-01-23", "expiry": "2026-11-23", "anchor": "23"},
            (date(2026, 11, 23), date(2027, 11, 23)),
        ),
    ],
)
def test_it_buys_the_term_that_began_where_the_paid_time_ended(
    stock: Inventory, cells: dict[str, str], term: tuple[date | None, date | None]
) -> None:
    stock.rows("services", SERVICE | BILL | cells)
    line = db.session.scalars(select(InvoiceLine)).one()
    assert (line.starts_on, line.ends_on) == term


def test_a_changed_amount_is_a_credit_note_and_a_new_bill(stock: Inventory) -> None:
    stock.rows("services", SERVICE | BILL)
    stock.rows("services", SERVICE | BILL | {"bill": "15", "billed": "2026-11-09"})
    assert documents() == [
        "invoice 2026-117 2026-117 1200 credited",
        "credit-note 2026-117~credit None 1200 open",
        "invoice 2026-117~2 2026-117 1500 open",
    ]
    assert due() == (1500, date(2026, 11, 9)) and sound()


def test_a_credit_note_says_the_taxes_of_what_it_takes_back(stock: Inventory) -> None:
    stock.rows("services", SERVICE | BILL | {"bill_net": "10", "bill_tax_rate": "20"})
    stock.rows("services", SERVICE | BILL | {"bill": "15", "billed": "2026-11-09"})
    bill, note, _new = db.session.scalars(select(InvoiceLine).order_by(InvoiceLine.id))
    assert (note.gross_minor, note.net_minor, note.levies) == (1200, 1000, bill.levies)
    assert bill.levies


def test_what_is_left_of_a_bill_is_what_a_credit_note_takes_back(stock: Inventory) -> None:
    stock.rows("services", SERVICE | BILL | {"bill_net": "10", "bill_tax_rate": "20"})
    (line,) = db.session.scalars(select(InvoiceLine.id)).all()
    settle_lines(db.session(), [Settling(line, 500)], Settled.ELSEWHERE, NOON)
    db.session.commit()
    stock.rows("services", SERVICE | BILL | {"bill": "15", "billed": "2026-11-09"})
    note = db.session.scalars(select(Invoice).where(Invoice.kind == DocumentKind.CREDIT_NOTE)).one()
    assert (note.gross_minor, note.net_minor, note.lines[0].levies) == (700, None, [])
    assert due() == (1500, date(2026, 11, 9)) and sound()


def test_what_is_billed_no_more_was_settled_elsewhere(stock: Inventory) -> None:
    stock.rows("services", SERVICE | BILL)
    stock.rows("services", SERVICE)
    assert documents() == ["invoice 2026-117 2026-117 1200 elsewhere"]
    assert due() == (0, None) and sound()


def test_the_same_amount_on_another_bill_takes_the_place_of_the_first(stock: Inventory) -> None:
    stock.rows("services", SERVICE | BILL)
    stock.rows("services", SERVICE | BILL | {"bill_number": "2026-118"})
    assert documents() == ["invoice 2026-117 2026-117 1200 elsewhere", "invoice 2026-118 2026-118 1200 open"]


def test_the_same_row_again_is_the_same_bill(stock: Inventory) -> None:
    for _again in range(2):
        stock.rows("services", SERVICE | BILL)
    assert len(documents()) == 1


def test_bills_of_several_services_may_have_one_number(stock: Inventory) -> None:
    stock.rows("services", SERVICE | BILL, SERVICE | BILL | {"reference": "s-2"})
    assert [line.split()[1] for line in documents()] == ["2026-117", "2026-117~2"]
