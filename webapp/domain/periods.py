"""Renewal periods and the calendar dates they lead to.

Dates are counted from a stored anchor day and clamped to the month, never chained: a service anchored
on the 31st renews on 31 January, 28 February and again on 31 March.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

LONGEST_MONTHS = 120
_ISO = re.compile(r"P(?:([0-9]{1,2})Y)?(?:([0-9]{1,3})M)?")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A whole number of months, written as an ISO 8601 duration (``P1M``, ``P12M``)."""

    months: int

    def __post_init__(self) -> None:
        if not 1 <= self.months <= LONGEST_MONTHS:
            raise ValueError(f"a period has 1 to {LONGEST_MONTHS} months")

    def __str__(self) -> str:
        return f"P{self.months}M"

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read ``P12M``, ``P1Y`` or ``P1Y6M``. Raises ValueError."""
        match = _ISO.fullmatch(text)
        if not match or not any(match.groups()):
            raise ValueError("a period is written like P1M, P12M or P1Y")
        years, months = (int(part or 0) for part in match.groups())
        return cls(years * 12 + months)


@dataclass(frozen=True, slots=True)
class DaysFrom:
    """So many days, counted from one that is not among them."""

    day: date
    days: int

    @property
    def end(self) -> date:
        return self.day + timedelta(days=self.days)


def clamp(year: int, month: int, day: int) -> date:
    """The given day of that month, or the month's last day when it has no such day."""
    return date(year, month, min(day, _days_in(year, month)))


@lru_cache(4096)
def _days_in(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def last_day(end: date) -> date:
    """Of a stretch whose first day after it is that one: what people are told."""
    return end - timedelta(days=1)


def after(start: date, period: Period, *, anchor_day: int, times: int = 1) -> date:
    """The date ``times`` periods after ``start``, on the anchor day (1 to 31) or the month's last day."""
    months = start.year * 12 + start.month - 1 + period.months * times
    return clamp(months // 12, months % 12 + 1, anchor_day)
