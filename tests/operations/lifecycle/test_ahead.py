"""What people are told of ahead: long terms that renew by themselves, and methods that expire."""

from datetime import date
from typing import Any

import pytest

from tests.operations.lifecycle.days import Days
from tests.world import MONTH, World
from webapp.domain.periods import Period
from webapp.domain.service.service import Mode
from webapp.models import Event, Outbox, PaymentMethod, Service

FEBRUARY, QUARTER = date(2027, 2, 28), Period(3)


def long(world: World, owner: int, name: str = "shop.example", **given: Any) -> int:
    """Of the renewal of which nobody was told yet."""
    return world.service(owner, name, **({"ends_on": FEBRUARY, "recapped_for": None} | given))


def told(world: World, kind: str) -> list[tuple[str, dict[str, Any]]]:
    return [(str(each.created_at.date()), dict(each.facts)) for each in world.all(Outbox) if each.kind == kind]


def test_one_mail_in_the_month_before_tells_of_all_of_a_payer(world: World, days: Days, alice: int) -> None:
    world.card(alice, label="Visa 4242")
    long(world, alice)
    long(world, alice, "b.example", ends_on=date(2027, 2, 3), anchor_day=3)
    long(world, alice, "later.example", ends_on=date(2027, 3, 1), anchor_day=1)
    assert days.come("2026-12-31") == {} and days.come("2027-01-01") == {"recap": 2} and days.come("2027-01-02") == {}
    ((day, facts),) = told(world, "renewals-ahead")
    named = [(each["reference"], each["day"], each["minor"]) for each in facts["services"]]
    assert (day, facts["debited_from"]) == ("2027-01-01", "Visa 4242")
    assert named == [("S-b.example", "2027-02-03", 6000), ("S-shop.example", "2027-02-28", 6000)]
    assert [event.kind for event in world.all(Event)] == ["recapped", "recapped"]
    assert days.come("2027-02-28")["renew"] == 2 and days.differences() == []


def test_it_is_told_again_of_each_term(world: World, days: Days, alice: int) -> None:
    world.card(alice)
    long(world, alice)
    steps = [days.come(day) for day in ("2027-01-01", "2027-02-28", "2027-12-31", "2028-01-01", "2028-02-29")]
    assert steps == [{"recap": 1}, {"renew": 1}, {}, {"recap": 1}, {"renew": 1}]
    assert world.all(Service)[0].ends_on == date(2029, 2, 28) and days.differences() == []


def test_after_an_outage_it_is_told_before_it_renews(world: World, days: Days, alice: int) -> None:
    long(world, alice)
    assert days.come("2027-03-05") == {"recap": 1, "renew": 1}
    assert [message.kind for message in world.all(Outbox)] == ["renewals-ahead", "bill-to-pay"]
    assert told(world, "renewals-ahead")[0][1]["debited_from"] is None


def test_late_by_several_terms_each_is_told_of_on_the_same_day(world: World, days: Days, alice: int) -> None:
    world.card(alice)
    long(world, alice, period=QUARTER, price_minor=1500, anchor_day=31)
    assert days.come("2027-09-15") == {"recap": 3, "renew": 3}
    named = [facts["services"][0]["day"] for _day, facts in told(world, "renewals-ahead")]
    assert named == ["2027-02-28", "2027-05-31", "2027-08-31"] and days.differences() == []


@pytest.mark.parametrize(
    "given",
    [
        {"period": MONTH},
        {"mode": Mode.MANUAL, "ends_on": date(2027, 6, 30)},
        {"cancels_on": FEBRUARY},
        {"amount_due_minor": 1200, "billed_on": date(2027, 1, 1)},
    ],
)
def test_what_does_not_renew_by_itself_or_monthly_is_not_told_of(
    world: World, days: Days, alice: int, given: dict[str, Any]
) -> None:
    long(world, alice, **given)
    days.come("2027-01-01")
    assert told(world, "renewals-ahead") == []


def test_whoever_switches_to_renewing_by_hand_is_reminded_all_the_same(world: World, days: Days, alice: int) -> None:
    """Having told that it renews is no notice of an end."""
    key = long(world, alice)
    days.come("2027-01-01")
    world.change(key, mode=Mode.MANUAL)
    assert days.come("2027-02-28") == {"remind": 1}
    assert days.come("2027-03-02") == {"remind": 1} and days.come("2027-03-03") == {"suspend": 1}


def test_a_method_that_expires_is_told_of_on_its_days_and_after_an_outage_once(
    world: World, days: Days, alice: int
) -> None:
    method = world.card(alice, label="Visa 4242", expires_on=date(2027, 2, 1))
    for day in ("2027-01-01", "2027-01-02", "2027-01-03", "2027-01-25", "2027-01-26", "2027-02-01", "2027-02-02"):
        days.come(day)
    assert [day for day, _facts in told(world, "method-expires")] == ["2027-01-02", "2027-01-25", "2027-02-01"]
    assert [facts["expired"] for _day, facts in told(world, "method-expires")] == [False, False, True]
    world.change_row(PaymentMethod, method, expires_on=date(2027, 6, 1))
    days.come("2027-05-30")
    days.come("2027-05-31")
    assert [day for day, _facts in told(world, "method-expires")][3:] == ["2027-05-30"]


def test_what_nothing_is_debited_from_is_not_told_of(world: World, days: Days, alice: int) -> None:
    world.card(alice, expires_on=date(2027, 2, 1), is_default=False)
    world.card(world.account("Bert"), expires_on=None)
    days.come("2027-02-01")
    assert told(world, "method-expires") == []
