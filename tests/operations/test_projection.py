"""The projection says what the domain's functions say."""

from datetime import date
from typing import Any

from tests.world import World
from webapp.domain.roles import Role
from webapp.domain.service.service import Availability, Kind, Mode, Suspension
from webapp.domain.service.status import Status
from webapp.models import Listing
from webapp.operations.projection import rebuild
from webapp.wiring import now, rules


def rows(world: World) -> list[dict[str, Any]]:
    return [
        {column.name: getattr(row, column.name) for column in Listing.__table__.columns} for row in world.all(Listing)
    ]


def test_every_contact_has_the_service_once_with_all_its_roles(world: World) -> None:
    alice, bob = world.account("Alice"), world.account("Bob")
    world.service(alice, technical_id=bob, billing_id=bob)
    assert [(row["account_id"], Role(row["roles"])) for row in rows(world)] == [
        (alice, Role.OWNER | Role.ADMIN),
        (bob, Role.TECHNICAL | Role.BILLING),
    ]


def test_money_is_there_for_the_billing_contact_only_and_with_tax(world: World) -> None:
    alice, bob = world.account("Alice"), world.account("Bob")
    world.service(alice, billing_id=bob, amount_due_minor=700, billed_on=date(2026, 11, 1))
    assert [(row["price_minor"], row["amount_due_minor"]) for row in rows(world)] == [(None, None), (6000, 700)]


def test_what_does_not_renew_has_no_price_and_no_date(world: World) -> None:
    world.service(world.account(), kind=Kind.ONE_OFF, mode=None)
    (row,) = rows(world)
    assert (row["price_minor"], row["effective_on"], row["status"]) == (None, None, Status.ONE_OFF)


def test_rebuilding_changes_nothing_that_was_right_and_mends_what_was_not(world: World) -> None:
    key = world.account()
    world.service(key, "a.example", mode=Mode.MANUAL)
    suspended = {"availability": Availability.SUSPENDED, "suspension": Suspension.EXPIRED}
    world.service(key, "b.example", **suspended, suspended_on=date(2026, 11, 1))
    right = rows(world)
    with world.app.app_context():
        from webapp.operations.transaction import writing

        with writing() as session:
            session.query(Listing).update({"status": Status.ONE_OFF, "name_key": "wrong"})
        assert rows(world) != right
        assert rebuild(rules=rules(), now=now()) == 2
    assert rows(world) == right
