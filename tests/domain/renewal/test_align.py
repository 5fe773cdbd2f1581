"""Another renewal day: where it lies, what the days in between cost, and what it comes to over a year."""

import json
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain import cases
from tests.domain.cases import AUTOMATIC, NOW, RULES, case
from webapp.domain.billing.quote import Item, Purpose
from webapp.domain.facts import DayOfMonth, Stretch
from webapp.domain.law.contracts import CustomerKind, rules_for
from webapp.domain.money import Money
from webapp.domain.periods import Period, clamp
from webapp.domain.renewal.align import ALREADY_ON_DAY, DAYS, ONLY_THE_FIRST, Target, align
from webapp.domain.renewal.candidates import compare
from webapp.domain.renewal.renewing import shown_item
from webapp.domain.renewal.terms import STILL_OVER, next_term
from webapp.domain.service.case import Case
from webapp.domain.service.service import Mode, Service

FOLDER = Path(__file__).parents[2] / "vectors"
VECTORS = json.loads((FOLDER / "alignment.json").read_text("utf-8"))["vectors"]
ANCHORS = json.loads((FOLDER / "terms.json").read_text("utf-8"))["vectors"]
MONTH, YEAR = Period(1), Period(12)
AFTER = RULES.orders.aligned_after


def to(day: int) -> Target:
    return Target(day, AFTER)


def ending(end: date, anchor: int | None = None, period: Period = MONTH, **given: Any) -> Service:
    return replace(AUTOMATIC, ends_on=end, anchor_day=anchor or end.day, period=period, **given)


def aligned(service: Service, day: int, **given: Any) -> Item:
    item = align(case(service, **given), to(day))
    assert isinstance(item, Item), item
    return item


def then(service: Service, item: Item) -> Service:
    """The same once that is paid."""
    return replace(service, ends_on=item.end, anchor_day=item.anchor_day)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["source"])
def test_published_days_hold(vector: dict[str, Any]) -> None:
    end, new_end = (date.fromisoformat(vector[name]) for name in ("end", "new_end"))
    assert to(vector["day"]).new_end(end) == new_end


@pytest.mark.parametrize("vector", [each for each in ANCHORS if each["source"].startswith("Stripe")])
def test_what_is_aligned_renews_on_published_days(vector: dict[str, Any]) -> None:
    """From another day of the month before, so that it is moved to the first of them."""
    first, day = date.fromisoformat(vector["end"]), vector["anchor"]
    assert to(day).new_end(first - timedelta(days=35)) == first
    service = ending(first, day)
    for end in vector["ends"]:
        term = next_term(service, MONTH)
        assert term
        assert str(term.end) == end
        service = replace(service, ends_on=term.end)


def test_the_days_in_between_cost_their_share_of_a_term() -> None:
    item = aligned(ending(date(2026, 12, 31), period=YEAR), 15)
    assert (item.purpose, item.start, item.end, item.anchor_day) == (
        Purpose.ALIGN,
        date(2026, 12, 31),
        date(2027, 2, 15),
        15,
    )
    assert item.net == Money(630, "EUR")  # 50.00 × 46 ÷ 365 = 6.3013…
    assert item.gross == Money(756, "EUR")
    leap = aligned(ending(date(2027, 3, 1), period=YEAR), 2)
    assert leap.net == Money(round(Fraction(5000 * 32, 366)), "EUR")


def test_halves_are_rounded_away_from_zero() -> None:
    """31 days of a term of 62."""
    item = aligned(ending(date(2027, 7, 1), period=Period(2), price=Money(25, "EUR")), 2)
    assert (item.end - item.start).days == 32
    assert item.net == Money(13, "EUR")  # 12.9
    assert [Money(minor, "EUR").share(31, 62).minor for minor in (0, 1, 2, 3, 5)] == [0, 1, 1, 2, 3]


DAYS_OF_MONTH = st.sampled_from(DAYS)
STANDING = st.builds(
    lambda day, anchor, months, minor: ending(
        clamp(day.year, day.month, anchor), anchor, Period(months), price=Money(minor, "EUR")
    ),
    st.dates(date(2027, 1, 1), date(2100, 1, 1)),
    DAYS_OF_MONTH,
    st.sampled_from([1, 2, 3, 6, 12, 24]),
    st.integers(0, 10_000_000),
)


