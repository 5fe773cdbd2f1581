"""Days on which something is due: whatever days the engine runs on, a loss comes on a day that was named before."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain import cases
from webapp.domain.lifecycle.due import LOSSES, DueStep, EngineStep, due, loss_of
from webapp.domain.service.service import Availability, Kind, Service, Suspension
from webapp.rules.loader import load

RULES = load().lifecycle
DAY = timedelta(days=1)
START = date(2026, 11, 1)
END = date(2026, 12, 31)
MANUAL = replace(cases.MANUAL, ends_on=END)
BILLED = replace(cases.BILLED, billed_on=START)


def told(service: Service, today: date) -> Service:
    """Once its payer has been told on that day."""
    loss = loss_of(service, RULES)
    assert loss is not None
    return replace(service, noticed_on=today, promised_on=loss.to_name(service, today, RULES))


def test_notices_come_on_their_days_and_the_loss_after_them() -> None:
    service, days = MANUAL, []
    while (its := due(service, RULES)) and its.step is EngineStep.REMIND:
        days.append((END - its.on).days)
        service = told(service, its.on)
    assert days == [30, 15, 7, 3, 1] and its == DueStep(END, EngineStep.SUSPEND)


def test_what_is_unpaid_is_asked_for_again_after_the_bill() -> None:
    service, days = told(BILLED, START), []
    while (its := due(service, RULES)) and its.step is EngineStep.ASK_AGAIN:
        days.append((its.on - START).days)
        service = told(service, its.on)
    assert days == [3, 5, 7] and its == DueStep(START + 7 * DAY, EngineStep.SUSPEND)


@pytest.mark.parametrize(
    "service",
    [
        replace(MANUAL, paid_in="K7QM"),
        replace(BILLED, paid_in="K7QM"),
        replace(BILLED, kind=Kind.ONE_OFF),
        cases.TERMINATED,
        replace(cases.LAPSED, suspension=Suspension.POLICY),
        replace(cases.LAPSED, product=replace(cases.LAPSED.product, family=cases.UNKNOWN_FAMILY)),
    ],
)
def test_nothing_is_lost_while_it_is_paid_for_nor_where_nobody_says_so(service: Service) -> None:
    assert loss_of(service, RULES) is None and due(service, RULES) is None


@given(
    service=st.sampled_from([MANUAL, BILLED, replace(cases.LAPSED, suspended_on=START)]),
    runs=st.sets(st.integers(0, 150), min_size=1),
)
def test_whatever_days_it_runs_on_nothing_is_lost_before_the_day_that_was_named(
    service: Service, runs: set[int]
) -> None:
    earliest = loss_of(service, RULES)
    assert earliest is not None
    for offset in sorted(runs):
        today = START + offset * DAY
        for _step in range(9):
            its = due(service, RULES)
            if its is None or its.on > today:
                break
            if its.step in LOSSES:
                assert service.promised_on is not None and service.noticed_on is not None
                assert earliest.on <= service.promised_on <= today and service.noticed_on <= service.promised_on
                return
            service = told(service, today)
            assert service.promised_on is not None and service.promised_on >= today
        else:
            raise AssertionError("it never ends")


def test_a_deletion_comes_no_earlier_than_was_named() -> None:
    lapsed = replace(cases.LAPSED, suspended_on=START, noticed_on=END, promised_on=date(2027, 6, 1))
    assert lapsed.availability is Availability.SUSPENDED
    assert due(lapsed, RULES) == DueStep(date(2027, 5, 25), EngineStep.WARN)
