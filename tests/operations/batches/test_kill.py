"""The worker is killed in the middle of its work, again and again: what remains is what an undisturbed run leaves."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import delete, func, insert, select

from tests.schemas import schema_of_its_own
from tests.world import World
from webapp import create_app
from webapp.domain.batches.kinds import BatchAction
from webapp.domain.batches.states import BatchState, RowState
from webapp.domain.listing.table import Table
from webapp.domain.service.service import Mode
from webapp.extensions import db
from webapp.models import Batch, BatchRow, Event, Lease, Listing, Receipt, Service
from webapp.operations.batches.begin import begin
from webapp.operations.batches.decide import confirm
from webapp.operations.batches.pace import carry_on
from webapp.operations.listing.matching import Viewer
from webapp.operations.projection import project
from webapp.settings import Settings
from webapp.wiring import desk_of, now, rules

ROOT = Path(__file__).parents[3]
SIZE = 2000
ACTIONS = (BatchAction.CANCEL, BatchAction.DISABLE_AUTOMATIC)
"""In turns; the first one leaves a receipt as well."""
KILLS = 3
"""While one batch is looked through and carried out."""
LATE = timedelta(days=300)
PATIENCE = 60.0
"""Seconds that a worker may take until it has done some rows."""


@pytest.fixture
def schema(database_url: str, tmp_path: Path) -> str:
    return schema_of_its_own("killing", database_url, tmp_path)


def inventory(app: Flask) -> int:
    """Two thousand services of Alice; every seventh is manual already, every eleventh has a bill to pay.

    They end so late that the worker, which goes by the real day, has nothing to remind of.
    """
    world = World(app)
    alice = world.account("Alice")
    with app.app_context():
        ends_on = now().date() + LATE
    key = world.service(alice, "srv-0", ends_on=ends_on, anchor_day=ends_on.day)
    columns = [column.name for column in Service.__table__.columns if column.name != "id"]
    row = world.get(Service, key)
    pattern = {name: getattr(row, name) for name in columns}
    with app.app_context():
        rows = [pattern | _differing(number) for number in range(1, SIZE)]
        db.session.execute(insert(Service), rows)
        ids = db.session.scalars(select(Service.id)).all()
        project(db.session(), ids, rules=rules(), now=now())
        db.session.commit()
    return alice


def _differing(number: int) -> dict[str, Any]:
    name = f"srv-{number}"
    values: dict[str, Any] = {"reference": f"S-{name}", "name": name, "folded_name": name}
    if number % 7 == 0:
        values["mode"] = Mode.MANUAL
    if number % 11 == 0:
        values |= {"amount_due_minor": 100, "billed_on": now().date()}
    return values


def begun(account_id: int, action: BatchAction) -> int:
    viewer = Viewer(desk_of(account_id), "none", now().date(), ())
    return begin(action, Table(), viewer)


def left(app: Flask) -> list[object]:
    """Everything that a batch writes, but for the instants."""
    with app.app_context():
        rows = (
            select(Service.reference, Service.mode, Service.version, Service.price_minor, Service.cancels_on).order_by(
                Service.reference
            ),
            select(Listing.service_id, Listing.status, Listing.mode, Listing.effective_on).order_by(Listing.service_id),
            select(
                Event.service_id, Event.kind, Event.rules, Event.batch_id, Event.receipt_id, Event.account_id
            ).order_by(Event.service_id),
            select(Receipt.batch_id, Receipt.kind, Receipt.fingerprint != ""),
            select(BatchRow.service_id, BatchRow.state, BatchRow.reason, BatchRow.version).order_by(
                BatchRow.service_id
            ),
            select(Batch.state, Batch.size),
        )
        return [[tuple(row) for row in db.session.execute(query)] for query in rows]


def undisturbed(folder: Path, action: BatchAction) -> list[object]:
    app = create_app(Settings(var=folder))
    with app.app_context():
        upgrade()
    alice = inventory(app)
    with app.app_context():
        batch = begun(alice, action)
        carry_on(batch, desk_of, seconds=PATIENCE, rest=lambda took: None)
        confirm(batch, (), desk_of(alice))
        carry_on(batch, desk_of, seconds=PATIENCE, rest=lambda took: None)
    return left(app)


@contextmanager
def worker(app: Flask, var: Path, url: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of its own, which is killed at the end; what it held is free, as it is once the lease has run out."""
    environ = os.environ | {"ECHEANCE_VAR": str(var), "ECHEANCE_DATABASE_URL": url}
    words = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
    with subprocess.Popen(words, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
    with app.app_context():
        db.session.execute(delete(Lease))
        db.session.commit()


def waited(app: Flask, batch: int, until: int) -> int:
    """How many rows of its present step are done, once that many are, or the step is over."""
    end = time.monotonic() + PATIENCE
    while True:
        with app.app_context():
            state = db.session.scalar(select(Batch.state).where(Batch.id == batch))
            source = RowState.NEW if state is BatchState.JUDGING else RowState.PLANNED
            rows = (BatchRow.batch_id == batch, BatchRow.state == source)
            todo = db.session.scalar(select(func.count()).select_from(BatchRow).where(*rows)) or 0
        if state not in (BatchState.JUDGING, BatchState.RUNNING) or SIZE - todo >= until:
            return SIZE - todo
        assert time.monotonic() < end, f"{todo} rows are left"
        time.sleep(0.005)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """As many runs as it takes to kill so often."""
    metafunc.parametrize("run", range(-(-metafunc.config.getoption("--kills") // KILLS)))


def test_being_killed_changes_nothing(tmp_path: Path, schema: str, run: int) -> None:
    chance, action = random.Random(run), ACTIONS[run % len(ACTIONS)]
    var = tmp_path / "killed"
    app = create_app(Settings(var=var, database_url=schema))
    with app.app_context():
        upgrade()
    alice = inventory(app)
    with app.app_context():
        batch = begun(alice, action)
    interrupted = 0
    for number in range(KILLS):
        with worker(app, var, schema):
            waited(app, batch, chance.randrange(1, SIZE) if number else 1)
            time.sleep(chance.random() * 0.1 if number else 0)
        interrupted += waited(app, batch, 0) < SIZE
        with app.app_context():
            confirm(batch, (), desk_of(alice))
    assert interrupted
    with worker(app, var, schema):
        for _step in range(2):
            waited(app, batch, SIZE + 1)
            with app.app_context():
                confirm(batch, (), desk_of(alice))
    assert left(app) == undisturbed(tmp_path / "undisturbed", action)
    with app.app_context():
        db.engine.dispose()
