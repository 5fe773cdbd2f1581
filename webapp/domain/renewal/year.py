"""A year of payments, day by day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from ..money import Money
from ..periods import Period, after, clamp

MONTHS = 12


class Subscription(NamedTuple):
    """Something that is paid for on the first day of each of its terms, as long as it renews."""

    end: date
    """Of the term that is paid for: the next one begins then."""
    anchor_day: int
    period: Period
    currency: str


class Month(NamedTuple):
    first: date
    days: Mapping[date, Money]
    """On which something is paid, with what; in order."""
    total: Money


@dataclass(frozen=True)
class Year:
    """What is paid in one currency, tax included, in the twelve calendar months from a first day on."""

    first: date
    currency: str
    days: Mapping[date, int]
    """Minor units."""

    @cached_property
    def months(self) -> tuple[Month, ...]:
        firsts = [after(self.first, Period(1), anchor_day=1, times=times) for times in range(MONTHS)]
        by_month: dict[date, dict[date, Money]] = {first: {} for first in firsts}
        for day in sorted(self.days):
            by_month[day.replace(day=1)][day] = Money(self.days[day], self.currency)
        nothing = Money(0, self.currency)
        return tuple(Month(first, days, sum(days.values(), start=nothing)) for first, days in by_month.items())

    @property
    def total(self) -> Money:
        return Money(sum(self.days.values()), self.currency)

    @property
    def dearest_day(self) -> int:
        """Minor units."""
        return max(self.days.values(), default=0)

    @property
    def largest(self) -> Money:
        """What the dearest month comes to."""
        return max(month.total for month in self.months)

    @property
    def smallest(self) -> Money:
        return min(month.total for month in self.months)


def years(paying: Mapping[Subscription, int], today: date, currencies: Iterable[str]) -> tuple[Year, ...]:
    """Of each currency, the months that follow the present one; each ``paying`` with its minor units a term."""
    first = after(today, Period(1), anchor_day=1)
    wanted = range(_index(first), _index(first) + MONTHS)
    days: dict[str, dict[date, int]] = {currency: defaultdict(int) for currency in currencies}
    for each, minor in paying.items():
        start, step = _index(each.end), each.period.months
        skipped = max(0, -(-(wanted.start - start) // step)) * step
        for index in range(start + skipped, wanted.stop, step):
            days[each.currency][clamp(index // 12, index % 12 + 1, each.anchor_day)] += minor
    return tuple(Year(first, currency, dict(totals)) for currency, totals in days.items())


def _index(day: date) -> int:
    return day.year * 12 + day.month - 1
