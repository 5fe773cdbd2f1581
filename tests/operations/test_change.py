"""The ritual of a change, for one service and for a set."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.world import ENDS, MONTH, YEAR, World
from webapp.domain.actors import AUDITOR, ORDERS, PAYMENTS, Actor, Key, Operator, Person
from webapp.domain.events import InventoryChanged
from webapp.domain.money import Money
from webapp.domain.refusals import Refused
from webapp.domain.renewal.terms import Term
from webapp.domain.service.actions import Action
from webapp.domain.service.invariants import BrokenService
from webapp.domain.service.service import Availability, Mode
from webapp.extensions import db
from webapp.models import Event, Listing, Service
from webapp.operations.case import NoSuchService
from webapp.operations.change import Change, Held, changing, lock_cases, record, record_one
from webapp.operations.desk import Desk
from webapp.operations.projection import rebuild
from webapp.operations.transaction import writing
from webapp.wiring import desk_for, desk_of, now, rules

RENAMED = InventoryChanged({"display_name": None}, {"display_name": "Shop"}, "EUR")


def desk(account: int | None = None) -> Desk:
    return desk_for(AUDITOR) if account is None else desk_of(account)


def held(session: Session, account: int, *keys: int) -> list[Held]:
    by_key = {each.row.id: each for each in lock_cases(session, desk(account), Service.id.in_(keys))}
    return [by_key[key] for key in keys]


def changed(one: Held, besides: dict[str, Any] | None = None, **fields: Any) -> Change:
    service = one.case.service
    return Change(
        one.row.id, RENAMED, service, replace(service, **fields), rules=one.case.rules.name, besides=besides or {}
    )


def test_a_set_is_recorded_in_one_go(app: Flask, world: World) -> None:
    alice = world.account()
    keys = [world.service(alice, f"srv-{number}") for number in range(3)]
    one, two, three = keys
    with app.app_context(), writing() as session:
        second, first, third = held(session, alice, two, one, three)
        changes = [changed(second, {"display_name": "Shop"}), changed(first, mode=Mode.MANUAL), changed(third)]
        record(session, changes, desk(alice))
    stored = world.all(Event)
    assert [event.service_id for event in stored] == [two, one, three]
    assert all(event.account_id == alice and event.facts == RENAMED for event in stored)
    assert {event.rules for event in stored} == {"FR individual"}
    assert [world.get(Service, key).version for key in keys] == [2, 2, 1]
    assert [world.get(Service, key).display_name for key in keys] == ["", "Shop", ""]
    listed = {row.service_id: row.mode for row in world.all(Listing)}
    assert listed == {one: Mode.MANUAL, two: Mode.AUTOMATIC, three: Mode.AUTOMATIC}


def test_one_is_recorded_with_the_key_of_its_event(app: Flask, world: World) -> None:
    alice = world.account()
    for number in range(2):
        key = world.service(alice, f"srv-{number}")
        with app.app_context(), writing() as session:
            (one,) = held(session, alice, key)
            event_id = record_one(session, changed(one, period=MONTH), desk(alice))
        assert (world.get(Event, event_id).service_id, world.get(Service, key).version) == (key, 2)


def test_a_contact_who_left_loses_the_row_and_a_new_one_gets_it(app: Flask, world: World) -> None:
    alice, bob, charlie = world.account("Alice"), world.account("Bob"), world.account("Charlie")
    key = world.service(alice, technical_id=bob)
    with app.app_context(), writing() as session:
        (one,) = held(session, alice, key)
        record(session, [changed(one, {"technical_id": charlie})], desk())
    assert {row.account_id for row in world.all(Listing)} == {alice, charlie}


BREACHES: list[dict[str, Any]] = [
    {"mode": Mode.MANUAL, "cancels_on": ENDS},
    {"availability": Availability.SUSPENDED},
    {"anchor_day": 15},
    {"amount_due": Money(100, "EUR")},
]


@pytest.mark.parametrize("breach", BREACHES, ids=lambda breach: "+".join(breach))
def test_nobody_makes_a_service_contradict_itself(app: Flask, world: World, breach: dict[str, Any]) -> None:
    alice = world.account()
    keys = [world.service(alice, name) for name in ("sound", "broken")]
    for write in (record, lambda session, changes, by: record_one(session, changes[-1], by)):
        with app.app_context(), pytest.raises(BrokenService, match="S-broken"), writing() as session:
            sound, broken = held(session, alice, *keys)
            write(session, [changed(sound, period=MONTH), changed(broken, **breach)], desk(alice))
    assert (world.all(Event), [world.get(Service, key).version for key in keys]) == ([], [1, 1])


def test_what_was_broken_before_does_not_keep_a_service_from_changing(app: Flask, world: World) -> None:
    alice = world.account()
    key = world.service(alice, mode=Mode.MANUAL, cancels_on=ENDS)
    with app.app_context(), writing() as session:
        (one,) = held(session, alice, key)
        record(session, [changed(one, period=MONTH)], desk(alice))
    assert world.get(Service, key).period == MONTH


@pytest.mark.parametrize("term", [None, Term(ENDS, date(2027, 6, 30))])
def test_time_is_neither_given_nor_taken_without_its_term(app: Flask, world: World, term: Term | None) -> None:
    alice = world.account()
    key = world.service(alice)
    with app.app_context(), pytest.raises(ValueError, match="ends on 2027-12-31"), writing() as session:
        (one,) = held(session, alice, key)
        after = replace(one.case.service, ends_on=date(2027, 12, 31))
        record(session, [one.become(after, RENAMED, term)], desk(alice))


def test_many_are_locked_as_far_as_they_are_the_accounts(app: Flask, world: World) -> None:
    alice, bob = world.account("Alice"), world.account("Bob")
    keys = [world.service(alice, "one"), world.service(bob, "foreign"), world.service(alice, "two")]
    with app.app_context(), writing() as session:
        locked = lock_cases(session, desk(alice), Service.id.in_(reversed(keys)))
        assert [each.row.id for each in locked] == [keys[0], keys[2]]
        record(session, [changed(each, period=MONTH) for each in locked], desk(alice))
    assert [world.get(Service, key).period for key in keys] == [MONTH, YEAR, MONTH]
    assert [event.rules for event in world.all(Event)] == ["FR individual", "FR individual"]


def test_what_fails_inside_leaves_nothing_behind(app: Flask, world: World) -> None:
    alice = world.account()
    key = world.service(alice)
    with app.app_context(), pytest.raises(ZeroDivisionError), writing() as session:
        locked = lock_cases(session, desk(alice), Service.id == key)
        record(session, [changed(each, mode=Mode.MANUAL) for each in locked], desk(alice))
        raise ZeroDivisionError
    assert (world.all(Event), world.get(Service, key).version) == ([], 1)


def test_the_listing_after_a_change_is_what_rebuilding_makes_of_it(app: Flask, world: World) -> None:
    alice = world.account()
    keys = [world.service(alice, f"srv-{number}") for number in range(5)]
    with app.app_context():
        with writing() as session:
            changes = [changed(each, {"display_name": f"Z{each.row.id}"}) for each in held(session, alice, *keys)]
            record(session, changes, desk(alice))
        before = db.session.execute(Listing.__table__.select().order_by("service_id")).all()
        rebuild(rules=rules(), now=now())
        assert db.session.execute(Listing.__table__.select().order_by("service_id")).all() == before


SIDE = [PAYMENTS, ORDERS, Operator("jane"), Key("panel")]


@pytest.mark.parametrize("actor", SIDE, ids=str)
def test_rules_about_who_bind_persons_and_all_others_bind_everyone(app: Flask, world: World, actor: Actor) -> None:
    alice = world.account()
    free, forced = world.service(alice), world.service(alice, "forced", forced=True)
    with app.app_context():
        with changing("S-shop.example", desk_for(actor), Action.CONFIGURE) as one:
            record(one.session, [changed(one, mode=Mode.MANUAL)], desk_for(actor))
        with pytest.raises(Refused, match="forced"), changing("S-forced", desk_for(actor), Action.CONFIGURE):
            raise AssertionError("it was allowed")
        with pytest.raises(NoSuchService), changing("S-none", desk_for(actor), Action.CONFIGURE):
            raise AssertionError("it was there")
    (event,) = world.all(Event)
    assert (event.service_id, event.by, event.account_id) == (free, actor, None)
    assert world.get(Service, forced).version == 1


def test_what_a_person_does_is_told_as_theirs(app: Flask, world: World) -> None:
    alice, bob = world.account("Alice"), world.account("Bob")
    world.service(alice, technical_id=bob)
    with app.app_context():
        with changing("S-shop.example", desk(alice), Action.CONFIGURE) as one:
            record_one(one.session, changed(one, mode=Mode.MANUAL), desk(alice))
        with pytest.raises(Refused, match="billing-contact"), changing("S-shop.example", desk(bob), Action.CONFIGURE):
            raise AssertionError("it was allowed")
    assert [event.by for event in world.all(Event)] == [Person(alice)]
