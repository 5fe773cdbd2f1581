"""What two people, two processes or a crash can do to one service."""

import pytest
from flask import Flask

from tests.confirming import looked_at
from tests.operations.test_races import PEOPLE, at_once
from tests.world import World
from webapp.domain.refusals import Refused
from webapp.models import Event, Service
from webapp.operations.case import NoSuchService
from webapp.operations.change import ChangedMeanwhile
from webapp.operations.renewal.configure import ConfigureRenewal, configure_renewal
from webapp.operations.transaction import writing
from webapp.wiring import desk_of


@pytest.fixture
def alice(world: World) -> int:
    key = world.account("Alice")
    world.card(key)
    world.service(key)
    return key


def command(app: Flask, choice: str, by: int) -> ConfigureRenewal:
    with app.app_context():
        return looked_at("S-shop.example", choice, desk_of(by))


def configure(app: Flask, asked: ConfigureRenewal, by: int) -> str:
    with app.app_context():
        try:
            return "done" if configure_renewal(asked, desk_of(by)) else "same"
        except ChangedMeanwhile:
            return "told"


def test_of_many_at_once_one_wins_and_the_others_are_told(app: Flask, world: World, alice: int) -> None:
    seen = [command(app, choice, alice) for choice in ("manual", "P1M")] * (PEOPLE // 2)
    answers = at_once(app, *[lambda asked=asked: configure(app, asked, alice) for asked in seen])
    assert answers.count("done") == 1
    assert set(answers) <= {"done", "told", "same"}
    assert len(world.all(Event)) == 1
    assert world.get(Service, 1).version == 2


def test_what_is_refused_under_the_lock_leaves_nothing_behind(app: Flask, world: World, alice: int) -> None:
    with pytest.raises(Refused):
        configure(app, command(app, "weekly", alice), alice)
    assert world.get(Service, 1).version == 1


def test_a_stranger_finds_nothing_to_lock(app: Flask, world: World, alice: int) -> None:
    with pytest.raises(NoSuchService):
        configure(app, command(app, "manual", alice), world.account("Charlie"))
    assert world.get(Service, 1).version == 1


def test_a_transaction_that_fails_leaves_nothing_behind(app: Flask, world: World, alice: int) -> None:
    class Crash(Exception):
        pass

    with app.app_context(), pytest.raises(Crash), writing() as session:
        session.get_one(Service, 1).version = 99
        session.flush()
        raise Crash
    assert world.get(Service, 1).version == 1
