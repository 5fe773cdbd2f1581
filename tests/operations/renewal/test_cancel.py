"""Cancelling and undoing at the same moment as somebody else, and beside other things."""

from collections.abc import Callable, Iterable

import pytest
from flask import Flask

from tests.confirming import leaving_looked_at, looked_at, returning_looked_at
from tests.operations.test_races import at_once
from tests.world import World
from webapp.domain.batches.kinds import BatchAction
from webapp.domain.batches.states import RowState
from webapp.domain.events import EventKind
from webapp.domain.listing.table import Table
from webapp.domain.receipts import proof
from webapp.models import BatchRow, Event, Receipt, Service
from webapp.operations.batches.begin import begin
from webapp.operations.batches.decide import confirm
from webapp.operations.batches.pace import carry_on
from webapp.operations.batches.work import work
from webapp.operations.listing.matching import Viewer
from webapp.operations.renewal.cancel import cancel_service
from webapp.operations.renewal.configure import configure_renewal
from webapp.operations.renewal.declare import Declared
from webapp.operations.renewal.undo import undo_cancellation
from webapp.wiring import desk_of, now

PEOPLE = 6
Act = Callable[[], object]


@pytest.fixture
def alice(world: World) -> int:
    """A hosting, its domain and its mail."""
    key = world.account("Alice")
    world.card(key)
    for family in ("hosting", "domain", "email"):
        world.service(key, "shop.example", family=family, reference=f"S-{family}")
    return key


def cancelling(app: Flask, by: int, reference: str, together: Iterable[str] = ()) -> Act:
    with app.app_context():
        command = leaving_looked_at(reference, desk_of(by), together)
    return lambda: cancel_service(command, desk_of(by))


def undoing(app: Flask, by: int, reference: str) -> Act:
    with app.app_context():
        command = returning_looked_at(reference, desk_of(by))
    return lambda: undo_cancellation(command, desk_of(by))


def proven(world: World) -> None:
    """Every change has its version, and every receipt says exactly what its events say."""
    events, services = world.all(Event), {service.id: service for service in world.all(Service)}
    for key, service in services.items():
        assert service.version == 1 + len([event for event in events if event.service_id == key])
    for receipt in world.all(Receipt):
        told = [(services[each.service_id].reference, each.facts) for each in events if each.receipt_id == receipt.id]
        assert told
        assert receipt.fingerprint == proof(receipt.kind, receipt.at, told)


def test_pressed_many_times_at_once_it_is_cancelled_once(app: Flask, world: World, alice: int) -> None:
    press = cancelling(app, alice, "S-hosting", ["S-domain"])
    answers = at_once(app, *[press] * PEOPLE)
    (receipt,) = world.all(Receipt)
    assert {each.receipt for each in answers} == {receipt.code}
    assert sorted(each.new for each in answers) == [False] * (PEOPLE - 1) + [True]
    assert len(world.all(Event)) == 2
    proven(world)
    answers = at_once(app, *[undoing(app, alice, "S-hosting")] * PEOPLE)
    assert len({each.receipt for each in answers}) == 1
    assert len(world.all(Event)) == 4
    proven(world)


def test_tabs_that_name_each_other_do_not_wait_for_ever(app: Flask, world: World, alice: int) -> None:
    references = ["S-hosting", "S-domain", "S-email"]
    tabs = [cancelling(app, alice, each, set(references) - {each}) for each in references]
    answers = at_once(app, *tabs)
    assert [answer.new for answer in answers if isinstance(answer, Declared)].count(True) == 1
    assert len(world.all(Event)) == 3
    proven(world)


def test_cancelling_beside_configuring_and_undoing(app: Flask, world: World, alice: int) -> None:
    with app.app_context():
        command = looked_at("S-hosting", "manual", desk_of(alice))
    cancel = cancelling(app, alice, "S-hosting")
    at_once(app, cancel, lambda: configure_renewal(command, desk_of(alice)))
    assert len(world.all(Event)) == 1
    proven(world)


def test_cancelling_beside_a_batch_that_cancels(app: Flask, world: World, alice: int) -> None:
    for number in range(60):
        world.service(alice, f"srv-{number}")
    with app.app_context():
        viewer = Viewer(desk_of(alice), "none", now().date(), ())
        batch = begin(BatchAction.CANCEL, Table(), viewer)
        carry_on(batch, desk_of, seconds=60, rest=lambda took: None)
        confirm(batch, (), viewer.desk)
    singles = [cancelling(app, alice, f"S-srv-{number}") for number in range(0, 60, 10)]
    at_once(app, lambda: carry_on(batch, desk_of, seconds=60), *singles)
    assert {service.cancels_on is None for service in world.all(Service)} == {False}
    done = [row for row in world.all(BatchRow) if row.state is RowState.DONE]
    assert len(world.all(Event)) == len(world.all(Service)) == len(done) + len(world.all(Receipt)) - 1
    proven(world)


def test_a_batch_that_was_interrupted_seals_one_receipt_over_everything(app: Flask, world: World, alice: int) -> None:
    for number in range(30):
        world.service(alice, f"srv-{number}")
    with app.app_context():
        viewer = Viewer(desk_of(alice), "none", now().date(), ())
        batch = begin(BatchAction.CANCEL, Table(), viewer)
        carry_on(batch, desk_of, seconds=60, rest=lambda took: None)
        confirm(batch, (), viewer.desk)
        assert work(batch, desk_of, 10)
        assert [receipt.fingerprint for receipt in world.all(Receipt)] == [""]
        while work(batch, desk_of, 10):
            pass
    assert len([event for event in world.all(Event) if event.kind is EventKind.CANCELLED]) == 33
    proven(world)
