"""What the calendar is drawn from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from ...domain.calendar import Calendar, CalendarMonth, Happening
from ...domain.money import Money
from ...operations.listing.ahead import Named

HEIGHT, STEP = 100, 24
"""Of the picture, in its own units: the highest bar, and from one month to the next."""


@dataclass(frozen=True, slots=True)
class Bar:
    """What is paid of one kind in one month, as a part of its column."""

    happening: Happening
    x: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A calendar with its picture."""

    calendar: Calendar
    bars: Sequence[Bar]
    step: int = STEP

    def money(self, minor: int) -> Money:
        return Money(minor, self.calendar.currency)

    def strip(self, month: CalendarMonth) -> list[tuple[int, float]]:
        """The days on which something is paid, each with its height in ten parts of the dearest."""
        return [
            (day.day, max(1.0, round(10 * minor / self.calendar.dearest_day, 2))) for day, minor in month.days.items()
        ]


def chart(calendar: Calendar) -> Chart:
    """The dearest month fills the height; kinds of payments stand on each other."""
    bars = []
    for number, month in enumerate(calendar.months):
        top = float(HEIGHT)
        for happening, tally in month.tallies.items():
            if happening.costs and tally.minor:
                height = HEIGHT * tally.minor / calendar.dearest
                top -= height
                bars.append(Bar(happening, number * STEP, round(top, 2), round(height, 2)))
    return Chart(calendar, bars)


def lists(named: Iterable[Named]) -> list[tuple[date, list[Named]]]:
    """By month."""
    return [(month, list(several)) for month, several in groupby(named, key=lambda each: each.day.replace(day=1))]
