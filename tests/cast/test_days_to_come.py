"""What pages say of days to come is what happens on them, where nobody does anything but pay.

So that bills are paid as well, everybody is given a card once the pages were read.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO

import pytest
from sqlalchemy import select, update

from tests.cast.claims import AHEAD_BESIDE, beside
from tests.cast.conftest import Cast, loaded
from tests.cast.reading import text_of
from tests.cast.test_whole_cast import table
from tests.demo.conftest import NOON
from webapp.adapters.clock import FixedClock
from webapp.domain.actors import DAYS, MESSENGER, ORDERS
from webapp.domain.events import EventKind
from webapp.domain.methods import MethodKind, MethodState
from webapp.domain.service.service import Availability
from webapp.extensions import db
from webapp.models import Event, PaymentMethod, Service
from webapp.operations.lifecycle.engine import run
from webapp.operations.orders.lapse import expire_orders
from webapp.operations.transaction import writing
from webapp.wiring import desk_for, payments, wiring_of
from webapp.worker import tell

TODAY, AHEAD = NOON.date(), timedelta(days=45)
COMES = {
    "next debit": EventKind.BILLED,
    "next bill": EventKind.BILLED,
    "expiry": EventKind.SUSPENDED,
    "deletion": EventKind.DELETED,
    "end of service": EventKind.ENDED,
}
"""What stands beside a day of the table, and what has to happen then."""
PLANNED = {
    "debited": EventKind.BILLED,
    "billed": EventKind.BILLED,
    "renews; another contact pays": EventKind.BILLED,
    "expires unless it is renewed": EventKind.SUSPENDED,
    "ends": EventKind.ENDED,
    "is deleted": EventKind.DELETED,
}
"""The same for the calendar."""
Happened = set[tuple[str, date, EventKind]]


@dataclass(frozen=True, slots=True)
class Lived:
    said: Happened
    """By the tables."""
    planned: Happened
    """By the calendars."""
    happened: Happened
    in_debt: frozenset[str]
    """What the calendar takes to be paid again: nobody does so."""
    being_made: frozenset[str]
    """What nobody delivers, which never begins."""


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    with loaded(tmp_path_factory.mktemp("days")) as cast:
        said, planned = (set(filter(_comes_soon, each)) for each in (_said(cast), _planned(cast)))
        services = {each.reference: each.case.service for each in cast.contacts}
        in_debt = frozenset(key for key, its in services.items() if its.amount_due or its.paid_in)
        being_made = frozenset(key for key, its in services.items() if its.availability is Availability.CREATING)
        _let_pass(cast)
        yield Lived(said, planned, _happened(cast), in_debt, being_made)


def _comes_soon(each: tuple[str, date, EventKind]) -> bool:
    return TODAY < each[1] <= TODAY + AHEAD


def _said(cast: Cast) -> Iterator[tuple[str, date, EventKind]]:
    for account in cast.browsers:
        for reference, row in table(cast.browser(account, "en")).items():
            for claim in beside(text_of(row, "en"), "en", AHEAD_BESIDE):
                yield reference, claim.days[0], COMES[claim.claim]


def _planned(cast: Cast) -> Iterator[tuple[str, date, EventKind]]:
    for account in cast.browsers:
        file = cast.browser(account, "en").get("/calendar/export.csv").data.decode("utf-8-sig")
        for line in csv.DictReader(StringIO(file, newline="")):
            yield line["Reference"], date.fromisoformat(line["Date"]), PLANNED[line["What happens"]]


def _let_pass(cast: Cast) -> None:
    with cast.app.app_context(), writing() as session:
        session.execute(update(PaymentMethod).values(is_default=False))
        session.add_all(_card(account) for account in cast.browsers)
    clock = wiring_of(cast.app).adapters.clock
    assert isinstance(clock, FixedClock)
    for number in range(1, AHEAD.days + 1):
        clock.move_to(NOON + timedelta(days=number))
        with cast.app.app_context():
            expire_orders(desk_for(ORDERS))
            while (done := run(desk_for(DAYS), payments(), confirmed=True)).steps:
                tell(desk_for(MESSENGER))
            assert not done.failed
    clock.move_to(NOON)


def _card(account: int) -> PaymentMethod:
    card = PaymentMethod(account_id=account, kind=MethodKind.CARD, label="Visa 4242", reference=f"card-{account}")
    card.state, card.is_default = MethodState.VALID, True
    return card


def _happened(cast: Cast) -> Happened:
    with cast.app.app_context():
        query = select(Service.reference, Event.at, Event.kind).join(Event, Event.service_id == Service.id)
        rows = db.session.execute(query.where(Event.at > NOON, Event.kind.in_(set(COMES.values()))))
        return {(row.reference, row.at.date(), row.kind) for row in rows}


def _but(happened: Happened, left_out: frozenset[str]) -> Happened:
    return {each for each in happened if each[0] not in left_out}


def test_what_the_table_says_of_a_day_comes_on_it(lived: Lived) -> None:
    assert {kind for _reference, _day, kind in lived.said} == set(COMES.values())
    assert sorted(_but(lived.said, lived.being_made) - lived.happened) == []


def test_the_calendar_says_everything_that_comes_and_nothing_else(lived: Lived) -> None:
    left_out = lived.in_debt | lived.being_made
    planned, happened = (_but(each, left_out) for each in (lived.planned, lived.happened))
    assert (sorted(planned - happened), sorted(happened - planned)) == ([], [])
