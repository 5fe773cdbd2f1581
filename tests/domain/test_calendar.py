"""What lies ahead of a service, day by day."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.calendar import Course, Happening, Occasion, ahead, calendars, end_of_calendar
from webapp.domain.methods import MethodKind, MethodState, PaymentMethod
from webapp.domain.periods import Period
from webapp.domain.service.status import Status

TODAY = date(2026, 11, 23)
CARD = PaymentMethod(MethodKind.CARD, "Visa 4242", MethodState.VALID, True, date(2027, 3, 1))
YEARLY = Course(
    Status.AUTOMATIC,
    date(2027, 1, 31),
    True,
    date(2027, 1, 31),
    31,
    Period(12),
    None,
    30,
    True,
    "EUR",
    6000,
    0,
    "domain",
)
DEBIT, BILL = Happening.DEBIT, Happening.BILL


def told(course: Course, method: PaymentMethod | None = CARD) -> list[tuple[str, Happening, int]]:
    return [(str(day), what, minor) for day, what, minor, _term in ahead(course, TODAY, method)]


def test_each_term_is_debited_on_its_first_day_as_long_as_the_method_lasts() -> None:
    assert told(YEARLY) == [("2027-01-31", DEBIT, 6000)]
    quarterly = told(YEARLY._replace(period=Period(3)))
    assert quarterly == [
        ("2027-01-31", DEBIT, 6000),
        ("2027-04-30", BILL, 6000),
        ("2027-07-31", BILL, 6000),
        ("2027-10-31", BILL, 6000),
    ]
    assert told(YEARLY, None) == [("2027-01-31", BILL, 6000)]


def test_a_day_that_has_passed_is_today() -> None:
    assert told(YEARLY._replace(ends_on=date(2026, 11, 20), anchor_day=20))[0] == ("2026-11-23", DEBIT, 6000)


def test_what_others_pay_is_a_renewal_without_an_amount() -> None:
    assert told(YEARLY._replace(pays=False, gross_minor=0)) == [("2027-01-31", Happening.RENEWAL, 0)]


def test_what_is_cancelled_is_paid_until_it_ends() -> None:
    ending = YEARLY._replace(status=Status.CANCELLATION_SCHEDULED, period=Period(1))
    assert told(ending._replace(cancels_on=date(2027, 1, 31))) == [("2027-01-31", Happening.END, 0)]
    assert told(ending._replace(cancels_on=date(2027, 3, 31))) == [
        ("2027-01-31", DEBIT, 6000),
        ("2027-02-28", DEBIT, 6000),
        ("2027-03-31", Happening.END, 0),
    ]


@pytest.mark.parametrize(("delay", "deleted"), [(30, [("2027-03-02", Happening.DELETION, 0)]), (None, []), (400, [])])
def test_what_is_renewed_by_hand_expires(delay: int | None, deleted: list[object]) -> None:
    manual = YEARLY._replace(status=Status.EXPIRES, automatic=False, deleted_after=delay)
    assert told(manual) == [("2027-01-31", Happening.EXPIRY, 0), *deleted]


def test_what_is_suspended_is_deleted_where_that_day_is_known_and_lies_ahead() -> None:
    suspended = YEARLY._replace(status=Status.SUSPENDED)
    assert told(suspended) == [("2027-01-31", Happening.DELETION, 0)]
    assert told(suspended._replace(effective_on=TODAY)) == []
    assert told(suspended._replace(effective_on=None)) == []


def test_a_bill_is_owed_today_and_its_term_is_not_billed_again() -> None:
    owing = YEARLY._replace(status=Status.BILL_TO_PAY, due_minor=1440, ends_on=date(2026, 11, 1), anchor_day=1)
    assert told(owing) == [("2026-11-23", BILL, 1440)]
    assert told(owing._replace(period=Period(6))) == [("2026-11-23", BILL, 1440), ("2027-05-01", BILL, 6000)]
    assert told(owing._replace(ends_on=date(2027, 1, 31)))[1:] == [("2027-01-31", DEBIT, 6000)]


def test_a_term_that_is_being_paid_for_is_not_paid_twice() -> None:
    paying = YEARLY._replace(status=Status.PAYMENT_IN_PROGRESS, period=Period(6))
    assert told(paying) == [("2027-07-31", BILL, 6000)]


@pytest.mark.parametrize("status", [Status.TERMINATED, Status.CREATING, Status.INCLUDED, Status.ONE_OFF])
def test_of_what_has_no_future_nothing_is_told(status: Status) -> None:
    assert told(YEARLY._replace(status=status)) == []


def test_months_hold_what_their_days_hold_in_each_currency() -> None:
    dollars = YEARLY._replace(currency="CAD", gross_minor=100, services=3)
    euros, cad = calendars([dollars, YEARLY._replace(period=Period(1))], TODAY, CARD)
    assert (euros.currency, cad.currency) == ("EUR", "CAD")
    assert euros.happenings == [DEBIT, BILL] and len(euros.months) == 12
    assert euros.tallies == {DEBIT: (2, 2 * 6000), BILL: (8, 8 * 6000)}
    january = cad.months[2]
    assert january.first == date(2027, 1, 1) and january.tallies == {DEBIT: (3, 100)} and january.total == 100
    assert list(january.days) == [date(2027, 1, 31)] and cad.dearest_day == 100


def test_what_happens_is_told_apart_by_type_and_the_dearest_type_stands_first() -> None:
    manual = YEARLY._replace(status=Status.EXPIRES, automatic=False, deleted_after=None)
    several = (
        YEARLY,
        YEARLY._replace(family="vps", gross_minor=9000),
        YEARLY._replace(family="vps", gross_minor=0),
        manual._replace(family="email"),
        manual._replace(family="cloud", services=2),
        manual,
    )
    (calendar,) = calendars(several, TODAY, CARD)
    expiry = Happening.EXPIRY
    assert list(calendar.families.items()) == [
        ("vps", {DEBIT: (2, 9000)}),
        ("domain", {DEBIT: (1, 6000), expiry: (1, 0)}),
        ("cloud", {expiry: (2, 0)}),
        ("email", {expiry: (1, 0)}),
    ]
    assert calendar.happenings == [DEBIT, expiry] and calendar.tallies[expiry] == (4, 0)
    assert calendar.months[2].families == calendar.families


@given(
    today=st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    ends_on=st.dates(date(2023, 1, 1), date(2032, 12, 31)),
    status=st.sampled_from(Status),
    months=st.sampled_from([1, 3, 6, 12, 24]),
    automatic=st.booleans(),
)
def test_nothing_is_told_of_another_time_and_sums_are_sums(
    today: date, ends_on: date, status: Status, months: int, automatic: bool
) -> None:
    course = YEARLY._replace(
        status=status, ends_on=ends_on, effective_on=ends_on, anchor_day=ends_on.day, period=Period(months)
    )
    course = course._replace(
        automatic=automatic, cancels_on=ends_on if status is Status.CANCELLATION_SCHEDULED else None
    )
    occasions: list[Occasion] = list(ahead(course, today, None))
    assert all(today <= each.day < end_of_calendar(today) for each in occasions)
    (calendar,) = calendars([course], today, None)
    assert sum(month.total for month in calendar.months) == sum(each.minor for each in occasions)
    assert all(sum(each.minor for each in month.tallies.values()) == month.total for month in calendar.months)
    assert sum(each.number for each in calendar.tallies.values()) == len(occasions)
    later = [each.day for each in occasions if each.minor and each.day > today]
    assert len(set(later)) == len(later)


def test_a_method_that_is_refused_debits_nothing() -> None:
    assert told(YEARLY, replace(CARD, state=MethodState.REFUSED)) == [("2027-01-31", BILL, 6000)]
