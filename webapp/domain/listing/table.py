"""What a customer asks of the services table.

Its address is the state: the same query string gives the same table to anyone who may see it.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from ..labels import N_, Labelled
from ..periods import clamp
from ..roles import Role
from ..service.service import Availability, Mode
from ..service.status import Status

SIZES = (25, 50, 100)
SOON_DAYS = 30


class Sort(Labelled):
    """The columns of the table, all of them sortable."""

    NAME = "name", N_("Service")
    TYPE = "type", N_("Type")
    AVAILABILITY = "availability", N_("Availability")
    STATUS = "status", N_("Status")
    DATE = "date", N_("Next date")
    PRICE = "price", N_("Price")


class Due(Labelled):
    """When the status takes effect, counted from today."""

    OVERDUE = "overdue", N_("Date passed")
    WEEK = "week", N_("Within 7 days")
    MONTH = "month", N_("Within 30 days")
    THIS_MONTH = "this-month", N_("This calendar month")


@dataclass(frozen=True, slots=True)
class Table:
    """One state of the table. Several values of one filter widen it, several filters narrow it."""

    q: str = ""
    type: tuple[str, ...] = ()
    availability: tuple[Availability, ...] = ()
    status: tuple[Status, ...] = ()
    mode: tuple[Mode, ...] = ()
    due: tuple[Due, ...] = ()
    since: date | None = None
    until: date | None = None
    role: tuple[Role, ...] = ()
    bill: bool = False
    selected: bool = False
    sort: Sort = Sort.DATE
    descending: bool = False
    page: int = 1
    size: int = SIZES[0]

    def having(self, **changes: Any) -> "Table":
        """The same table with something changed; a change of anything but the page leads to page 1."""
        return replace(self, **{"page": 1} | changes)

    def without(self, name: str, value: Any) -> "Table":
        """The same table with one filter value taken away."""
        kept = getattr(self, name)
        rest = tuple(each for each in kept if each != value) if isinstance(kept, tuple) else None
        return self.having(**{name: getattr(BLANK, name) if rest is None else rest})

    def sorted_by(self, sort: Sort) -> "Table":
        """The same table by that column; the other way round if it is sorted by it already."""
        return self.having(sort=sort, descending=self.sort is sort and not self.descending)

    @property
    def filters(self) -> list[tuple[str, Any]]:
        """Every active filter value by its name."""
        active: list[tuple[str, Any]] = []
        for name in FILTERS:
            value = getattr(self, name)
            active += [(name, each) for each in value] if isinstance(value, tuple) else [(name, value)] if value else []
        return active

    def cleared(self) -> "Table":
        """The same order and size without search and filters."""
        return Table(sort=self.sort, descending=self.descending, size=self.size)

    @property
    def query(self) -> str:
        """The state as a query string, defaults left out: equal states give equal strings."""
        pairs = [(ADDRESS.get(name, name), written(name, value)) for name, value in self.filters]
        if self.sort is not BLANK.sort or self.descending:
            pairs.append(("sort", ("-" if self.descending else "") + self.sort.value))
        pairs += [
            (name, str(getattr(self, name))) for name in ("page", "size") if getattr(self, name) != getattr(BLANK, name)
        ]
        return urlencode(pairs)

    def at(self, base: str) -> str:
        """The address of this state on the page of that address."""
        return f"{base}?{self.query}" if self.query else base


BLANK = Table()
FILTERS = ("q", "type", "availability", "status", "mode", "due", "since", "until", "role", "bill", "selected")
ADDRESS = {"since": "from", "until": "to"}
"""Filters whose name in the address is no Python name."""
FLAGS = {"bill": "unpaid", "selected": "yes"}


def written(name: str, value: Any) -> str:
    """A filter value as the address has it."""
    if name in FLAGS:
        return FLAGS[name]
    return value.word if isinstance(value, Role) else str(value)


def window(table: Table, today: date) -> tuple[tuple[date | None, date | None], ...]:
    """The stretches of days (first and last, None for open) that the date filters let through."""
    stretches = [_stretch(due, today) for due in table.due]
    if table.since or table.until:
        stretches.append((table.since, table.until))
    return tuple(stretches)


def _stretch(due: Due, today: date) -> tuple[date | None, date | None]:
    match due:
        case Due.OVERDUE:
            return None, today - timedelta(days=1)
        case Due.WEEK:
            return today, today + timedelta(days=7)
        case Due.MONTH:
            return today, today + timedelta(days=SOON_DAYS)
        case Due.THIS_MONTH:
            return today.replace(day=1), clamp(today.year, today.month, 31)
