"""What a customer asks of the services table."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from ..labels import N_, Labelled
from ..periods import clamp
from ..roles import Role
from ..service.service import Availability, Mode
from ..service.status import Status
from .state import ListState

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
class Table(ListState):
    """One state of the table."""

    FILTERS: ClassVar = (
        "q",
        "type",
        "availability",
        "status",
        "mode",
        "due",
        "since",
        "until",
        "role",
        "bill",
        "selected",
    )
    KEPT: ClassVar = ("size",)
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

    @classmethod
    def written(cls, name: str, value: Any) -> str:
        """A filter value as the address has it."""
        if name in FLAGS:
            return FLAGS[name]
        return value.word if isinstance(value, Role) else str(value)


BLANK = Table()
FLAGS = {"bill": "unpaid", "selected": "yes"}


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
