"""The ritual of a change, for one service and for a set."""

import pytest
from flask import Flask

from tests.world import MONTH, YEAR, World
from webapp.domain.events import InventoryChanged
from webapp.domain.service.service import Mode
from webapp.extensions import db
from webapp.models import Event, Listing, Service
from webapp.operations.change import Change, lock_cases, record, record_one
from webapp.operations.desk import Desk
from webapp.operations.projection import rebuild
from webapp.operations.transaction import writing
from webapp.wiring import now, rules

RENAMED = InventoryChanged({"display_name": None}, {"display_name": "Shop"}, "EUR")


def desk(account: int | None = None) -> Desk:
    return Desk(account, now(), rules())


def test_a_set_is_recorded_in_one_go(app: Flask, world: World) -> None:
    alice = world.account()
    one, two, three = (world.service(alice, f"srv-{number}") for number in range(3))
    changes = [
        Change(two, RENAMED, {"display_name": "Shop"}),
        Change(one, RENAMED, {"mode": Mode.MANUAL}, rules="FR individual"),
        Change(three, RENAMED),
    ]
    with app.app_context(), writing() as session:
        record(session, changes, desk(alice))
    stored = world.all(Event)
    assert [event.service_id for event in stored] == [two, one, three]
    assert all(event.account_id == alice and event.facts == RENAMED for event in stored)
    assert sorted(event.rules for event in stored) == ["", "", "FR individual"]
    assert [world.get(Service, key).version for key in (one, two, three)] == [2, 2, 1]
    listed = {row.service_id: row.mode for row in world.all(Listing)}
    assert listed == {one: Mode.MANUAL, two: Mode.AUTOMATIC, three: Mode.AUTOMATIC}


def test_one_is_recorded_with_the_key_of_its_event(app: Flask, world: World) -> None:
    alice = world.account()
    for number in range(2):
        key = world.service(alice, f"srv-{number}")
        with app.app_context(), writing() as session:
            event_id = record_one(session, Change(key, RENAMED, {"display_name": "Shop"}), desk(alice))
        assert (world.get(Event, event_id).service_id, world.get(Service, key).version) == (key, 2)


def test_a_contact_who_left_loses_the_row_and_a_new_one_gets_it(app: Flask, world: World) -> None:
    alice, bob, charlie = world.account("Alice"), world.account("Bob"), world.account("Charlie")
    key = world.service(alice, technical_id=bob)
    with app.app_context(), writing() as session:
        record(session, [Change(key, RENAMED, {"technical_id": charlie})], desk())
    assert {row.account_id for row in world.all(Listing)} == {alice, charlie}


def test_many_are_locked_as_far_as_they_are_the_accounts(app: Flask, world: World) -> None:
    alice, bob = world.account("Alice"), world.account("Bob")
    keys = [world.service(alice, "one"), world.service(bob, "foreign"), world.service(alice, "two")]
    with app.app_context(), writing() as session:
        locked = lock_cases(session, desk(alice), Service.id.in_(reversed(keys)))
        assert [each.row.id for each in locked] == [keys[0], keys[2]]
        record(session, [each.to(RENAMED, period=MONTH) for each in locked], desk(alice))
    assert [world.get(Service, key).period for key in keys] == [MONTH, YEAR, MONTH]
    assert [event.rules for event in world.all(Event)] == ["FR individual", "FR individual"]


def test_what_fails_inside_leaves_nothing_behind(app: Flask, world: World) -> None:
    alice = world.account()
    key = world.service(alice)
    with app.app_context(), pytest.raises(ZeroDivisionError), writing() as session:
        locked = lock_cases(session, desk(alice), Service.id == key)
        record(session, [each.to(RENAMED, mode=Mode.MANUAL) for each in locked], desk(alice))
        raise ZeroDivisionError
    assert (world.all(Event), world.get(Service, key).version) == ([], 1)


def test_the_listing_after_a_change_is_what_rebuilding_makes_of_it(app: Flask, world: World) -> None:
    alice = world.account()
    keys = [world.service(alice, f"srv-{number}") for number in range(5)]
    with app.app_context():
        with writing() as session:
            record(session, [Change(key, RENAMED, {"display_name": f"Z{key}"}) for key in keys], desk(alice))
        before = db.session.execute(Listing.__table__.select().order_by("service_id")).all()
        rebuild(rules=rules(), now=now())
        assert db.session.execute(Listing.__table__.select().order_by("service_id")).all() == before
