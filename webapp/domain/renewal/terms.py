"""The stretch that paying for a service buys.

It begins where the paid time ends, whether that lies ahead or behind, so that no remaining day is lost and none is
given away (public renewal guide: paid early, it is added to the present end; paid late, it counts from the old end).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, count, pairwise

from ..labels import N_
from ..periods import Period, after
from ..refusals import Reason, Refusal
from ..service.case import Case
from ..service.service import Service, Suspension, running

LONGER_THAN_REGISTERED = Reason(
    "longer-than-registered",
    N_("The registry takes no term that ends after %(day)s."),
    N_("The registry takes no term that ends so late."),
)
STILL_OVER = Reason(
    "still-over",
    N_("This would end on %(day)s, which has passed already."),
    N_("Their new terms would have ended already."),
)


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch ``[start, end)`` of calendar days in the contract's time zone."""

    start: date | None
    """None where nobody knows when the time that is paid for began."""
    end: date
    opening: bool = False
    """Whether it is the first one that is known of the service."""
    order_line_id: int | None = None
    """What it is bought with."""
    invoice_line_id: int | None = None
    """The bill on which it is given."""


def next_term(service: Service, duration: Period) -> Term | None:
    """What that duration adds; None where there is no term to add to."""
    if service.ends_on is None:
        return None
    anchor_day = renewal_day(service.anchor_day, service.ends_on)
    return Term(service.ends_on, after(service.ends_on, duration, anchor_day=anchor_day))


def following(end: date, anchor_day: int | None, period: Period) -> Iterator[tuple[date, date]]:
    """The terms after that end, one after the other, each counted from it: ``[start, end)``."""
    day = renewal_day(anchor_day, end)
    ends = (after(end, period, anchor_day=day, times=times) for times in count(1))
    return pairwise(chain((end,), ends))


def renewal_day(anchor_day: int | None, end: date) -> int:
    """The day of the month that terms are counted by: that of the end, where nobody knows the anchor."""
    return anchor_day or end.day


def why_not(case: Case, term: Term) -> Refusal | None:
    """The reason that nobody should buy this term now."""
    if term.end <= case.today:
        return STILL_OVER(day=term.end)
    months = case.service.product.family.registered_at_most_months
    if months is None:
        return None
    last = after(case.today, Period(months), anchor_day=case.today.day)
    return LONGER_THAN_REGISTERED(day=last) if term.end > last else None


def paid_until(case: Case, end: date) -> Service:
    """The service once it is paid for until then: one that had lapsed is there again."""
    service = replace(case.service, ends_on=end)
    return running(service) if service.suspension is Suspension.EXPIRED and end > case.today else service
