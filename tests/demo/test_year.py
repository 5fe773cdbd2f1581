"""The year behind the demo's small accounts, which nobody wrote by hand."""

import csv
from collections import Counter
from datetime import UTC, date, datetime, time
from itertools import pairwise
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.demo.conftest import NOON
from tests.mailbox import mailbox
from webapp.demo.inventory import SERVICES_FILE
from webapp.demo.year import GIVEN_UP
from webapp.domain.actors import AUDITOR
from webapp.domain.billing.invoice import DocumentKind
from webapp.domain.billing.payment import AttemptState
from webapp.domain.messages import MessageState
from webapp.extensions import db
from webapp.models import Attempt, Event, Invoice, Outbox, Service
from webapp.operations.lifecycle.plan import planned_steps
from webapp.wiring import desk_for, settings

pytestmark = pytest.mark.usefixtures("in_demo")
TODAY = NOON.date()


def begun() -> dict[str, dict[str, str]]:
    return _rows(settings().var / "demo" / "a-year-ago.csv")


def _rows(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["reference"]: row for row in csv.DictReader(file)}


def lived() -> list[Service]:
    """Services that renewed by themselves since."""
    told = (row["reference"] for row in begun().values() if date.fromisoformat(row["expiry"]) <= TODAY)
    return list(db.session.scalars(select(Service).where(Service.reference.in_(told)).order_by(Service.id)))


def test_a_year_leads_to_what_the_inventory_tells_of_today() -> None:
    today = _rows(settings().var / "demo" / SERVICES_FILE)
    services = [service for service in lived() if service.display_name != GIVEN_UP]
    assert len(services) > 50
    for service in services:
        # What the inventory lets end today has renewed today.
        assert (service.ends_on == date.fromisoformat(today[service.reference]["expiry"])) is (
            today[service.reference]["expiry"] != TODAY.isoformat()
        ), service.reference
        assert (service.availability, service.amount_due_minor or 0) == ("active", 0), service.reference


def test_every_month_was_billed_once() -> None:
    monthly = [service.id for service in lived() if service.period == "P1M" and service.display_name != GIVEN_UP]
    billed = select(Event.service_id, func.count()).where(Event.kind == "billed").group_by(Event.service_id)
    rows = db.session.execute(billed.where(Event.service_id.in_(monthly)))
    counts = {row[0]: row[1] for row in rows}
    assert set(counts) == set(monthly)
    assert set(counts.values()) <= {12, 13}


def test_a_card_was_refused_and_what_was_not_paid_by_hand_is_gone() -> None:
    kinds = Counter(db.session.scalars(select(Event.kind)))
    assert kinds["suspended"] > kinds["deleted"] == 1
    assert db.session.scalar(select(Service.availability).where(Service.display_name == GIVEN_UP)) == "terminated"
    credited = select(func.count()).where(Invoice.kind == DocumentKind.CREDIT_NOTE, Invoice.order_id.is_(None))
    assert (db.session.scalar(credited) or 0) >= 1
    assert (db.session.scalar(select(func.count()).where(Attempt.state == AttemptState.FAILED)) or 0) > 2


def test_documents_are_numbered_in_the_order_of_their_days() -> None:
    query = select(Invoice.kind, Invoice.portal, Invoice.issued_on, Invoice.serial).where(Invoice.serial.is_not(None))
    rows = db.session.execute(query.order_by(Invoice.kind, Invoice.portal, Invoice.serial)).all()
    for one, next_one in pairwise(rows):
        assert one[:2] != next_one[:2] or one.issued_on <= next_one.issued_on


def test_everybody_was_told_on_the_day(demo_app: Flask) -> None:
    of_the_year = Outbox.created_at < datetime.combine(TODAY, time(), UTC)
    assert set(db.session.scalars(select(Outbox.state).where(of_the_year))) == {MessageState.DONE}
    mails = mailbox(demo_app, "demo-fr@demo.example")
    subjects = [mail["Subject"] for mail in mails]
    days = {mail["Date"].datetime.date() for mail in mails}
    assert len(mails) > 100
    assert min(days).year < TODAY.year
    assert max(days) == TODAY
    assert any("suspendu" in subject for subject in subjects)


def test_nothing_is_due_any_more() -> None:
    assert not list(planned_steps(TODAY, desk_for(AUDITOR)))
