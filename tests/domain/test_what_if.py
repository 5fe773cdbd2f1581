"""What is compared is what the calendar says, before and after."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.test_calendar import CARD, TODAY, YEARLY
from webapp.domain.calendar import ahead
from webapp.domain.money import Money
from webapp.domain.periods import Period
from webapp.domain.service.status import Status
from webapp.domain.what_if import PERIODS, Alternative, what_if

COURSES = st.builds(
    YEARLY._replace,
    status=st.sampled_from(Status),
    period=st.sampled_from([None, Period(1), Period(3), Period(12), Period(24)]),
    automatic=st.booleans(),
    pays=st.booleans(),
    gross_minor=st.integers(0, 9999),
    ends_on=st.dates(date(2026, 10, 1), date(2028, 1, 1)),
    services=st.integers(1, 5),
    currency=st.sampled_from(["EUR", "CAD"]),
).map(lambda course: course._replace(anchor_day=None))
ALTERNATIVES = st.lists(st.builds(Alternative, COURSES, st.none() | st.integers(0, 9999)), max_size=6)


def test_the_next_term_begins_when_it_does_anyway() -> None:
    (told,) = what_if([Alternative(YEARLY, 550)], Period(1), TODAY, CARD)
    assert (told.services, told.cost) == (1, (Money(6000, "EUR"), Money(6600, "EUR")))
    assert told.cost_a_month == (Money(500, "EUR"), Money(550, "EUR"))
    assert [month.then.minor for month in told.months] == [0, 0, *[550] * 10]
    assert (told.year.now.minor, told.year.then.minor, told.year.more.minor) == (6000, 5500, -500)


@given(ALTERNATIVES, st.sampled_from(PERIODS))
def test_the_sums_are_those_of_the_calendar(alternatives: list[Alternative], period: Period) -> None:
    told = what_if(alternatives, period, TODAY, CARD)
    for currency, each in zip(sorted({one.course.currency for one in alternatives}), told, strict=True):
        courses = [one.course for one in alternatives if one.course.currency == currency]
        paid = sum(minor for course in courses for _day, _what, minor, _term in ahead(course, TODAY, CARD))
        assert each.year.now == Money(paid, currency)
        same = each.services == 0
        assert not same or (each.year.now == each.year.then and each.cost[0] == each.cost[1])
