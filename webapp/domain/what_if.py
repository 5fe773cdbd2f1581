"""What services would cost if they renewed with another period: what is paid month by month, and what a year costs."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from .calendar import RENEWING, Course, calendars
from .methods import PaymentMethod
from .money import Money, rounded
from .periods import Period
from .renewal.choices import MONTHS_A_YEAR
from .service.status import Status

PERIODS = (Period(1), Period(12))
"""Those that are compared."""
CHANGEABLE = RENEWING - {Status.CANCELLATION_SCHEDULED}


class Alternative(NamedTuple):
    """Services that are alike, and what a term of the other period would cost of all of them."""

    course: Course
    gross_minor: int | None
    """None where they are not sold so."""


class MonthCompared(NamedTuple):
    first: date
    now: Money
    """What is paid in it as things stand."""
    then: Money

    @property
    def more(self) -> Money:
        return Money(self.then.minor - self.now.minor, self.now.currency)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """In one currency."""

    services: int
    """How many would renew with another period than they do."""
    months: Sequence[MonthCompared]
    """The present one and those that follow, of all services."""
    year: MonthCompared
    """All of these months together."""
    cost: tuple[Money, Money]
    """Of a year of those services, whenever it is paid: as things stand, and then."""

    @property
    def cost_a_month(self) -> tuple[Money, Money]:
        now, then = (each.over(MONTHS_A_YEAR) for each in self.cost)
        return now, then


def what_if(
    alternatives: Iterable[Alternative], period: Period, today: date, method: PaymentMethod | None
) -> list[WhatIf]:
    """One for each currency; days stay what they are, so the next term begins when it does anyway."""
    by_currency: dict[str, list[Alternative]] = defaultdict(list)
    for each in alternatives:
        by_currency[each.course.currency].append(each)
    return [_compared(alike, period, today, method) for _currency, alike in sorted(by_currency.items())]


def _compared(alike: Sequence[Alternative], period: Period, today: date, method: PaymentMethod | None) -> WhatIf:
    currency = alike[0].course.currency
    pairs = [(each.course, _renewing(each, period)) for each in alike]
    (now,) = calendars((before for before, _after in pairs), today, method)
    (then,) = calendars((after for _before, after in pairs), today, method)
    months = [
        MonthCompared(before.first, Money(before.total, currency), Money(after.total, currency))
        for before, after in zip(now.months, then.months, strict=True)
    ]
    nothing = Money(0, currency)
    changed = [(before, after) for before, after in pairs if after is not before]
    return WhatIf(
        services=sum(before.services for before, _after in changed),
        months=months,
        year=MonthCompared(
            today, sum((each.now for each in months), nothing), sum((each.then for each in months), nothing)
        ),
        cost=(
            _a_year((before for before, _after in changed), currency),
            _a_year((after for _before, after in changed), currency),
        ),
    )


def _a_year(courses: Iterable[Course], currency: str) -> Money:
    """Rounded once."""
    yearly = (Decimal(each.gross_minor * MONTHS_A_YEAR) / each.period.months for each in courses if each.period)
    return Money(rounded(sum(yearly, start=Decimal(0))), currency)


def _renewing(each: Alternative, period: Period) -> Course:
    """With that period; the very same course where it has it, where it is not sold so, or where nothing renews."""
    course = each.course
    renews = course.automatic and course.pays and course.status in CHANGEABLE
    if not renews or course.period == period or each.gross_minor is None:
        return course
    return course._replace(period=period, gross_minor=each.gross_minor)
