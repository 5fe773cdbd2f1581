"""``flask engine``: what is done, what would be done, and what nothing at all costs."""

from datetime import date
from pathlib import Path

from click.testing import Result
from flask import Flask

from tests.operations.lifecycle.days import Days
from tests.statements import statements
from tests.world import World
from webapp.domain.service.service import Mode
from webapp.models import Event


def engine(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["engine", *words])


def lines(result: Result) -> dict[str, str]:
    told = (line.strip().partition("  ") for line in result.output.splitlines())
    return {label: number for number, _gap, label in told if number not in ("0", "0.00")}


def test_it_says_what_it_did(world: World, days: Days, alice: int, app: Flask) -> None:
    world.card(alice)
    world.service(alice)
    world.service(alice, "manual.example", mode=Mode.MANUAL)
    days.move_to("2026-12-31")
    assert lines(engine(app, "run")) == {"renewed": "1", "reminded of their end": "1", "debits asked for": "1"}
    assert lines(engine(app, "run")) == {}


def test_it_says_what_it_holds_back(world: World, days: Days, alice: int, app: Flask) -> None:
    world.service(alice, mode=Mode.MANUAL)
    days.move_to("2026-12-30")
    engine(app, "run")
    days.move_to("2026-12-31")
    assert "1  not suspended or deleted yet" in engine(app, "run").output


def test_a_plan_counts_and_writes_nothing(world: World, days: Days, alice: int, app: Flask) -> None:
    world.service(alice)
    world.service(alice, "manual.example", mode=Mode.MANUAL, ends_on=date(2027, 1, 31))
    assert lines(engine(app, "plan")) == {}
    planned = {"renew": "1", "remind": "1", "EUR would be billed, tax included": "60.00"}
    assert lines(engine(app, "plan", "--on", "2027-01-05")) == planned and world.all(Event) == []


def test_a_plan_names_the_services_in_a_file(world: World, days: Days, alice: int, app: Flask, tmp_path: Path) -> None:
    world.service(alice)
    world.service(alice, "manual.example", mode=Mode.MANUAL, ends_on=date(2027, 1, 31))
    engine(app, "plan", "--on", "2027-01-05", "--csv", str(tmp_path / "plan.csv"))
    assert (tmp_path / "plan.csv").read_text().splitlines() == [
        "service,day,step,billed,currency",
        "S-shop.example,2026-12-31,renew,60.00,EUR",
        "S-manual.example,2027-01-01,remind,,",
    ]


def test_it_says_how_it_stands(world: World, days: Days, alice: int, app: Flask) -> None:
    world.service(alice)
    days.move_to("2026-12-31")
    assert "1  due by today, 0 of them late" in engine(app, "status").output
    days.run()
    told = engine(app, "status").output
    assert "0  due by today" in told and "1  notices that nobody took" in told
    assert "next due on 2027-01-03." in told


def test_where_nothing_is_due_nothing_is_read_but_that(world: World, days: Days, alice: int, app: Flask) -> None:
    for number in range(20):
        world.service(alice, f"{number}.example")
    with statements(app) as asked:
        assert days.run() == {}
    looked = ("due_on <=", "expires_on <=", "reminded_on <", "outbox.state = 'gathered'")
    assert len(asked) == 5 and all(any(part in each for part in looked) for each in asked)
