"""One’s own days: reminded on each of them once, beside what the contract demands, however late the engine runs."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from tests.markup import found, post, said
from tests.operations.lifecycle.days import Days
from tests.provider import Till
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.domain.own_days import FARTHEST, MOST, ends, read_days
from webapp.domain.refusals import Refused
from webapp.domain.service.service import Availability, Mode
from webapp.models import Notifications, Outbox

PAGE = "/account/notifications"
OWN = ("own-ends", "own-renewals", "contact-told")


@pytest.fixture
def days(app: Flask, clock: FixedClock, till: Till) -> Days:
    return Days(app, clock, till)


@pytest.fixture
def alice(world: World) -> int:
    return world.account("Alice")


def choose(client: FlaskClient, days: str, **more: object) -> None:
    assert post(client, PAGE, {"days": days, **more}).location == PAGE


def told(world: World, account: int) -> list[tuple[str, str, list[str]]]:
    """Day, kind, and names of what is told on own days."""
    return [
        (str(each.created_at.date()), each.kind, [service["name"] for service in each.facts["services"]])
        for each in world.all(Outbox)
        if each.account_id == account and each.kind in OWN
    ]


def live(days: Days, first: str, last: str) -> None:
    day, end = date.fromisoformat(first), date.fromisoformat(last)
    while day <= end:
        days.move_to(day)
        days.run()
        days.run()
        day += timedelta(days=1)


def test_each_is_told_once_of_what_ends_and_of_what_renews(world: World, days: Days, alice: int) -> None:
    choose(world.client(alice), "45, 10")
    world.card(alice)
    world.service(alice, mode=Mode.MANUAL, ends_on=date(2027, 1, 31))
    world.service(alice, "auto.example", ends_on=date(2027, 1, 31))
    live(days, "2026-12-10", "2027-01-30")
    assert told(world, alice) == [
        ("2026-12-17", "own-ends", ["shop.example"]),
        ("2026-12-17", "own-renewals", ["auto.example"]),
        ("2027-01-21", "own-ends", ["shop.example"]),
        ("2027-01-21", "own-renewals", ["auto.example"]),
    ]
    renewals = [each for each in world.all(Outbox) if each.kind == "own-renewals"]
    assert {each.facts["debited_from"] for each in renewals} == {"Visa 4242"}


def test_what_is_told_anyway_that_day_is_not_told_twice(world: World, days: Days, alice: int) -> None:
    """Thirty days before its end, whoever renews by hand is reminded in any case; on the first, of what renews."""
    choose(world.client(alice), "40, 30, 29")
    world.service(alice, mode=Mode.MANUAL, ends_on=date(2026, 12, 31))
    world.service(alice, "auto.example", ends_on=date(2027, 1, 10), recapped_for=None)
    live(days, "2026-11-25", "2026-12-05")
    assert told(world, alice) == [("2026-12-02", "own-ends", ["shop.example"])]
    assert {"services-expire", "renewals-ahead"} <= {each.kind for each in world.all(Outbox)}


def test_days_that_were_missed_are_made_up_for_once(world: World, days: Days, alice: int) -> None:
    choose(world.client(alice), "60, 50, 40")
    world.service(alice, mode=Mode.MANUAL, ends_on=date(2027, 1, 31))
    days.move_to("2026-12-25")
    for _again in range(3):
        days.run()
    assert told(world, alice) == [("2026-12-25", "own-ends", ["shop.example"])]


def test_what_was_before_they_were_chosen_is_not_told(world: World, days: Days, alice: int) -> None:
    world.service(alice, mode=Mode.MANUAL, ends_on=date(2027, 2, 20))
    days.move_to("2026-12-25")
    choose(world.client(alice), "60, 50")
    days.run()
    assert told(world, alice) == []
    live(days, "2026-12-26", "2027-01-02")
    assert told(world, alice) == [("2027-01-01", "own-ends", ["shop.example"])]


@pytest.mark.parametrize(
    "given_",
    [
        {"cancels_on": date(2026, 12, 31)},
        {"availability": Availability.SUSPENDED, "suspended_on": date(2026, 11, 1)},
        {"availability": Availability.TERMINATED, "mode": None, "period": None, "anchor_day": None},
    ],
)
def test_what_ends_in_any_case_or_has_is_not(
    world: World, days: Days, alice: int, given_: Mapping[str, object]
) -> None:
    choose(world.client(alice), "20")
    world.service(alice, **given_)
    days.move_to("2026-12-11")
    days.run()
    assert told(world, alice) == []


def test_a_contact_is_reminded_as_it_wants_to_be_told_and_not_of_prices(world: World, days: Days, alice: int) -> None:
    bob = world.account("Bob")
    choose(world.client(bob), "20", **{"as": ["technical losses"]})
    world.service(alice, mode=Mode.MANUAL, technical_id=bob)
    world.service(alice, "own.example", mode=Mode.MANUAL, owner_id=bob)
    world.service(alice, "auto.example", technical_id=bob)
    live(days, "2026-12-11", "2026-12-11")
    assert told(world, bob) == [("2026-12-11", "contact-told", ["shop.example"])]
    assert "minor" not in str([each.facts for each in world.all(Outbox) if each.account_id == bob])
    assert told(world, alice) == []


def test_they_end_by_the_link_and_by_leaving_the_field_empty(world: World, days: Days, alice: int) -> None:
    client = world.client(alice)
    choose(client, "20")
    assert found(client.get(PAGE), "#days")["value"] == "20"
    choose(client, " ")
    assert [(each.days, each.reminded_on) for each in world.all(Notifications)] == [([], None)]


@pytest.mark.parametrize("odd", ["soon", "0", "366", "-5", "1,2,3,4,5,6", "45.5", "²", "9" * 50])
def test_what_is_no_day_is_said_beside_the_field_and_nothing_is_lost(world: World, alice: int, odd: str) -> None:
    client = world.client(alice)
    answer = post(client, PAGE, {"days": odd, "wanted": [], "as": ["technical ahead"]})
    assert answer.status_code == 422
    assert "Write numbers with commas between them" in said(answer, "#days-error")
    assert (
        found(answer, "#days")["value"] == odd
        and found(answer, "input[name=as][checked]")["value"] == "technical ahead"
    )
    assert world.all(Notifications) == []


@given(st.text(max_size=40))
def test_whatever_is_typed_is_days_or_refused(text: str) -> None:
    try:
        read = read_days(text)
    except Refused:
        return
    assert len(read) <= MOST and list(read) == sorted(set(read), reverse=True)
    assert all(1 <= day <= FARTHEST for day in read)


@given(
    st.sets(st.integers(1, FARTHEST), max_size=MOST),
    st.lists(st.integers(1, 40), min_size=1, max_size=12),
    st.integers(1, 500),
)
def test_each_day_is_told_once_whenever_the_engine_runs(chosen: set[int], gaps: list[int], ahead: int) -> None:
    """Of runs at any distance: an end is told in the first run at or after each of its days, unless it is over."""
    start = date(2026, 11, 30)
    end, since, runs = start + timedelta(days=ahead), start, []
    for gap in gaps:
        today = since + timedelta(days=gap)
        if any(first <= end <= last for first, last in ends(sorted(chosen), since, today)):
            runs.append(today)
        since = today
    every, moments = set(), [start]
    for gap in gaps:
        moments.append(moments[-1] + timedelta(days=gap))
    for day in chosen:
        due = end - timedelta(days=day)
        run = next((moment for moment in moments[1:] if moment >= due), None)
        if due > start and run and run < end:
            every.add(run)
    assert runs == sorted(every)