@given(STANDING, DAYS_OF_MONTH)
def test_no_paid_day_is_lost_and_the_new_day_is_the_first_that_is_far_enough(service: Service, day: int) -> None:
    item = align(case(service), to(day))
    if not isinstance(item, Item):
        assert (item, service.anchor_day) == (ALREADY_ON_DAY(), day)
        return
    assert item.start == service.ends_on
    assert item.end == clamp(item.end.year, item.end.month, day)
    if item.end == item.start:
        assert item.net.minor == item.gross.minor == 0
        return
    earliest = item.start + relativedelta(months=1)
    assert item.end >= earliest
    before = item.end + relativedelta(months=-1, day=day)
    assert before < earliest


@given(STANDING, DAYS_OF_MONTH)
def test_aligning_twice_changes_nothing(service: Service, day: int) -> None:
    item = align(case(service), to(day))
    once = then(service, item) if isinstance(item, Item) else service
    assert align(case(once), to(day)) == ALREADY_ON_DAY()


@given(STANDING, DAYS_OF_MONTH)
def test_the_price_is_the_exact_share_to_half_a_minor_unit(service: Service, day: int) -> None:
    item = align(case(service), to(day))
    if isinstance(item, Item) and service.period:
        term = next_term(service, service.period)
        assert term
        assert term.start
        exact = Fraction(service.price.minor * (item.end - item.start).days, (term.end - term.start).days)
        assert item.net.minor == floor(exact + Fraction(1, 2))


def test_what_is_on_that_day_already_only_in_this_month_is_moved_without_a_day_added() -> None:
    """28 February is the last day of its month: the 31st of a year that has none."""
    item = aligned(ending(date(2027, 2, 28)), 31)
    assert (item.start, item.end, item.gross.minor) == (date(2027, 2, 28), date(2027, 2, 28), 0)
    later = next_term(then(ending(date(2027, 2, 28)), item), MONTH)
    assert later
    assert later.end == date(2027, 3, 31)


OK = None
REFUSED = {
    "AUTOMATIC": OK,
    "MANUAL": OK,
    "BILLED": "bill-to-pay",
    "CANCELLED": "cancellation-scheduled",
    "TERMINATED": "terminated",
    "COMMITTED": "committed",
    "FORCED": "forced",
    "IN_DEBT": "bill-to-pay",
    "CREATING": "creating",
    "INCLUDED": "included",
    "ONE_OFF": "one-off",
}


@pytest.mark.parametrize("name", REFUSED)
def test_each_is_aligned_or_refused_for_its_reason(name: str) -> None:
    seen = align(case(getattr(cases, name)), to(15))
    assert (OK if isinstance(seen, Item) else seen.code) == REFUSED[name]


def of_family(code: str | None) -> Service:
    family = RULES.families[code] if code else cases.UNKNOWN_FAMILY
    return replace(AUTOMATIC, product=replace(AUTOMATIC.product, family=family))


@pytest.mark.parametrize(
    ("family", "day", "reason"),
    [
        ("domain", 15, "anniversary"),
        (None, 15, "day-fixed"),
        ("vps", 15, ONLY_THE_FIRST.code),
        ("dedicated", 15, ONLY_THE_FIRST.code),
        ("vps", 1, OK),
    ],
)
def test_a_family_may_have_its_day_fixed(family: str | None, day: int, reason: str | None) -> None:
    seen = align(case(of_family(family)), to(day))
    assert (OK if isinstance(seen, Item) else seen.code) == reason


def test_nothing_is_bought_that_is_over_already() -> None:
    lapsed = ending(date(2026, 9, 1), mode=Mode.MANUAL)
    assert align(case(lapsed), to(15)) == STILL_OVER(day=date(2026, 10, 15))


def held(*services: Service) -> list[Case]:
    return [case(service) for service in services]


def test_days_stand_side_by_side() -> None:
    """Three services a month on three days become one day a month."""
    services = [ending(date(2026, 12, day), price=Money(1000, "EUR")) for day in (5, 5, 12, 20)]
    compared = compare(held(*services), AFTER)
    assert (compared.count, compared.usual) == (4, 5)
    assert compared.now.days == 36
    (year,) = compared.now.years
    assert (year.first, year.largest, year.smallest) == (date(2026, 12, 1), Money(4800, "EUR"), Money(4800, "EUR"))
    fifth = compared.on(5)
    assert (fifth.moved, fifth.added_days) == (2, 24 + 31 + 16 + 31)
    assert sum(amount.minor for amount in fifth.cost) == sum(
        aligned(each, 5).gross.minor for each in services if each.anchor_day != 5
    )
    assert fifth.then.days == 12
    (after,) = fifth.then.years
    assert [list(month.days) for month in after.months][:3] == [
        [date(2026, 12, 5)],
        [date(2027, 1, 5)],
        [date(2027, 2, 5)],
    ]
    assert [month.total.minor for month in after.months][:3] == [2400, 2400, 4800]


