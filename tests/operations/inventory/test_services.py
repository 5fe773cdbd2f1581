"""What an import of services leaves behind, and what it leaves alone."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select, update

from tests.conftest import NOON
from webapp.domain.events import EventKind, InventoryChanged
from webapp.domain.periods import Period
from webapp.domain.service.service import Availability, Kind, Mode
from webapp.domain.service.status import Status
from webapp.extensions import db
from webapp.models import Account, Event, Listing, Service, Term

from .inventory import SERVICE, Inventory


def the_service(reference: str = "s-1") -> Service:
    db.session.expire_all()
    return db.session.scalars(select(Service).where(Service.reference == reference)).one()


def everything() -> list[list[Any]]:
    """Every row of every table an import writes."""
    db.session.rollback()
    return [
        [tuple(row) for row in db.session.execute(select(*each.__table__.c))]
        for each in (Service, Term, Event, Listing)
    ]


def in_the_portal(**changes: Any) -> None:
    """A customer changes something."""
    db.session.execute(update(Service).values(**changes, version=Service.version + 1))
    db.session.commit()


def test_a_new_service_has_everything_that_its_row_says(stock: Inventory) -> None:
    cells = {"display_name": "Été", "technical": "bob", "billing": "bob", "commitment": "2027-01-31"}
    bill = {"bill": "11,99", "billed": "2026-11-02", "cancellation": "2027-01-31"}
    stock.rows("services", SERVICE | cells | bill | {"name": "ÉTÉ.example"})
    service = the_service()
    people = [service.owner.handle, service.admin.handle, service.technical.handle, service.billing.handle]
    assert people == ["alice", "alice", "bob", "bob"]
    assert (service.name, service.folded_name, service.display_name) == ("ÉTÉ.example", "ete.example", "Été")
    assert (service.product.code, service.kind, service.availability) == ("dom", Kind.RECURRING, Availability.ACTIVE)
    assert (service.mode, service.period, service.anchor_day) == (Mode.AUTOMATIC, Period(12), 31)
    assert (service.started_on, service.ends_on) == (date(2026, 1, 31), date(2027, 1, 31))
    assert (service.committed_until, service.cancels_on) == (date(2027, 1, 31), date(2027, 1, 31))
    assert (service.price_minor, service.currency, service.amount_due_minor) == (999, "EUR", 1199)
    assert (service.billed_on, service.version) == (date(2026, 11, 2), 1)


def test_who_imports_a_change_leaves_alone_what_was_told_of_the_service(stock: Inventory) -> None:
    manual = SERVICE | {"mode": "manual"}
    stock.rows("services", manual)
    day, told = date(2027, 1, 1), date(2026, 11, 28)
    in_the_portal(noticed_on=told, promised_on=date(2027, 1, 31), recapped_for=day)
    stock.rows("services", manual | {"price": "1,00"})
    service = the_service()
    assert service.price_minor == 100
    assert (service.noticed_on, service.promised_on, service.recapped_for) == (told, date(2027, 1, 31), day)
    assert service.due_on == date(2027, 1, 1)


def test_a_new_service_has_an_event_and_stands_in_the_tables_of_its_contacts(stock: Inventory) -> None:
    stock.rows("services", SERVICE | {"billing": "bob"})
    event = db.session.scalars(select(Event)).one()
    assert (event.kind, event.account_id, event.at, event.old) == (EventKind.IMPORTED, None, NOON, {})
    assert event.new["owner"] == "alice" and event.new["price"] == "9.99" and event.new["expiry"] == "2027-01-31"
    listed = db.session.execute(select(Account.handle, Listing.status, Listing.price_minor).join_from(Listing, Account))
    assert set(map(tuple, listed)) == {("alice", Status.AUTOMATIC, None), ("bob", Status.AUTOMATIC, 1199)}


@pytest.mark.parametrize(
    "cells", [{}, {"period": "P1Y"}, {"price": "9,99"}, {"kind": "recurring"}, {"anchor": "31"}, {"admin": "alice"}]
)
def test_the_same_row_again_changes_nothing_however_it_is_written(stock: Inventory, cells: dict[str, str]) -> None:
    stock.rows("services", SERVICE)
    before = everything()
    report = stock.rows("services", SERVICE | cells)
    assert (report.created, report.changed, report.unchanged) == (0, 0, 1)
    assert everything() == before


def test_the_same_file_again_leaves_what_a_customer_changed(stock: Inventory) -> None:
    stock.rows("services", SERVICE)
    in_the_portal(mode=Mode.MANUAL)
    before = everything()
    assert stock.rows("services", SERVICE).unchanged == 1
    assert everything() == before


def test_only_the_columns_that_differ_from_the_last_import_are_applied(stock: Inventory) -> None:
    stock.rows("services", SERVICE)
    in_the_portal(mode=Mode.MANUAL)
    assert stock.rows("services", SERVICE | {"display_name": "Shop", "price": "10.5"}).changed == 1
    service = the_service()
    assert (service.mode, service.display_name, service.price_minor, service.version) == (Mode.MANUAL, "Shop", 1050, 3)
    event = db.session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert event is not None and event.kind is EventKind.IMPORT_CHANGED
    old, new = {"display_name": None, "price": "9.99"}, {"display_name": "Shop", "price": "10.50"}
    assert event.old == old | {"currency": "EUR"} and event.new == new | {"currency": "EUR"}
    assert isinstance(event.facts, InventoryChanged)


def test_an_inventory_that_catches_up_with_the_customer_changes_nothing(stock: Inventory) -> None:
    stock.rows("services", SERVICE)
    in_the_portal(mode=Mode.MANUAL)
    assert stock.rows("services", SERVICE | {"mode": "manual"}).unchanged == 1
    assert (the_service().version, db.session.scalar(select(func.count(Event.id)))) == (2, 1)
    assert stock.rows("services", SERVICE).changed == 1
    assert the_service().mode is Mode.AUTOMATIC


def test_a_change_that_no_longer_fits_is_refused(stock: Inventory) -> None:
    stock.rows("services", SERVICE)
    in_the_portal(mode=Mode.MANUAL)
    before = everything()
    [said] = stock.refused("services", SERVICE | {"cancellation": "2027-01-31"})
    assert said.startswith("services.csv:2: cancellation: “2027-01-31” is wrong here") and "in the portal" in said
    assert everything() == before


def test_a_price_is_not_applied_to_another_period(stock: Inventory) -> None:
    stock.rows("services", SERVICE)
    in_the_portal(period=Period(24), price_minor=1850)
    [said] = stock.refused("services", SERVICE | {"price": "11"})
    assert "price: “11.00” is wrong here: the price is for P12M and the service now renews every P24M" in said


def test_the_table_follows_a_change(stock: Inventory) -> None:
    stock.rows("services", SERVICE)
    stock.rows("services", SERVICE | {"mode": "manual", "owner": "bob"})
    listed = db.session.execute(select(Account.handle, Listing.status).join_from(Listing, Account))
    assert list(map(tuple, listed)) == [("bob", Status.EXPIRES)]


def test_an_anchor_outlives_a_short_month(stock: Inventory) -> None:
    stock.rows("services", SERVICE)
    stock.rows("services", SERVICE | {"expiry": "2027-02-28"})
    assert the_service().anchor_day == 31
    stock.rows("services", SERVICE | {"expiry": "2027-03-15"})
    assert the_service().anchor_day == 15


def test_an_emptied_cell_takes_the_value_away(stock: Inventory) -> None:
    stock.rows("services", SERVICE | {"bill": "5", "billed": "2026-11-02", "display_name": "Shop"})
    stock.rows("services", SERVICE)
    service = the_service()
    assert (service.amount_due_minor, service.billed_on, service.display_name) == (0, None, "")


def test_one_bad_row_among_thousands_undoes_all_of_them(stock: Inventory) -> None:
    rows = [SERVICE | {"reference": f"s-{number}"} for number in range(2500)]
    stock.rows("services", SERVICE | {"reference": "s-7"})
    before = everything()
    [said] = stock.refused("services", *rows, SERVICE | {"reference": "s-last", "owner": "nobody"})
    assert said.startswith("services.csv:2502: owner: ")
    assert everything() == before


def test_a_bad_first_row_does_not_hide_the_others(stock: Inventory) -> None:
    rows = [SERVICE | {"reference": f"s-{number}", "price": "9"} for number in range(1500)]
    rows[0]["state"] = rows[1499]["mode"] = "x"
    assert [line.split(": ")[0] for line in stock.refused("services", *rows)] == ["services.csv:2", "services.csv:1501"]


def the_terms() -> list[tuple[date | None, date, date]]:
    rows = db.session.scalars(select(Term).order_by(Term.starts_on)).all()
    return [(row.follows, row.starts_on, row.ends_on) for row in rows]


def test_the_first_import_opens_the_terms_and_a_later_end_adds_one(stock: Inventory) -> None:
    stock.rows("services", SERVICE)
    stock.rows("services", SERVICE | {"expiry": "2028-01-31", "price": "10"})
    opened, end, later = date(2026, 1, 31), date(2027, 1, 31), date(2028, 1, 31)
    assert the_terms() == [(None, opened, end), (end, end, later)]
    assert the_service().ends_on == later


@pytest.mark.parametrize("expiry", ["2027-01-30", "2026-12-31", ""])
def test_time_that_is_paid_for_is_never_taken_back(stock: Inventory, expiry: str) -> None:
    stock.rows("services", SERVICE)
    before = everything()
    no_term = {"mode": "", "period": "", "start": ""} if not expiry else {}
    [said] = stock.refused("services", SERVICE | {"kind": "" if expiry else "one-off", "expiry": expiry} | no_term)
    assert "expiry: " in said and "it is paid until 2027-01-31, and time that is paid for is never taken back" in said
    assert everything() == before


def test_what_was_being_created_is_paid_for_once_it_has_a_term(stock: Inventory) -> None:
    no_term = {"mode": "", "period": "", "start": "", "expiry": "", "state": "creating"}
    stock.rows("services", SERVICE | no_term)
    assert the_terms() == [] and the_service().ends_on is None
    stock.rows("services", SERVICE)
    assert the_terms() == [(None, date(2026, 1, 31), date(2027, 1, 31))]


def test_nobody_knows_since_when_something_long_gone_was_paid_for(stock: Inventory) -> None:
    stock.rows("services", SERVICE | {"mode": "", "period": "", "start": "", "state": "terminated"})
    assert the_terms() == [] and the_service().ends_on == date(2027, 1, 31)
