"""What is paid until a service ends: whole terms, and the share of the last one."""

from dataclasses import replace
from datetime import date

import pytest

from tests.domain import cases
from webapp.domain.confirmation import fingerprint
from webapp.domain.facts import DebitDay
from webapp.domain.money import Money
from webapp.domain.periods import Period
from webapp.domain.renewal.cancellation import cancellation, debits_until, shown

YEARLY = replace(cases.AUTOMATIC, ends_on=date(2027, 1, 10), anchor_day=10, price=Money(1005, "EUR"))


def test_a_commitment_that_ends_inside_a_term_costs_its_share() -> None:
    seen = cancellation(cases.case(replace(YEARLY, committed_until=date(2027, 6, 1))))
    assert seen is not None and seen.share is not None
    assert (seen.day, seen.share.start, seen.share.end) == (date(2027, 6, 1), date(2027, 1, 10), date(2027, 6, 1))
    assert seen.share.amount == Money(469, "EUR")
    assert isinstance(seen.facts["debits"], tuple) and isinstance(seen.facts["debits"][0], DebitDay)


@pytest.mark.parametrize(
    ("end", "amounts"),
    [
        (date(2027, 1, 10), []),
        (date(2028, 1, 10), [1206]),
        (date(2029, 1, 10), [1206, 1206]),
        (date(2028, 1, 11), [1206, 4]),
    ],
)
def test_whole_terms_cost_what_they_cost(end: date, amounts: list[int]) -> None:
    debits = debits_until(cases.case(YEARLY), end)
    assert [debit.amount.minor for debit in debits] == amounts
    assert [debit.of_days is not None for debit in debits] == [amount < 1206 for amount in amounts]


def test_the_stretches_are_counted_from_the_anchor() -> None:
    monthly = replace(YEARLY, ends_on=date(2027, 1, 31), anchor_day=31, period=Period(1))
    stretches = [(debit.start, debit.end) for debit in debits_until(cases.case(monthly), date(2027, 4, 15))]
    assert stretches == [
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2027, 2, 28), date(2027, 3, 31)),
        (date(2027, 3, 31), date(2027, 4, 15)),
    ]


def test_a_short_month_is_not_what_they_are_counted_from() -> None:
    monthly = replace(YEARLY, ends_on=date(2027, 2, 28), anchor_day=31, period=Period(1))
    ends = [debit.end for debit in debits_until(cases.case(monthly), date(2027, 4, 30))]
    assert ends == [date(2027, 3, 31), date(2027, 4, 30)]


def test_what_ends_with_it_is_confirmed() -> None:
    seen = cancellation(cases.case(cases.AUTOMATIC))
    assert seen is not None
    one, other, none = (shown(seen, {}, included) for included in ({"S-2"}, {"S-3"}, ()))
    assert one["included"] == ("S-2",) and "included" not in none
    assert len({fingerprint(each) for each in (one, other, none)}) == 3


def test_nothing_is_debited_before_today() -> None:
    over = replace(YEARLY, ends_on=date(2026, 11, 1), anchor_day=1)
    assert debits_until(cases.case(over), date(2027, 6, 1))[0].on == cases.NOW.date()
