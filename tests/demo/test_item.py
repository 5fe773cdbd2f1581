"""Whatever day the demo is drawn up on, its rows agree with themselves."""

from datetime import date
from functools import cache
from itertools import islice

import pytest

from webapp.demo.inventory import SEED, service_rows
from webapp.domain.periods import Period, clamp
from webapp.rules.loader import load

RULES = load()
AWKWARD_DAYS = [date(2027, 1, 31), date(2027, 2, 28), date(2028, 2, 29), date(2027, 12, 31), date(2027, 3, 1)]
ENOUGH = 2000
"""All that is told one by one, and a good part of what is drawn by lot."""

Row = dict[str, str]


@pytest.fixture(params=AWKWARD_DAYS, ids=str)
def today(request: pytest.FixtureRequest) -> date:
    day: date = request.param
    return day


@pytest.fixture
def rows(today: date) -> list[Row]:
    return drawn_up(today)


@cache
def drawn_up(today: date) -> list[Row]:
    return list(islice(service_rows(today, RULES, SEED), ENOUGH))


def with_term(rows: list[Row]) -> list[Row]:
    return [row for row in rows if "expiry" in row]


def test_every_end_is_on_its_anchor_day(rows: list[Row]) -> None:
    for row in with_term(rows):
        end = date.fromisoformat(row["expiry"])
        assert end == clamp(end.year, end.month, int(row["anchor"])), row


def test_the_present_term_has_begun_and_lasts_a_whole_number_of_periods(rows: list[Row], today: date) -> None:
    for row in with_term(rows):
        start, end = date.fromisoformat(row["start"]), date.fromisoformat(row["expiry"])
        months = (end.year - start.year) * 12 + end.month - start.month
        assert start <= today, row
        assert start < end, row
        assert months % Period.parse(row["period"]).months == 0, row


def test_what_is_past_its_end_is_suspended_or_has_a_bill(rows: list[Row], today: date) -> None:
    late = [row for row in with_term(rows) if row["expiry"] < today.isoformat() and row["state"] != "terminated"]
    assert {row["mode"] for row in late} == {"automatic", "manual"}
    for row in late:
        if row["mode"] == "manual":
            assert (row["state"], row["suspension"], row["suspended"]) == ("suspended", "expired", row["expiry"])
        else:
            assert row["billed"] == row["expiry"], row
            assert float(row["bill"]) > 0, row


def test_nothing_is_suspended_or_billed_in_the_future(rows: list[Row], today: date) -> None:
    for row in rows:
        assert max(row.get("suspended", ""), row.get("billed", "")) <= today.isoformat(), row


def test_what_is_cancelled_ends_from_today_on(rows: list[Row], today: date) -> None:
    cancelled = [row for row in rows if "cancellation" in row]
    assert cancelled
    for row in cancelled:
        assert today.isoformat() <= row["expiry"] <= row["cancellation"], row