@settings(deadline=None, max_examples=50)
@given(st.lists(STANDING, max_size=6))
def test_each_candidate_is_the_sum_of_its_rows(services: list[Service]) -> None:
    compared = compare(held(*services), AFTER)
    assert compared.count == len(services)
    for candidate in compared.candidates:
        rows = [align(case(each), to(candidate.day)) for each in services]
        items = [row for row in rows if isinstance(row, Item)]
        assert candidate.moved == len(items)
        assert sum(amount.minor for amount in candidate.cost) == sum(item.gross.minor for item in items)
        assert candidate.added_days == sum((item.end - item.start).days for item in items)
    moving = [each for each in compared.candidates if each.moved]
    if moving:
        assert compared.cheapest is not None
        cheapest = compared.on(compared.cheapest).cost[0]
        assert cheapest == min(each.cost[0] for each in moving)


@settings(deadline=None)
@given(st.lists(STANDING, min_size=1, max_size=5))
def test_a_year_is_what_the_terms_cost_that_begin_in_it(services: list[Service]) -> None:
    services = [
        replace(each, ends_on=clamp(2026, (each.ends_on or NOW).month, each.anchor_day or 1)) for each in services
    ]
    (year,) = compare(held(*services), AFTER).now.years
    expected: dict[date, int] = {}
    for service in services:
        gross = case(service).rules.gross(service.price).minor
        while service.ends_on and service.period and service.ends_on < date(2027, 12, 1):
            if service.ends_on >= date(2026, 12, 1):
                expected[service.ends_on] = expected.get(service.ends_on, 0) + gross
            term = next_term(service, service.period)
            assert term
            service = replace(service, ends_on=term.end)
    assert year.days == expected
    assert sum(month.total.minor for month in year.months) == sum(expected.values())
    assert len(year.months) == 12


def test_the_usual_day_is_that_of_most_services_whatever_they_cost() -> None:
    services = [ending(date(2026, 12, 9))] * 2
    services += [ending(date(2026, 12, 20), price=Money(minor, "EUR")) for minor in (500, 700, 900)]
    assert compare(held(*services), AFTER).usual == 20
    assert compare(held(*services[:-1]), AFTER).usual == 9


def test_a_day_that_is_just_far_enough_is_the_one() -> None:
    assert Target(28, MONTH).new_end(date(2027, 1, 31)) == date(2027, 2, 28)
    assert Target(27, MONTH).new_end(date(2027, 1, 31)) == date(2027, 3, 27)


def test_all_that_is_shown_of_an_item_is_confirmed() -> None:
    item = aligned(ending(date(2026, 12, 5)), 20)
    told = shown_item(item)
    assert told == {"term": Stretch(item.start, item.end), "amount": item.gross, "day": DayOfMonth(20)}
    assert "day" not in shown_item(replace(item, anchor_day=None))


def test_each_contract_pays_its_own_taxes() -> None:
    """Two customers of one seller, one of whom owes the tax elsewhere."""
    service = ending(date(2026, 12, 5), price=Money(1000, "EUR"))
    abroad = rules_for(RULES.portals["FR"], CustomerKind.BUSINESS, NOW.date(), vat_country="DE")
    (year,) = compare([case(service), case(service, rules=abroad)], AFTER).now.years
    assert year.largest == Money(2200, "EUR")


def test_currencies_are_never_added_up() -> None:
    services = [case(ending(date(2026, 12, 5))), case(ending(date(2026, 12, 9), price=Money(700, "CAD")), portal="QC")]
    compared = compare([*services, services[0]], AFTER)
    assert [year.currency for year in compared.now.years] == ["EUR", "CAD"]
    assert [amount.currency for amount in compared.on(1).cost] == ["EUR", "CAD"]


def test_nothing_to_move_is_nothing_to_compare() -> None:
    compared = compare([case(of_family("domain"))], AFTER)
    assert (compared.count, compared.cheapest, compared.usual) == (0, None, None)
