"""Days before the end of a term on which somebody wants to be reminded, beside those of their contract."""

import re
from collections.abc import Collection
from datetime import date, timedelta

from .labels import N_
from .lifecycle.due import LifecycleRules, recapped_on
from .refusals import Reason, Refused
from .service.service import Mode, Service

MOST, FARTHEST = 5, 365
OWN_DAYS_UNFIT = Reason(
    "own-days-unfit",
    N_("Write numbers with commas between them, such as 45, 20: five of them at most, each from 1 to 365."),
)


def read_days(text: str) -> tuple[int, ...]:
    """In falling order. Raises Refused.

    >>> read_days("20, 45 20")
    (45, 20)
    """
    pieces = re.findall(r"[^\s,;]+", text)
    if any(not re.fullmatch(r"[0-9]{1,3}", piece) for piece in pieces):
        raise Refused(OWN_DAYS_UNFIT())
    days = sorted({int(piece) for piece in pieces}, reverse=True)
    if len(days) > MOST or any(not 1 <= day <= FARTHEST for day in days):
        raise Refused(OWN_DAYS_UNFIT())
    return tuple(days)


def ends(days: Collection[int], since: date, today: date) -> list[tuple[date, date]]:
    """The first and the last day of each stretch of ends that fall to be told of after ``since`` until today; what is
    over is not.
    """
    first = (max(since + timedelta(days=each + 1), today + timedelta(days=1)) for each in days)
    last = (today + timedelta(days=each) for each in days)
    return [stretch for stretch in zip(first, last, strict=True) if stretch[0] <= stretch[1]]


def told_anyway(service: Service, today: date, rules: LifecycleRules) -> bool:
    """Whether its payer is told of its end today in any case."""
    if service.mode is Mode.MANUAL or service.recapped_for != service.ends_on:
        return service.noticed_on == today
    return recapped_on(service, rules) == today
