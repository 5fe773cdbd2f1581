"""Banks take days over what they debit, and those of the demo's days are taken for theirs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.demo.conftest import NOON
from tests.sandbox.provider import Sandbox
from tests.world import MONTH, World
from webapp import create_app
from webapp.adapters import Adapters
from webapp.adapters.clock import FixedClock, MovableClock
from webapp.adapters.mail.folder import MailFolder
from webapp.demo.till import SLOW, Till
from webapp.demo.transfers import hand_over
from webapp.demo.year import let_pass
from webapp.domain.actors import DAYS
from webapp.domain.billing.payment import Standing
from webapp.extensions import db
from webapp.models import Attempt, Service
from webapp.settings import Settings
from webapp.wiring import desk_for
from webapp.worker import SWEEPS, Worker, tell


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    return Sandbox(tmp_path, NOON.timestamp())


@pytest.fixture
def clock(tmp_path: Path) -> MovableClock:
    return MovableClock(tmp_path / "clock", FixedClock(NOON))


@pytest.fixture
def world(tmp_path: Path, sandbox: Sandbox, clock: MovableClock) -> Iterator[World]:
    """Alice's account is debited, which takes days; her hosting renews today."""
    mail = MailFolder(tmp_path / "mail")
    app: Flask = create_app(Settings(var=tmp_path), Adapters(clock, sandbox.provider, FixedClock(NOON), mail))
    with app.app_context():
        db.create_all()
    world = World(app)
    alice = world.account("Alice")
    world.card(alice, reference=SLOW)
    world.service(alice, period=MONTH, price_minor=500, ends_on=NOON.date(), anchor_day=NOON.day)
    yield world
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def pass_days(world: World, clock: MovableClock, number: int) -> None:
    clock.want(number)
    Worker(world.app, [each for each in SWEEPS if each.name == "days"]).run(lambda: clock.days == clock.wanted)


def stand(world: World) -> list[tuple[str, str]]:
    return [(attempt.provider, attempt.state.value) for attempt in world.all(Attempt)]


def test_what_was_on_its_way_goes_on_at_the_sandbox(world: World, sandbox: Sandbox, clock: MovableClock) -> None:
    with world.app.app_context():
        let_pass(desk_for(DAYS), Till(Standing.SUCCEEDED), tell)
    assert stand(world) == [("demo", "pending")]
    for _once_more in range(2):
        with world.app.app_context():
            hand_over(sandbox.books.on_its_way, "sandbox")
    pass_days(world, clock, 2)
    assert stand(world) == [("sandbox", "pending")] and world.all(Service)[0].amount_due_minor
    pass_days(world, clock, 1)
    assert stand(world) == [("sandbox", "succeeded")] and not world.all(Service)[0].amount_due_minor


def test_a_debit_arrives_while_days_pass(world: World, clock: MovableClock) -> None:
    pass_days(world, clock, 1)
    assert stand(world) == [("sandbox", "pending")]
    pass_days(world, clock, 1)
    assert stand(world) == [("sandbox", "succeeded")]


def test_where_the_sandbox_is_away_days_pass_all_the_same(world: World, sandbox: Sandbox, clock: MovableClock) -> None:
    pass_days(world, clock, 1)
    sandbox.http.broken = True
    pass_days(world, clock, 1)
    assert clock.days == 2 and stand(world) == [("sandbox", "pending")]
