from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.domain import cases
from webapp.domain.service.status import Status, deleted_on, effective_on, has_come, status_of

EXPECTED = {
    "AUTOMATIC": (Status.AUTOMATIC, date(2026, 12, 31)),
    "MANUAL": (Status.EXPIRES, date(2026, 12, 31)),
    "BILLED": (Status.BILL_TO_PAY, date(2026, 11, 20)),
    "PAYING": (Status.PAYMENT_IN_PROGRESS, date(2026, 11, 20)),
    "CANCELLED": (Status.CANCELLATION_SCHEDULED, date(2026, 12, 31)),
    "TERMINATED": (Status.TERMINATED, None),
    "LAPSED": (Status.SUSPENDED, date(2026, 12, 16)),
    "IN_DEBT": (Status.BILL_TO_PAY, date(2026, 11, 20)),
    "CREATING": (Status.CREATING, None),
    "INCLUDED": (Status.INCLUDED, None),
    "ONE_OFF": (Status.ONE_OFF, None),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_service_has_the_status_that_takes_precedence_and_its_date(name: str) -> None:
    service = getattr(cases, name)
    assert (status_of(service), effective_on(service)) == EXPECTED[name]


def test_every_status_occurs() -> None:
    assert {status for status, _day in EXPECTED.values()} == set(Status)


def test_a_cancelled_service_with_a_bill_is_still_cancelled() -> None:
    both = replace(cases.CANCELLED, amount_due=cases.EUROS, billed_on=date(2026, 11, 1))
    assert status_of(both) is Status.CANCELLATION_SCHEDULED


def test_an_unknown_delay_gives_no_day_of_deletion() -> None:
    unknown = replace(cases.LAPSED, product=replace(cases.LAPSED.product, family=cases.UNKNOWN_FAMILY))
    assert deleted_on(unknown) is None
    assert effective_on(unknown) == unknown.suspended_on


@pytest.mark.parametrize("status", Status)
def test_what_ends_has_come_on_its_day_and_anything_else_on_the_next(status: Status) -> None:
    today = date(2026, 12, 31)
    ends = status in (Status.CANCELLATION_SCHEDULED, Status.EXPIRES)
    days = (today - timedelta(days=1), today, today + timedelta(days=1), None)
    assert [has_come(status, day, today) for day in days] == [True, ends, False, False]
