from datetime import date

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.periods import Period, after, clamp


@pytest.mark.parametrize(("text", "months"), [("P1M", 1), ("P12M", 12), ("P1Y", 12), ("P1Y6M", 18), ("P2Y", 24)])
def test_iso_durations_are_read(text: str, months: int) -> None:
    assert Period.parse(text) == Period(months)


@pytest.mark.parametrize("text", ["", "P", "P0M", "1M", "P1D", "P1W", "p1m", "P1M ", "P-1M", "P1.5M", "P121M", "PT1M"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="period"):
        Period.parse(text)


def test_a_period_is_written_in_months() -> None:
    assert str(Period.parse("P2Y")) == "P24M"


@pytest.mark.parametrize(
    ("start", "anchor_day", "expected"),
    [
        (date(2026, 1, 31), 31, date(2026, 2, 28)),
        (date(2026, 2, 28), 31, date(2026, 3, 31)),
        (date(2028, 1, 31), 31, date(2028, 2, 29)),
        (date(2026, 12, 31), 31, date(2027, 1, 31)),
        (date(2026, 2, 28), 28, date(2026, 3, 28)),
    ],
)
def test_the_anchor_day_comes_back_after_a_short_month(start: date, anchor_day: int, expected: date) -> None:
    assert after(start, Period(1), anchor_day=anchor_day) == expected


@given(st.dates(date(2000, 1, 1), date(2080, 12, 31)), st.integers(1, 36), st.integers(1, 30))
def test_dates_agree_with_a_second_opinion(start: date, months: int, times: int) -> None:
    expected = start + relativedelta(months=months * times)
    assert after(start, Period(months), anchor_day=start.day, times=times) == expected


@given(st.dates(date(2000, 1, 1), date(2080, 12, 31)), st.integers(1, 31), st.integers(1, 24), st.integers(2, 24))
def test_many_short_periods_end_where_one_long_one_does(start: date, anchor: int, months: int, times: int) -> None:
    day = clamp(start.year, start.month, anchor)
    step = day
    for _ in range(times):
        step = after(step, Period(months), anchor_day=anchor)
    assert step == after(day, Period(months), anchor_day=anchor, times=times)
