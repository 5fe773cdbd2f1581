"""The database itself keeps terms from overlapping and from leaving gaps."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError

from tests.world import ENDS, World
from webapp.domain.actors import AUDITOR, PAYMENTS
from webapp.domain.events import Imported
from webapp.domain.renewal.terms import Term as Bought
from webapp.extensions import db
from webapp.models import Listing, Service, Term
from webapp.operations.audit import audit
from webapp.operations.change import lock_cases, record
from webapp.operations.transaction import writing
from webapp.wiring import desk_for, desk_of

NEXT = date(2027, 12, 31)


@pytest.fixture
def service(world: World) -> int:
    return world.service(world.account())


def add(world: World, **values: Any) -> None:
    with world.app.app_context(), writing() as session:
        session.execute(insert(Term), [values])


@pytest.mark.parametrize(
    "values",
    [
        {"follows": date(2027, 1, 1), "starts_on": date(2027, 1, 1), "ends_on": NEXT},
        {"follows": date(2026, 12, 30), "starts_on": date(2026, 12, 30), "ends_on": NEXT},
        {"follows": date(2025, 12, 31), "starts_on": date(2025, 12, 31), "ends_on": NEXT},
        {"follows": ENDS, "starts_on": date(2027, 1, 1), "ends_on": NEXT},
        {"follows": ENDS, "starts_on": ENDS, "ends_on": ENDS},
        {"follows": ENDS, "starts_on": ENDS, "ends_on": date(2026, 12, 1)},
        {"follows": None, "starts_on": date(2028, 1, 1), "ends_on": date(2029, 1, 1)},
        {"follows": None, "starts_on": ENDS, "ends_on": NEXT},
    ],
    ids=["gap", "overlap", "same start", "does not follow", "empty", "backwards", "two openings", "opening again"],
)
def test_the_database_refuses(world: World, service: int, values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        add(world, service_id=service, **values)
    assert len(world.all(Term)) == 1


def test_one_term_follows_another_once(world: World, service: int) -> None:
    values = {"service_id": service, "follows": ENDS, "starts_on": ENDS}
    add(world, **values, ends_on=NEXT)
    with pytest.raises(IntegrityError):
        add(world, **values, ends_on=date(2027, 1, 31))


def test_a_change_that_adds_a_term_moves_the_end(world: World, service: int) -> None:
    with world.app.app_context(), writing() as session:
        (one,) = lock_cases(session, desk_of(1), Service.id == service)
        after = replace(one.case.service, ends_on=NEXT)
        record(session, [one.become(after, Imported({}), Bought(ENDS, NEXT))], desk_for(PAYMENTS))
    changed = world.get(Service, service)
    assert (changed.ends_on, changed.version) == (NEXT, 2)
    assert [(row.follows, row.starts_on, row.ends_on) for row in world.all(Term)][1:] == [(ENDS, ENDS, NEXT)]
    assert world.get(Listing, (1, service)).effective_on == NEXT


def test_the_audit_finds_what_does_not_follow_from_the_terms(world: World, service: int) -> None:
    other = world.service(1, "other.example")
    assert differences(world) == []
    world.change(service, ends_on=NEXT)
    world.change_row(Listing, (1, other), price_minor=1)
    with world.app.app_context(), writing() as session:
        session.execute(delete(Term).where(Term.service_id == other))
    assert differences(world) == [
        "ends of the time that is paid for: S-shop.example: it ends on 2027-12-31, its terms on 2026-12-31",
        "ends of the time that is paid for: S-other.example: it ends on 2026-12-31, its terms on None",
        "rows of the services tables: S-other.example, for account 1: price_minor",
    ]


def test_the_command_says_what_it_compared(world: World, service: int) -> None:
    run = world.app.test_cli_runner().invoke(args=["audit"])
    assert run.exit_code == 0 and "1  rows of the services tables" in run.output and "agrees" in run.output
    world.change(service, ends_on=NEXT)
    run = world.app.test_cli_runner().invoke(args=["audit"])
    assert run.exit_code == 1 and "S-shop.example: it ends on 2027-12-31" in run.output


def differences(world: World) -> list[str]:
    with world.app.app_context():
        return list(audit(db.session(), desk_for(AUDITOR)).differences)
