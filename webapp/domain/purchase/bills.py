"""What paying a bill comes to.

A bill either is for time that has been had, or it buys the term that begins where the paid time ended.
"""

from dataclasses import dataclass, replace
from datetime import date

from ..labels import N_
from ..money import Money
from ..periods import after
from ..refusals import Reason, Refusal
from ..renewal.terms import Term, renewal_day
from ..service.case import Case
from ..service.invariants import State
from ..service.reasons import CANCELLATION_SCHEDULED, TERMINATED
from ..service.service import Availability, Mode, Service, Suspension, running

SETTLED_MEANWHILE = Reason(
    "settled-meanwhile",
    N_("This bill has been settled already."),
    N_("These bills have been settled already."),
)


@dataclass(frozen=True, slots=True)
class Owed:
    """The unpaid bills of one service together, tax included."""

    amount: Money
    since: date
    """The day of the oldest one."""


def billed_term(state: State, today: date) -> Term | None:
    """What a bill buys that an inventory tells of.

    None where the paid time is not over yet, since nobody knows then what the bill is for, and where nothing renews.
    """
    if not state.recurring or state.ends_on is None or state.period is None or state.ends_on > today:
        return None
    anchor_day = renewal_day(state.anchor_day, state.ends_on)
    return Term(state.ends_on, after(state.ends_on, state.period, anchor_day=anchor_day))


def why_not_paid(case: Case, start: date | None, *, settled: bool) -> Refusal | None:
    """Why money for this bill is of no use any more; ``start`` is that of the term it buys.

    Where that term was given already, by the engine or by an inventory, what is owed is owed for it all the same.
    """
    if settled:
        return SETTLED_MEANWHILE()
    service = case.service
    if start is None or (service.ends_on is not None and start < service.ends_on):
        return None
    if service.availability is Availability.TERMINATED:
        return TERMINATED()
    if service.cancels_on and service.cancels_on <= start:
        return CANCELLATION_SCHEDULED(day=service.cancels_on)
    return None


def owing(service: Service, owed: Owed | None) -> Service:
    """The service as its unpaid bills leave it."""
    return replace(service, amount_due=owed.amount if owed else None, billed_on=owed.since if owed else None)


def after_paying(case: Case, owed: Owed | None, end: date | None) -> Service:
    """The service once a bill for it is paid, where that much is still owed and the paid time ends then."""
    service = replace(owing(case.service, owed), ends_on=end)
    if owed or service.suspension is not Suspension.DEBT:
        return service
    if service.mode is Mode.MANUAL and end is not None and end <= case.today:
        return replace(service, suspension=Suspension.EXPIRED)
    return running(service)
