"""Whoever looks at the demo lets days pass, and sees what happens on them; in production the day is what it is."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from tests.conftest import NOON
from tests.markup import found, post, said
from tests.world import MONTH, World
from webapp import create_app
from webapp.adapters import Adapters
from webapp.adapters.clock import FixedClock, MovableClock
from webapp.adapters.mail.folder import MailFolder
from webapp.domain.service.service import Mode
from webapp.extensions import db
from webapp.models import Event, Outbox
from webapp.settings import Settings
from webapp.worker import SWEEPS, Worker


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[World]:
    """An installation whose day may be moved; Alice holds two services."""
    clock = MovableClock(tmp_path / "clock", FixedClock(NOON))
    mail = MailFolder(tmp_path / "mail")
    app: Flask = create_app(Settings(var=tmp_path), Adapters(clock, None, FixedClock(NOON), mail))
    app.testing = True
    with app.app_context():
        db.create_all()
    world = World(app)
    alice = world.account("Alice")
    world.service(alice, "manual.example", mode=Mode.MANUAL)
    world.service(alice, "monthly.example", period=MONTH, price_minor=500, ends_on=date(2026, 11, 30), anchor_day=30)
    yield world
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def pass_days(world: World) -> None:
    clock = MovableClock(world.app.extensions["echeance"].settings.var / "clock", FixedClock(NOON))
    Worker(world.app, [sweep for sweep in SWEEPS if sweep.name == "days"]).run(lambda: clock.days == clock.wanted)


@pytest.mark.parametrize(
    ("button", "day"), [("day", "24 Nov"), ("week", "30 Nov"), ("month", "23 Dec"), ("next", "30 Nov")]
)
def test_each_button_leads_so_far(demo: World, button: str, day: str) -> None:
    alice = demo.client(1)
    assert said(alice.get("/services"), ".clock").startswith("In this demo it is 23 Nov 2026 .")
    sent = post(alice, "/clock", {f"action.{button}": "", "next": "/invoices"})
    shown = alice.get(sent.location)
    assert "more day" in said(shown, "#days") and found(shown, "#days")["hx-get"] == "/clock?next=/invoices"
    pass_days(demo)
    shown = alice.get(sent.location)
    assert said(shown, "#days").startswith(f"{day} 2026 All that was due up to this day has happened.")
    assert found(shown, "#days a")["href"] == "/invoices"


def test_who_lets_more_days_pass_meanwhile_goes_back_to_where_they_were(demo: World) -> None:
    alice = demo.client(1)
    where = post(alice, "/clock", {"action.week": "", "next": "/invoices?state=open"}).location
    again = found(alice.get(where), ".clock input[name=next]")["value"]
    assert post(alice, "/clock", {"action.week": "", "next": again}).location == where


def test_what_is_due_on_the_way_happens_on_its_day(demo: World) -> None:
    post(demo.client(1), "/clock", {"action.month": ""})
    pass_days(demo)
    happened = [(event.kind.value, str(event.at.date())) for event in demo.all(Event)]
    assert happened == [
        ("billed", "2026-11-30"),
        ("reminded", "2026-12-01"),
        ("asked-again", "2026-12-03"),
        ("asked-again", "2026-12-05"),
        ("asked-again", "2026-12-07"),
        ("suspended", "2026-12-07"),
        ("reminded", "2026-12-16"),
    ]
    assert {message.state.value for message in demo.all(Outbox)} == {"done"}


@pytest.mark.parametrize("sent", [{}, {"action.year": ""}, {"action": "day", "next": "https://elsewhere.example"}])
def test_nothing_else_moves_it_and_nobody_is_led_away(demo: World, sent: dict[str, str]) -> None:
    alice = demo.client(1)
    answer = post(alice, "/clock", sent)
    assert answer.location == "/clock?next=/services"


def test_where_the_day_is_what_it_is_there_is_no_such_page(world: World) -> None:
    alice = world.client(world.account("Alice"))
    assert alice.get("/clock").status_code == post(alice, "/clock").status_code == 404
    assert b"/clock" not in alice.get("/services").data


def test_the_command_lets_days_pass(demo: World) -> None:
    def run(*words: str) -> Result:
        return demo.app.test_cli_runner().invoke(args=["clock", *words])

    assert "24 days" not in run("show").output and "0 days ahead" in run("show").output
    assert run("advance", "P10D").output.endswith("2026-12-03: everything that was due has happened.\n")
    assert "2026-12-24: everything" in run("advance", "--to", "2026-12-24").output
    assert len(demo.all(Event)) > 3
    for words in (
        ["advance"],
        ["advance", "P1D", "--to", "2027-01-01"],
        ["advance", "soon"],
        ["advance", "--to", "2026-01-01"],
    ):
        assert run(*words).exit_code == 2, words


def test_in_production_the_command_refuses(app: Flask) -> None:
    assert "the day is what it is" in app.test_cli_runner().invoke(args=["clock", "show"]).output


def test_the_clock_goes_on_from_its_file_and_never_back(tmp_path: Path) -> None:
    base = FixedClock(datetime(2026, 11, 23, tzinfo=UTC))
    clock, other = (MovableClock(tmp_path / "clock", base) for _number in range(2))
    assert not clock.step() and clock.now() == base.now()
    clock.want(2)
    clock.want(1)
    assert [other.step() for _time in range(3)] == [True, True, False]
    assert clock.now() == base.now() + timedelta(days=2) and (clock.days, clock.wanted) == (2, 2)
