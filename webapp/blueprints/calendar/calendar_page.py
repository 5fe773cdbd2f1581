"""What the calendar is drawn from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from ...domain.calendar import Calendar, CalendarMonth, Happening, Tallies, Tally
from ...domain.money import Money
from ...operations.listing.ahead import Named

HEIGHT, STEP = 100, 24
"""Of a picture, in its own units: the highest column, and from one month to the next."""
HUES = 7
"""Colours that can be told apart; what comes after shares the last."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What happens to services of one type in one month, as a part of its column."""

    hue: int
    x: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Strip:
    """One kind of what happens over the months, its columns stacked by type."""

    happening: Happening
    pieces: Sequence[Piece]
    most: Tally
    """Of its highest column, which fills the height."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A calendar with its pictures."""

    calendar: Calendar
    strips: Sequence[Strip]
    types: Sequence[tuple[str, int, Tallies]]
    """Each family with its colour and what there is of it."""

    def money(self, minor: int) -> Money:
        return Money(minor, self.calendar.currency)

    def days(self, month: CalendarMonth) -> list[tuple[int, float]]:
        """The days on which something is paid, each with its height in ten parts of the dearest."""
        return [
            (day.day, max(1.0, round(10 * minor / self.calendar.dearest_day, 2))) for day, minor in month.days.items()
        ]


def chart(calendar: Calendar) -> Chart:
    families = calendar.families
    hues = {family: min(number, HUES) for number, family in enumerate(families, 1)}
    strips = [_strip(calendar.months, happening, hues) for happening in calendar.happenings]
    return Chart(calendar, strips, [(family, hues[family], tallies) for family, tallies in families.items()])


def _strip(months: Sequence[CalendarMonth], happening: Happening, hues: Mapping[str, int]) -> Strip:
    def height(tally: Tally) -> int:
        return tally.minor if happening.costs else tally.number

    most = max((month.tallies[happening] for month in months if happening in month.tallies), key=height)
    pieces, unit = [], HEIGHT / (height(most) or 1)
    for number, month in enumerate(months):
        top = height(most)
        for family, hue in hues.items():
            tally = month.families.get(family, {}).get(happening)
            if tally and (part := height(tally)):
                top -= part
                pieces.append(Piece(hue, number * STEP, round(top * unit, 2), round(part * unit, 2)))
    return Strip(happening, pieces, most)


def lists(named: Iterable[Named]) -> list[tuple[date, list[Named]]]:
    """By month."""
    return [(month, list(several)) for month, several in groupby(named, key=lambda each: each.day.replace(day=1))]
