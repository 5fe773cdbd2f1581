"""On which day a service ends, and 24 hours that really pass before it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain import cases
from webapp.domain.service.ending import debited_until_then, end_of, erased_on, has_a_next_term, last_moment
from webapp.domain.service.service import Availability

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (date(2026, 12, 31), datetime(2026, 12, 29, 23, tzinfo=UTC)),
        (date(2027, 3, 29), datetime(2027, 3, 27, 22, tzinfo=UTC)),
        (date(2026, 10, 26), datetime(2026, 10, 24, 23, tzinfo=UTC)),
    ],
)
def test_the_last_moment_is_24_real_hours_before_also_when_clocks_change(end: date, expected: datetime) -> None:
    """The clocks of Paris go forward on 28 March 2027 and back on 25 October 2026."""
    assert last_moment(end, PARIS) == expected


@given(
    end=st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    zone=st.sampled_from(
        ["Europe/Paris", "America/Toronto", "Australia/Lord_Howe", "America/Santiago", "Africa/Cairo"]
    ),
)
def test_between_the_last_moment_and_the_end_there_are_always_24_hours(end: date, zone: str) -> None:
    begins = datetime(end.year, end.month, end.day, tzinfo=ZoneInfo(zone))
    assert begins.timestamp() - last_moment(end, ZoneInfo(zone)).timestamp() == timedelta(hours=24).total_seconds()


def test_it_ends_with_its_term_or_with_its_commitment_whichever_is_later() -> None:
    assert end_of(cases.AUTOMATIC) == date(2026, 12, 31)
    assert end_of(cases.COMMITTED) == date(2027, 12, 31)
    assert end_of(replace(cases.AUTOMATIC, committed_until=date(2026, 6, 1))) == date(2026, 12, 31)
    assert end_of(replace(cases.AUTOMATIC, cancels_on=date(2029, 1, 1))) == date(2029, 1, 1)
    assert end_of(cases.ONE_OFF) is None


def test_terms_are_paid_until_the_commitment_ends_and_then_never_again() -> None:
    committed = replace(cases.COMMITTED, cancels_on=date(2027, 12, 31))
    last = replace(committed, ends_on=date(2027, 12, 31))
    assert [debited_until_then(each) for each in (cases.CANCELLED, committed, last)] == [False, True, False]
    assert [has_a_next_term(each) for each in (cases.CANCELLED, committed, last)] == [False, True, False]
    assert has_a_next_term(cases.AUTOMATIC)
    assert not has_a_next_term(cases.ONE_OFF)
    assert not has_a_next_term(replace(cases.AUTOMATIC, availability=Availability.TERMINATED))


def test_what_nobody_states_stays_unknown() -> None:
    assert erased_on(cases.AUTOMATIC, date(2027, 1, 1)) == date(2027, 2, 15)
    product = replace(cases.AUTOMATIC.product, family=cases.UNKNOWN_FAMILY)
    assert erased_on(replace(cases.AUTOMATIC, product=product), date(2027, 1, 1)) is None
