"""What a paid line gives, whoever pays it, and when there is nothing to give for it any more."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.domain import cases
from webapp.domain.billing.quote import Purpose
from webapp.domain.events import Aligned, BillCredited, BillPaid, Renewed
from webapp.domain.purchase.bills import SETTLED_MEANWHILE, Owed, after_paying
from webapp.domain.purchase.bought import Bought, PaidBill
from webapp.domain.purchase.give import GIVING, RENEWED_MEANWHILE, WHY_CREDITED, give, take_back, why_nothing
from webapp.domain.renewal.terms import Term
from webapp.domain.service.invariants import require_sound
from webapp.domain.service.reasons import BILL_TO_PAY, CANCELLATION_SCHEDULED, TERMINATED
from webapp.domain.service.service import Availability, Mode, Service, Suspension

END, NEXT = date(2026, 12, 31), date(2027, 12, 31)
TODAY, DAY = cases.NOW.date(), timedelta(days=1)
YEAR = Bought(
    line_id=7,
    order="AAAA",
    purpose=Purpose.RENEW,
    days=(END, NEXT),
    anchor_day=None,
    net=cases.EUROS,
    gross=cases.EUROS,
    taxes=(),
)
BILL = replace(YEAR, purpose=Purpose.BILL, days=None, bill=PaidBill("B-1", settled=False))
LAPSED_YEAR = replace(YEAR, days=(date(2026, 11, 1), date(2027, 11, 1)))
LAPSED = replace(cases.LAPSED, anchor_day=1)
OWED = Owed(cases.EUROS, date(2026, 11, 2))


def test_each_purpose_gives_something() -> None:
    assert GIVING.keys() == set(Purpose)


@pytest.mark.parametrize("purpose", [Purpose.RENEW, Purpose.ANTICIPATE])
def test_a_term_is_added_where_it_follows(purpose: Purpose) -> None:
    given = give(cases.case(cases.AUTOMATIC), replace(YEAR, purpose=purpose), None)
    assert given.after == replace(cases.AUTOMATIC, ends_on=NEXT)
    assert given.term == Term(END, NEXT, order_line_id=7)
    assert given.event == Renewed("AAAA", END, NEXT, cases.EUROS, cases.EUROS, ())


def test_what_had_lapsed_is_there_again() -> None:
    given = give(cases.case(LAPSED), LAPSED_YEAR, None)
    assert given.after == replace(
        LAPSED, ends_on=date(2027, 11, 1), availability=Availability.ACTIVE, suspension=None, suspended_on=None
    )


def test_another_renewal_day_comes_with_the_days_until_then() -> None:
    days = (END, date(2027, 2, 15))
    given = give(cases.case(cases.AUTOMATIC), replace(YEAR, purpose=Purpose.ALIGN, days=days, anchor_day=15), None)
    assert given.after == replace(cases.AUTOMATIC, ends_on=days[1], anchor_day=15)
    assert isinstance(given.event, Aligned)
    assert (given.event.old_day, given.event.day, given.term) == (31, 15, Term(*days, order_line_id=7))


def test_a_paid_bill_is_owed_no_more_and_ends_the_suspension_for_it() -> None:
    given = give(cases.case(cases.IN_DEBT), BILL, None)
    assert given.after == cases.AUTOMATIC
    assert (given.term, given.event) == (None, BillPaid("AAAA", "B-1", cases.EUROS, None))


@pytest.mark.parametrize(
    ("mode", "end", "suspension"),
    [
        (Mode.MANUAL, TODAY - DAY, Suspension.EXPIRED),
        (Mode.MANUAL, TODAY, Suspension.EXPIRED),
        (Mode.MANUAL, TODAY + DAY, None),
        (Mode.AUTOMATIC, TODAY - DAY, None),
        (Mode.AUTOMATIC, TODAY, None),
    ],
)
def test_what_is_over_and_renewed_by_hand_has_still_to_be_renewed_once_its_bill_is_paid(
    mode: Mode, end: date, suspension: Suspension | None
) -> None:
    in_debt = cases.case(replace(cases.IN_DEBT, mode=mode))
    assert after_paying(in_debt, None, end).suspension is suspension
    assert after_paying(in_debt, OWED, end).suspension is Suspension.DEBT


def test_what_a_bill_takes_back_leaves_the_others_owed() -> None:
    other = Owed(cases.EUROS, date(2026, 11, 2))
    given = take_back(cases.case(cases.BILLED), BILL, other)
    assert given is not None
    assert (given.after.amount_due, given.after.billed_on) == (other.amount, other.since)


def test_the_day_before_is_the_one_that_terms_are_counted_from() -> None:
    """Not the last day of a short month on which one of them ends."""
    short = replace(cases.AUTOMATIC, ends_on=date(2027, 2, 28))
    days = (date(2027, 2, 28), date(2027, 3, 15))
    given = give(cases.case(short), replace(YEAR, purpose=Purpose.ALIGN, days=days, anchor_day=15), None)
    assert isinstance(given.event, Aligned)
    assert (given.event.old_day, given.event.day) == (31, 15)


def test_another_bill_keeps_it_suspended() -> None:
    given = give(cases.case(cases.IN_DEBT), BILL, OWED)
    assert given.after == replace(cases.IN_DEBT, billed_on=OWED.since)


@pytest.mark.parametrize(("end", "term"), [(END, Term(END, NEXT, order_line_id=7)), (NEXT, None)])
def test_the_term_of_a_bill_is_given_unless_it_is_there_already(end: date, term: Term | None) -> None:
    given = give(cases.case(replace(cases.BILLED, ends_on=end)), replace(BILL, days=(END, NEXT)), None)
    assert (given.term, given.after.ends_on, given.after.amount_due) == (term, NEXT, None)


REFUSED: list[tuple[Service, Bought, Any]] = [
    (cases.AUTOMATIC, YEAR, None),
    (cases.TERMINATED, YEAR, TERMINATED()),
    (cases.CANCELLED, YEAR, CANCELLATION_SCHEDULED(day=END)),
    (replace(cases.AUTOMATIC, ends_on=NEXT), YEAR, RENEWED_MEANWHILE()),
    (cases.BILLED, YEAR, BILL_TO_PAY()),
    (cases.BILLED, BILL, None),
    (cases.TERMINATED, BILL, None),
    (cases.BILLED, replace(BILL, bill=PaidBill("B-1", settled=True)), SETTLED_MEANWHILE()),
    (cases.TERMINATED, replace(BILL, days=(END, NEXT)), TERMINATED()),
    (cases.CANCELLED, replace(BILL, days=(END - DAY, NEXT)), None),
    (cases.CANCELLED, replace(BILL, days=(END, NEXT)), CANCELLATION_SCHEDULED(day=END)),
    (cases.CANCELLED, replace(BILL, days=(END, NEXT)), CANCELLATION_SCHEDULED(day=END)),
]


@pytest.mark.parametrize(("service", "bought", "refusal"), REFUSED)
def test_money_that_brings_nothing_says_why(service: Service, bought: Bought, refusal: Any) -> None:
    said = why_nothing(cases.case(service), bought)
    assert said == refusal
    assert said is None or said.code in WHY_CREDITED


def test_who_asks_makes_no_difference() -> None:
    nobody = cases.case(cases.AUTOMATIC, roles=0)
    assert why_nothing(nobody, YEAR) is None


def test_a_bill_that_brings_nothing_is_taken_back_once() -> None:
    case = cases.case(cases.IN_DEBT)
    given = take_back(case, replace(BILL, days=(END, NEXT)), None)
    assert given
    assert given.after == replace(cases.IN_DEBT, amount_due=None, billed_on=None)
    assert given.event == BillCredited("AAAA", "B-1", cases.EUROS)
    assert take_back(case, replace(BILL, bill=PaidBill("B-1", settled=True)), None) is None
    assert take_back(case, YEAR, None) is None


@pytest.mark.parametrize("bought", [YEAR, BILL, replace(BILL, days=(END, NEXT))])
@pytest.mark.parametrize("service", [cases.AUTOMATIC, cases.MANUAL, cases.BILLED, cases.IN_DEBT])
def test_nothing_that_is_given_contradicts_itself(service: Service, bought: Bought) -> None:
    require_sound(service, give(cases.case(service), bought, None).after)


def test_a_debt_of_a_manual_service_leaves_it_lapsed() -> None:
    service = replace(cases.IN_DEBT, mode=cases.MANUAL.mode, ends_on=date(2026, 10, 31))
    assert give(cases.case(service), BILL, None).after.suspension is Suspension.EXPIRED
