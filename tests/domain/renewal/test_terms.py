"""What paying buys: days, from the end of what is paid for."""

import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from dateutil.rrule import MONTHLY, rrule
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.cases import AUTOMATIC, CREATING, EUROS, IN_DEBT, LAPSED, NOW, RULES, case
from webapp.domain.periods import LONGEST_MONTHS, Period, clamp
from webapp.domain.renewal.choices import Offer
from webapp.domain.renewal.renewing import durations
from webapp.domain.renewal.terms import Term, following, next_term, paid_until, why_not
from webapp.domain.service.case import Case
from webapp.domain.service.service import Availability, Service

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "terms.json").read_text("utf-8"))["vectors"]
SOLD = [Period(months) for months in (1, 3, 6, 12, 24)]
OFFER = Offer(dict.fromkeys(SOLD, EUROS), frozenset())


def sold(case: Case) -> list[Period]:
    return [duration for duration, refused in durations(case, OFFER) if refused is None]


def ending(end: date, anchor: int) -> Service:
    return replace(AUTOMATIC, ends_on=end, anchor_day=anchor)


def bought(service: Service, months: int) -> Term:
    term = next_term(service, Period(months))
    assert term is not None
    return term


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["source"])
def test_published_dates_hold(vector: dict[str, Any]) -> None:
    service = ending(date.fromisoformat(vector["end"]), vector["anchor"])
    for months, end in zip(vector["months"], vector["ends"], strict=True):
        term = bought(service, months)
        assert (term.start, str(term.end)) == (service.ends_on, end)
        service = replace(service, ends_on=term.end)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["source"])
def test_a_second_opinion_agrees_with_what_is_published(vector: dict[str, Any]) -> None:
    day = date.fromisoformat(vector["end"])
    for months, end in zip(vector["months"], vector["ends"], strict=True):
        day += relativedelta(months=months, day=vector["anchor"])
        assert str(day) == end


anchored = st.builds(
    lambda day, anchor: ending(clamp(day.year, day.month, anchor), anchor),
    st.dates(date(1999, 1, 1), date(2100, 1, 1)),
    st.integers(1, 31),
)


@given(anchored, st.integers(1, LONGEST_MONTHS))
def test_second_opinions_agree_on_any_date(service: Service, months: int) -> None:
    assert service.ends_on is not None and service.anchor_day is not None
    end, anchor = service.ends_on, service.anchor_day
    days = range(28, anchor + 1) if anchor > 28 else [anchor]
    rule = rrule(MONTHLY, end.replace(day=1), months, count=2, bymonthday=list(days), bysetpos=-1)
    assert bought(service, months).end == end + relativedelta(months=months, day=anchor) == rule[1].date()


@given(anchored, st.integers(1, 60), st.integers(1, 60))
def test_two_terms_end_where_one_for_both_does(service: Service, first: int, second: int) -> None:
    between = replace(service, ends_on=bought(service, first).end)
    assert bought(between, second).end == bought(service, first + second).end


@given(anchored, st.integers(1, LONGEST_MONTHS))
def test_no_day_is_lost(service: Service, months: int) -> None:
    term = bought(service, months)
    assert term.start == service.ends_on
    assert term.end - (service.ends_on or term.end) >= timedelta(days=28 * months)


def test_without_a_term_there_is_nothing_to_add_to() -> None:
    assert next_term(CREATING, Period(1)) is None and durations(case(CREATING), OFFER) == []


def test_late_only_what_ends_after_today_is_sold() -> None:
    late = replace(LAPSED, ends_on=date(2026, 8, 23), anchor_day=23)
    assert sold(case(late)) == [Period(6), Period(12), Period(24)]
    refused = why_not(case(late), bought(late, 3))
    assert refused is not None and (refused.code, refused.facts) == ("still-over", {"day": NOW.date()})


def test_a_registry_takes_names_ten_years_ahead_and_no_longer() -> None:
    domain = replace(AUTOMATIC, product=replace(AUTOMATIC.product, family=RULES.families["domain"]))
    nine = replace(domain, ends_on=date(2035, 11, 23), anchor_day=23)
    assert sold(case(nine)) == [Period(1), Period(3), Period(6), Period(12)]
    refused = why_not(case(nine), bought(nine, 24))
    assert refused is not None and refused.facts == {"day": date(2036, 11, 23)}
    hosting = replace(nine, product=AUTOMATIC.product)
    assert sold(case(hosting)) == SOLD


def test_terms_are_counted_from_the_anchor_and_where_nobody_knows_it_from_the_end() -> None:
    short = date(2027, 2, 28)
    for anchor, days in ((31, [31, 30, 31]), (28, [28, 28, 28]), (None, [28, 28, 28])):
        assert [end.day for _start, end in islice(following(short, anchor, Period(1)), 3)] == days


@pytest.mark.parametrize(
    ("service", "end", "runs"),
    [
        (LAPSED, NOW.date() + timedelta(days=1), True),
        (LAPSED, NOW.date(), False),
        (IN_DEBT, NOW.date() + timedelta(days=1), False),
    ],
)
def test_paying_brings_back_what_had_lapsed_and_nothing_else(service: Service, end: date, runs: bool) -> None:
    paid = paid_until(case(service), end)
    assert paid.ends_on == end
    assert (paid.availability is Availability.ACTIVE) is runs
    assert paid.suspension is (None if runs else service.suspension)
