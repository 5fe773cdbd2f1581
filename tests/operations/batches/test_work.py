"""A batch is worked through in pieces, by whoever comes, and nothing of it is done twice."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask

from tests.world import World
from webapp import create_app
from webapp.domain.batches.kinds import BatchAction
from webapp.domain.batches.states import BatchState
from webapp.domain.listing.table import Table
from webapp.models import Batch, BatchRow, Event
from webapp.operations.batches.begin import begin
from webapp.operations.batches.decide import confirm, stop
from webapp.operations.batches.pace import FIRST, carry_on
from webapp.operations.batches.unfinished import carry_on_unfinished
from webapp.operations.batches.work import work
from webapp.operations.desk import Busy
from webapp.operations.lease import hold, let_go
from webapp.operations.listing.matching import Viewer
from webapp.serving import post_worker_init, worker_exit
from webapp.settings import Settings, WorkerKind
from webapp.wiring import desk_of, now
from webapp.worker import Sweep, Worker, start_worker

SIZE = 2 * FIRST + 20


@pytest.fixture
def batch(app: Flask, world: World) -> int:
    """More than one transaction takes, taken and not yet looked at."""
    alice = world.account("Alice")
    for number in range(SIZE):
        world.service(alice, f"srv-{number}")
    with app.app_context():
        desk = desk_of(alice)
        viewer = Viewer(desk, "none", now().date(), ())
        return begin(BatchAction.DISABLE_AUTOMATIC, Table(), viewer)


def states(world: World) -> dict[str, int]:
    rows = [str(row.state) for row in world.all(BatchRow)]
    return {state: rows.count(state) for state in sorted(set(rows))}


def test_it_stops_when_its_time_is_over_and_goes_on_where_it_stood(app: Flask, world: World, batch: int) -> None:
    rests: list[float] = []
    with app.app_context():
        assert carry_on(batch, desk_of, seconds=0, rest=rests.append)
        assert states(world) == {"new": SIZE - FIRST, "planned": FIRST}
        assert not carry_on(batch, desk_of, seconds=60, rest=rests.append)
    assert world.get(Batch, batch).state is BatchState.PREVIEW
    assert all(took > 0 for took in rests)
    assert bool(rests) == (app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"))


def test_a_batch_that_waits_for_its_owner_is_not_worked_on(app: Flask, world: World, batch: int) -> None:
    with app.app_context():
        carry_on(batch, desk_of, seconds=60)
        assert not work(batch, desk_of, 10)
        assert not carry_on_unfinished(desk_of)
        assert not work(batch + 1, desk_of, 10)
    assert states(world) == {"planned": SIZE}


def test_the_rest_can_be_stopped(app: Flask, world: World, batch: int) -> None:
    with app.app_context():
        carry_on(batch, desk_of, seconds=60)
        confirm(batch, (), desk_of(1))
        work(batch, desk_of, 7)
        stop(batch, desk_of(1))
        assert not work(batch, desk_of, 7)
    assert states(world) == {"done": 7, "stopped": SIZE - 7}
    assert len(world.all(Event)) == 7
    assert world.get(Batch, batch).state is BatchState.STOPPED


def test_a_row_is_never_done_twice_whatever_its_state_says(app: Flask, world: World, batch: int) -> None:
    """The event's key keeps it, should anyone ever set a row back."""
    with app.app_context():
        carry_on(batch, desk_of, seconds=60)
        confirm(batch, (), desk_of(1))
        carry_on(batch, desk_of, seconds=60)
        assert {(event.batch_id, event.account_id) for event in world.all(Event)} == {(batch, 1)}
        index = next(each for each in Event.__table__.indexes if each.name == "uq_event_batch")  # type: ignore[attr-defined]
        assert index.unique and [column.name for column in index.columns] == ["batch_id", "service_id"]


def test_the_lease_is_held_by_one(app: Flask, world: World) -> None:
    instant, lasting = world.now(), timedelta(seconds=30)
    with app.app_context():
        assert hold("x", "one", now=instant, lasting=lasting)
        assert hold("x", "one", now=instant, lasting=lasting)
        assert not hold("x", "two", now=instant, lasting=lasting)
        assert hold("y", "two", now=instant, lasting=lasting)
        assert hold("x", "two", now=instant + timedelta(seconds=31), lasting=lasting)
        assert not hold("x", "one", now=instant + timedelta(seconds=31), lasting=lasting)
        let_go("x", "two")
        assert hold("x", "one", now=instant + timedelta(seconds=32), lasting=lasting)


def test_the_worker_carries_on_what_is_unfinished(app: Flask, world: World, batch: int) -> None:
    first, second = Worker(app), Worker(app)
    with app.app_context():
        while first.turn():
            pass
        assert world.get(Batch, batch).state is BatchState.PREVIEW
        confirm(batch, (), desk_of(1))
        assert not second.turn()
        assert states(world) == {"planned": SIZE}
        while first.turn():
            pass
    assert states(world) == {"done": SIZE}
    assert len(world.all(Event)) == SIZE


def test_a_fault_of_one_sweep_keeps_no_other_from_its_work(app: Flask) -> None:
    done = []

    def fail() -> bool:
        raise ZeroDivisionError

    def note() -> bool:
        done.append(1)
        return False

    app.logger.disabled = True
    worker = Worker(app, [Sweep("bad", timedelta(0), fail), Sweep("good", timedelta(hours=1), note)])
    with app.app_context():
        assert not worker.turn() and not worker.turn()
    app.logger.disabled = False
    assert done == [1]


def test_a_sweep_that_the_database_was_too_busy_for_has_its_turn_next(app: Flask) -> None:
    done: list[int] = []

    def write() -> bool:
        done.append(1)
        if len(done) == 1:
            raise Busy
        return False

    worker = Worker(app, [Sweep("writing", timedelta(hours=1), write)])
    with app.app_context():
        assert not worker.turn() and not worker.turn() and not worker.turn()
    assert done == [1, 1]


def test_the_thread_ends_when_it_is_told_to_and_lets_go(app: Flask, world: World) -> None:
    worker: Worker

    def end() -> bool:
        worker.end()
        return False

    worker = Worker(app, [Sweep("end", timedelta(0), end)])
    worker.run()
    with app.app_context():
        assert hold("worker", "next", now=now(), lasting=timedelta(seconds=1))


def test_the_settings_decide_whether_there_is_a_thread(app: Flask, tmp_path: Path) -> None:
    assert start_worker(create_app(Settings(var=tmp_path, worker=WorkerKind.NONE))) is None
    worker = start_worker(app)
    assert worker is not None
    worker.end()
    worker.join()


def test_the_server_starts_it_after_the_fork_and_ends_it(app: Flask, world: World) -> None:
    process = SimpleNamespace(wsgi=app, pid=1)
    post_worker_init(process)
    worker_exit(None, process)
    worker_exit(None, process)
    with app.app_context():
        assert hold("worker", "next", now=now(), lasting=timedelta(seconds=1))
