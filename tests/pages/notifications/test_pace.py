"""How many mails: one for each service, one for each matter, or what can wait once a day or a week."""

from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tests.mailbox import mailbox
from tests.markup import found, post, said, soup
from tests.messages.samples import MESSAGES
from tests.operations.lifecycle.days import Days
from tests.pages.notifications.test_further import tell_everything
from tests.provider import Till
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.domain.messages import MOST_NAMED, NOTICES, ServicesExpire
from webapp.domain.pace import CAN_WAIT, Pace, digest_due, parted
from webapp.domain.service.service import Mode
from webapp.domain.topics import OPTIONAL, TOPICS
from webapp.models import Account, Outbox, PaymentMethod

PAGE = "/account/notifications"
ALICE = "alice@people.example"
KEPT = {"wanted": ["paid"], "as": ["owner losses", "owner ahead", "admin losses"]}


@pytest.fixture
def days(app: Flask, clock: FixedClock, till: Till) -> Days:
    return Days(app, clock, till)


@pytest.fixture
def alice(world: World) -> int:
    return world.account("Alice")


def choose(world: World, account: int, pace: str, **more: object) -> None:
    assert post(world.client(account), PAGE, {**KEPT, "pace": pace, **more}).location == PAGE


def test_one_mail_for_each_service_names_it(app: Flask, world: World, days: Days, alice: int) -> None:
    choose(world, alice, "each")
    for number in range(3):
        world.service(alice, f"{number}.example", mode=Mode.MANUAL)
    days.come("2026-12-01")
    assert {str(mail["Subject"]).partition(" ")[0] for mail in mailbox(app, ALICE)} == {
        "0.example",
        "1.example",
        "2.example",
    }


def test_of_very_many_services_one_mail_comes_all_the_same() -> None:
    told = next(message for message in MESSAGES if isinstance(message, ServicesExpire))
    few = ServicesExpire(told.on, told.services * MOST_NAMED)
    many = ServicesExpire(told.on, told.services * (MOST_NAMED + 1))
    assert len(parted(few, Pace.EACH)) == MOST_NAMED and parted(many, Pace.EACH) == [many]
    assert parted(few, Pace.TOGETHER) == [few]


def settle(world: World, days: Days, account: int, *each: str) -> None:
    """Bills are paid on these days."""
    if not world.all(PaymentMethod):
        world.card(account)
    for day in each:
        world.service(account, f"{day}.example", ends_on=date.fromisoformat(day), anchor_day=int(day[-2:]))
    for day in each:
        days.come(day)
        days.mail()


def test_what_can_wait_comes_in_one_mail_the_day_after(app: Flask, world: World, days: Days, alice: int) -> None:
    choose(world, alice, "daily")
    settle(world, days, alice, "2026-12-01")
    assert {each.kind: each.state.value for each in world.all(Outbox)} == {"bill-settled": "gathered"}
    assert mailbox(app, ALICE) == []
    seen = said(world.client(alice).get("/account/mails"), "main tbody tr")
    assert "Waits for the next digest" in seen
    days.come("2026-12-02")
    (mail,) = mailbox(app, ALICE)
    assert mail["Subject"] == "1 thing has happened to your services"
    body = str(mail.get_body(("plain",)).get_content())  # type: ignore[union-attr]
    assert "2026-12-01.example was renewed" in " ".join(body.split()) and mail["List-Unsubscribe"]
    assert {each.state.value for each in world.all(Outbox)} == {"done"}
    days.come("2026-12-03")
    assert len(mailbox(app, ALICE)) == 1


def test_a_week_ends_with_its_monday(app: Flask, world: World, days: Days, alice: int) -> None:
    choose(world, alice, "weekly")
    settle(world, days, alice, "2026-12-01", "2026-12-03", "2026-12-06")
    assert mailbox(app, ALICE) == []
    days.come("2026-12-07")
    (mail,) = mailbox(app, ALICE)
    assert mail["Subject"] == "3 things have happened to your services"


def test_what_waits_comes_at_once_where_nothing_is_to_wait_any_more(
    app: Flask, world: World, days: Days, alice: int
) -> None:
    choose(world, alice, "weekly")
    settle(world, days, alice, "2026-12-01")
    choose(world, alice, "together")
    days.run()
    days.mail()
    assert [each["Subject"] for each in mailbox(app, ALICE)] == ["1 thing has happened to your services"]


@pytest.mark.parametrize("pace", ["daily", "weekly"])
def test_nothing_that_has_to_be_told_waits(app: Flask, world: World, alice: int, pace: str) -> None:
    choose(world, alice, pace)
    tell_everything(app, alice)
    waiting = {each.kind for each in world.all(Outbox) if each.state == "gathered"}
    assert waiting == {kind for kind, topic in TOPICS.items() if topic in CAN_WAIT}
    assert not waiting & NOTICES and CAN_WAIT <= OPTIONAL


def test_what_is_switched_off_does_not_wait_any_more(app: Flask, world: World, days: Days, alice: int) -> None:
    choose(world, alice, "daily")
    settle(world, days, alice, "2026-12-01")
    choose(world, alice, "daily", wanted=[])
    assert world.all(Outbox) == []
    days.come("2026-12-02")
    assert mailbox(app, ALICE) == []


def test_at_one_click_nothing_of_a_digest_comes_any_more(app: Flask, world: World, days: Days, alice: int) -> None:
    choose(world, alice, "daily")
    settle(world, days, alice, "2026-12-01")
    days.come("2026-12-02")
    settle(world, days, alice, "2026-12-04")
    link = mailbox(app, ALICE)[0]["List-Unsubscribe"].strip()[1:-1].removeprefix("http://localhost")
    assert {each.state.value for each in world.all(Outbox) if each.kind == "bill-settled"} == {"done", "gathered"}
    assert app.test_client().post(link, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    seen = world.client(alice).get(PAGE)
    assert soup(seen).select("input[type=checkbox][name=wanted][checked], input[name=as][checked]") == []
    assert found(seen, "input[name=pace][checked]")["value"] == "together"
    days.come("2026-12-05")
    assert len(mailbox(app, ALICE)) == 1


def test_the_language_of_mails_is_chosen_beside_them(app: Flask, world: World, alice: int) -> None:
    choose(world, alice, "together", language="fr")
    assert [each.language for each in world.all(Account)] == ["fr"]
    tell_everything(app, alice)
    assert {mail["Content-Language"] for mail in mailbox(app, ALICE)} == {"fr"}


@pytest.mark.parametrize("odd", [{"pace": "never"}, {"pace": ""}, {"language": "xx"}])
def test_what_cannot_be_chosen_changes_nothing(world: World, alice: int, odd: dict[str, str]) -> None:
    post(world.client(alice), PAGE, {**KEPT, **odd})
    seen = world.client(alice).get(PAGE)
    assert found(seen, "input[name=pace][checked]")["value"] == "together"
    assert [each.language for each in world.all(Account)] == ["en"]


@given(st.dates(date(2026, 1, 1), date(2028, 1, 1)), st.integers(0, 20))
def test_nothing_waits_longer_than_its_pace(since: date, later: int) -> None:
    today = since + timedelta(days=later)
    assert digest_due(Pace.DAILY, since, today) is (later >= 1)
    mondays = [day for day in (since + timedelta(days=each) for each in range(1, later + 1)) if day.weekday() == 0]
    assert digest_due(Pace.WEEKLY, since, today) is bool(mondays)
    assert digest_due(Pace.TOGETHER, since, today) and digest_due(Pace.EACH, since, today)
