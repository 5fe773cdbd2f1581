"""Things done at the same moment: nothing is done twice, nothing is lost, nobody gets a crash."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from flask import Flask

from tests.confirming import looked_at
from tests.world import World
from webapp.domain.actors import DOOR, OPERATOR
from webapp.domain.confirmation import ShownOtherwise
from webapp.domain.listing.table import Table
from webapp.domain.refusals import Refused
from webapp.domain.service.service import Mode
from webapp.models import Acceptance, Account, SavedView, Selected, SignIn
from webapp.operations.change import ChangedMeanwhile
from webapp.operations.desk import Busy, SignedOut
from webapp.operations.listing.matching import Viewer
from webapp.operations.listing.saved_views import MOST_VIEWS, TooManyViews, keep_view
from webapp.operations.listing.selection import tick_all
from webapp.operations.people.set_password import set_password
from webapp.operations.people.sign_in import BadCredentials, Lasting, sign_in, sign_out
from webapp.operations.projection import rebuild
from webapp.operations.renewal.configure import configure_renewal
from webapp.wiring import desk_for, desk_of, now, rules

EXPECTED = (BadCredentials, ChangedMeanwhile, Refused, ShownOtherwise, SignedOut, TooManyViews)
"""What somebody who comes second may be told."""
PEOPLE = 6
PATIENCE = 30
"""How often anybody tries who is told to try again."""
SERVICES = [f"S-srv-{number}" for number in range(PEOPLE)]


def at_once(app: Flask, *acts: Callable[[], Any]) -> list[Any]:
    """Every act in a thread of its own, begun together; an exception is its result.

    Who is told that the database is busy tries again, as people are asked to.
    """
    barrier = Barrier(len(acts))

    def do(act: Callable[[], Any]) -> Any:
        with app.app_context():
            barrier.wait()
            for _attempt in range(PATIENCE):
                try:
                    return act()
                except Busy:
                    continue
                except EXPECTED as refused:
                    return refused
        raise AssertionError("the database was busy all the time")

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def viewer(app: Flask, account: int, key: str) -> Viewer:
    with app.app_context():
        return Viewer(desk_of(account), key, now().date(), sorted(rules().families))


def test_a_new_password_leaves_no_session_of_the_old_one(app: Flask, world: World) -> None:
    world.account("Alice")
    world.password("Alice", "the old horse")

    def enter() -> object:
        lasting = Lasting(timedelta(hours=1), timedelta(hours=1))
        return sign_in("alice@people.example", "the old horse", desk_for(DOOR), lasting=lasting)

    at_once(app, enter, lambda: set_password("alice", "another horse", desk_for(OPERATOR)))
    opened, (account,) = world.all(SignIn), world.all(Account)
    assert [each.key for each in opened if each.password_version == account.password_version] == []
    with app.app_context(), pytest.raises(BadCredentials):
        enter()


def test_selecting_twice_at_once_is_selecting_once(app: Flask, world: World) -> None:
    alice = world.account("Alice")
    for number in range(20):
        world.service(alice, f"srv-{number}")
    world.client(alice)
    (signed_in,) = world.all(SignIn)
    seen_by = viewer(app, alice, signed_in.key)
    assert at_once(app, *[lambda: tick_all(Table(), seen_by)] * PEOPLE) == [20] * PEOPLE
    assert world.get(SignIn, signed_in.key).ticks == len(world.all(Selected)) == 20


def test_selecting_after_the_session_ended_says_so(app: Flask, world: World) -> None:
    alice = world.account("Alice")
    world.service(alice)
    seen_by = viewer(app, alice, "gone")
    assert isinstance(at_once(app, lambda: tick_all(Table(), seen_by))[0], SignedOut)
    world.client(alice)
    (signed_in,) = world.all(SignIn)
    at_once(app, lambda: sign_out(signed_in.key), lambda: tick_all(Table(), viewer(app, alice, signed_in.key)))
    assert world.all(SignIn) == []


def test_one_agreement_is_accepted_once_from_many_services(app: Flask, world: World) -> None:
    key = world.account("Noémie", portal="QC", handle="n", email="n@people.example")
    for number in range(PEOPLE):
        world.service(key, f"srv-{number}", mode=Mode.MANUAL, currency="CAD")

    def accept(service: str) -> Callable[[], object]:
        with app.app_context():
            command = looked_at(service, "P12M", desk_of(key), agreed=["qc-1753"])
        return lambda: configure_renewal(command, desk_of(key))

    answers = at_once(app, *map(accept, SERVICES))
    assert all(isinstance(answer, int) for answer in answers), answers
    assert len(world.all(Acceptance)) == 1


def test_there_is_an_end_to_views_also_when_they_come_together(app: Flask, world: World) -> None:
    alice = world.account("Alice")
    with app.app_context():
        for number in range(MOST_VIEWS - 1):
            keep_view(alice, f"View {number}", "")
    at_once(app, *[lambda name=f"New {number}": keep_view(alice, name, "") for number in range(PEOPLE)])
    assert len(world.all(SavedView)) == MOST_VIEWS


def test_rebuilding_the_projection_and_changing_a_service_wait_for_each_other(app: Flask, world: World) -> None:
    alice = world.account("Alice")
    for number in range(PEOPLE):
        world.service(alice, f"srv-{number}")

    def configure(service: str) -> Callable[[], object]:
        with app.app_context():
            command = looked_at(service, "manual", desk_of(alice))
        return lambda: configure_renewal(command, desk_of(alice))

    answers = at_once(app, *map(configure, SERVICES), *[lambda: rebuild(rules=rules(), now=now())] * 2)
    assert answers[-2:] == [PEOPLE, PEOPLE]
    assert all(isinstance(answer, int) for answer in answers), answers
