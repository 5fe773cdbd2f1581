"""Moving the day of the month on which a service renews.

The days in between are paid for by their share of a term, so that no paid day is lost and none is given away.
"""

from dataclasses import dataclass
from datetime import date

from ..billing.quote import Item, Purpose
from ..labels import N_
from ..money import Money
from ..periods import Period, after, clamp
from ..refusals import Reason, Refusal
from ..service.actions import Action, refusal
from ..service.case import Case
from ..service.catalogue import RenewalDay
from .renewing import NOTHING_SOLD
from .terms import Term, next_term, renewal_day, why_not

ALREADY_ON_DAY = Reason(
    "already-on-day",
    N_("This service renews on that day already."),
    N_("They renew on that day already."),
)
ONLY_THE_FIRST = Reason(
    "only-the-first",
    N_("The renewal day of this type of service can only be the 1st of the month."),
    N_("The renewal day of services of these types can only be the 1st of the month."),
)
NO_SUCH_DAY = Reason("no-such-day", N_("Choose a day of the month, from 1 to 31."))
FOR_GOOD = N_(
    "There is no undoing this: days that are paid for are not taken back. You can always move to another day again."
)
DAYS = range(1, 32)
"""That may be aimed at; a month that is shorter has its last day instead."""


@dataclass(frozen=True, slots=True)
class Target:
    """The day of the month on which services shall renew."""

    day: int
    at_least: Period
    """How long after the present end the new one lies at the least."""

    def new_end(self, end: date) -> date:
        """The first such day that is far enough; a service that ends on one already stays as it is.

        The rule is that of Alibaba Cloud's unified expiration date, whose published examples are among the tests.
        """
        if self.falls_on(end):
            return end
        earliest = after(end, self.at_least, anchor_day=end.day)
        same_month = clamp(earliest.year, earliest.month, self.day)
        return same_month if same_month >= earliest else after(earliest, Period(1), anchor_day=self.day)

    def falls_on(self, day: date) -> bool:
        return day == clamp(day.year, day.month, self.day)


@dataclass(frozen=True, slots=True)
class Movable:
    """A service whose renewal day can be moved."""

    case: Case
    end: date
    """Until when it is paid for."""
    anchor_day: int
    period: Period
    next_end: date
    """Of the term that its price is for."""


def movable(case: Case) -> Movable | Refusal:
    """Whether its day can be moved to any other, or why not."""
    if refused := refusal(Action.ALIGN, case):
        return refused
    service = case.service
    present = next_term(service, service.period) if service.period else None
    if service.period is None or present is None or present.start is None:
        return NOTHING_SOLD()
    anchor_day = renewal_day(service.anchor_day, present.start)
    return Movable(case, present.start, anchor_day, service.period, present.end)


def align(case: Case, target: Target) -> Item | Refusal:
    """What it costs to renew on that day from now on, or why it cannot be."""
    moved = movable(case)
    return moved if isinstance(moved, Refusal) else move(moved, target)


def move(moved: Movable, target: Target) -> Item | Refusal:
    """The same of one that can be moved to some day; nothing is due where no day is added."""
    case, service = moved.case, moved.case.service
    if service.product.family.renewal_day is RenewalDay.FIRST and target.day != 1:
        return ONLY_THE_FIRST()
    if moved.anchor_day == target.day:
        return ALREADY_ON_DAY()
    added = Term(moved.end, target.new_end(moved.end))
    if unfit := why_not(case, added):
        return unfit
    net = pro_rata(service.price, (added.end - moved.end).days, (moved.next_end - moved.end).days)
    seller, levies = case.rules.portal.code, case.rules.levies(net)
    return Item(service.reference, seller, Purpose.ALIGN, None, moved.end, added.end, net, levies, target.day)


def pro_rata(price: Money, days: int, days_of_term: int) -> Money:
    """So many days of a term at that price, halves away from zero."""
    return price.share(days, days_of_term)


def read_day(text: str) -> int | None:
    """``"15"``; None for whatever is no day of a month."""
    day = int(text) if text.isascii() and text.isdecimal() and len(text) < 3 else 0
    return day if day in DAYS else None
