"""Several engines at once, and engines that end in the middle: nothing is done twice, nothing is left out."""

from collections import Counter
from datetime import date

import pytest
from flask import Flask

from tests.operations.lifecycle.days import Days
from tests.operations.test_races import at_once
from tests.provider import Killed
from tests.world import World
from webapp.domain.actors import DAYS
from webapp.domain.billing.quote import Item
from webapp.domain.service.service import Mode
from webapp.models import Event, Invoice, Outbox, SetAside, Term
from webapp.operations.change import Held
from webapp.operations.lifecycle import renew as renewing
from webapp.operations.lifecycle.engine import run
from webapp.wiring import desk_for

PAYERS, EACH = 4, 3


def status(days: Days) -> str:
    return days.app.test_cli_runner().invoke(args=["engine", "status"]).output


@pytest.fixture
def payers(world: World) -> list[int]:
    """Each with some services that renew by themselves at the end of the year, and one that does not."""
    accounts = [world.account(f"Payer{number}") for number in range(PAYERS)]
    for account in accounts:
        world.card(account)
        for number in range(EACH):
            world.service(account, f"{account}-{number}.example")
        world.service(account, f"{account}.example", mode=Mode.MANUAL)
    return accounts


def require_once(world: World, days: Days) -> None:
    assert len(world.all(Invoice)) == PAYERS and days.till.taken == PAYERS * EACH * 6000
    assert sum(term.starts_on == date(2026, 12, 31) for term in world.all(Term)) == PAYERS * EACH
    kinds = Counter(event.kind.value for event in world.all(Event))
    assert kinds == {"billed": PAYERS * EACH, "bill-paid": PAYERS * EACH, "reminded": PAYERS}
    assert Counter(message.kind for message in world.all(Outbox)) == {"services-expire": PAYERS, "bill-settled": PAYERS}
    assert days.differences() == []


def test_three_engines_at_once(world: World, days: Days, payers: list[int], app: Flask) -> None:
    days.move_to("2026-12-31")
    done = at_once(app, *[lambda: run(desk_for(DAYS), days.till).steps] * 3)
    assert payers and sum(done, Counter()).total() == PAYERS * (EACH + 1)
    require_once(world, days)


def test_an_engine_that_is_killed_while_the_provider_is_asked(world: World, days: Days, payers: list[int]) -> None:
    """What was written down is asked about by the worker, and nothing is debited by another name."""
    days.move_to("2026-12-31")
    days.till.killing = True
    with pytest.raises(Killed):
        days.run()
    days.till.killing = False
    assert payers and days.run().total() <= PAYERS * (EACH + 1)
    days.ask_again()
    require_once(world, days)


def test_one_that_fails_stops_no_other_one_and_is_tried_again(
    world: World, days: Days, payers: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    price, broken = renewing.price_of, f"S-{payers[1]}-1.example"

    def fail(held: Held) -> Item:
        if held.case.service.reference == broken:
            raise ValueError("no such price")
        return price(held)

    days.move_to("2026-12-31")
    monkeypatch.setattr(renewing, "price_of", fail)
    with days.app.app_context():
        done = run(desk_for(DAYS), days.till)
    assert len(done.failed) == 1 and done.steps.total() == PAYERS * (EACH + 1) - 1
    monkeypatch.undo()
    (aside,) = world.all(SetAside)
    assert (aside.tries, aside.reason) == (1, "ValueError: no such price")
    assert "tried 1 times, again from 2026-12-31 13:00 UTC: ValueError: no such price" in status(days)
    assert days.run() == {} and "1  set aside" in status(days)
    days.move_to("2026-12-31", hour=14)
    assert days.run() == {"renew": 1} and world.all(SetAside) == [] and "0  set aside" in status(days)
    assert days.run() == {} and days.differences() == []
