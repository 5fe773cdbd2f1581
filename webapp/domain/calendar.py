"""What the twelve months ahead hold: debits, bills, expiries, ends and deletions, day by day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import dropwhile, takewhile
from typing import NamedTuple

from .billing.settlement import Fund, order_of_funds
from .labels import N_, Labelled
from .methods import PaymentMethod
from .periods import Period, after
from .renewal.terms import following
from .service.status import Status

MONTHS = 12


class Happening(Labelled):
    """In the order in which they are drawn over each other, and listed on one day."""

    DEBIT = "debit", N_("Debits")
    BILL = "bill", N_("Bills")
    RENEWAL = "renewal", N_("Paid by others")
    EXPIRY = "expiry", N_("Expiries")
    END = "end", N_("Ends")
    DELETION = "deletion", N_("Deletions")

    @property
    def costs(self) -> bool:
        """Whether the reader pays for it."""
        return self in (Happening.DEBIT, Happening.BILL)


class Course(NamedTuple):
    """All that decides what lies ahead of a service, or of several that are alike in this."""

    status: Status
    effective_on: date | None
    automatic: bool
    ends_on: date | None
    """First day that is not paid for."""
    anchor_day: int | None
    period: Period | None
    cancels_on: date | None
    deleted_after: int | None
    """Days after its end, where it is renewed by hand and nobody does it; None where no source states them."""
    pays: bool
    """Whether the reader does."""
    currency: str
    gross_minor: int
    """Of a term, of all of them together; 0 for who does not pay."""
    due_minor: int
    """What is owed already."""
    family: str
    services: int = 1


class Occasion(NamedTuple):
    day: date
    happening: Happening
    minor: int
    """What it costs the reader, tax included."""
    term: int | None = None
    """Before which of the terms ahead it stands, counted from 0; None where it is about none."""


RENEWING = frozenset((Status.AUTOMATIC, Status.CANCELLATION_SCHEDULED, Status.BILL_TO_PAY, Status.PAYMENT_IN_PROGRESS))
"""What a service may be while terms of it are still to be paid for."""


def ahead(course: Course, today: date, method: PaymentMethod | None) -> Iterator[Occasion]:
    """What happens to it from today on, as far as that is known, up to the end of the calendar."""
    until = end_of_calendar(today)
    if course.due_minor:
        yield Occasion(today, Happening.BILL, course.due_minor)
    for number, start in _terms(course, today, until):
        day = max(start, today)
        yield Occasion(day, _paid_by(course, day, method), course.gross_minor, number)
    for lost_on, happening, term in _losses(course, today):
        if today <= lost_on < until:
            yield Occasion(lost_on, happening, 0, term)


def called_off(course: Course, today: date) -> Iterator[Occasion]:
    """What would still happen to it after the day on which it ends, had nobody cancelled it."""
    if course.status is Status.CANCELLATION_SCHEDULED and course.cancels_on:
        happening, left = Happening.DEBIT if course.pays else Happening.RENEWAL, _terms_left(course, today)
        for number, start in _terms(course._replace(cancels_on=None), today, end_of_calendar(today)):
            if number > left:
                yield Occasion(start, happening, course.gross_minor, number)


def end_of_calendar(today: date) -> date:
    """The first day after the present month and the eleven that follow."""
    return after(today.replace(day=1), Period(MONTHS), anchor_day=1)


def _paid_by(course: Course, day: date, method: PaymentMethod | None) -> Happening:
    if not course.pays:
        return Happening.RENEWAL
    return Happening.DEBIT if Fund.METHOD in order_of_funds(day, method) else Happening.BILL


def _terms(course: Course, today: date, until: date) -> Iterator[tuple[int, date]]:
    """The first days of the terms that are still to be paid for, each with its number.

    One that is billed already, or being paid for, is none of them.
    """
    if course.ends_on is None or course.period is None or not course.automatic or course.status not in RENEWING:
        return iter(())
    starts = enumerate(start for start, _end in following(course.ends_on, course.anchor_day, course.period))
    last = min(until, course.cancels_on) if course.cancels_on else until
    taken = {Status.BILL_TO_PAY: today, Status.PAYMENT_IN_PROGRESS: max(today, course.ends_on)}.get(course.status)
    left = dropwhile(lambda each: taken is not None and each[1] <= taken, starts)
    return takewhile(lambda each: each[1] < last, left)


def _terms_left(course: Course, today: date) -> int:
    """How many more it is paid for before it ends."""
    return max((1 + number for number, _start in _terms(course, today, end_of_calendar(today))), default=0)


def _losses(course: Course, today: date) -> Iterator[tuple[date, Happening, int | None]]:
    match course.status:
        case Status.CANCELLATION_SCHEDULED if course.cancels_on:
            yield course.cancels_on, Happening.END, _terms_left(course, today)
        case Status.SUSPENDED if course.effective_on and course.effective_on > today:
            yield course.effective_on, Happening.DELETION, None
        case Status.EXPIRES if course.ends_on:
            yield course.ends_on, Happening.EXPIRY, 0
            if course.deleted_after is not None:
                yield course.ends_on + timedelta(days=course.deleted_after), Happening.DELETION, None


class Tally(NamedTuple):
    """How many services, each as often as it happens to it, and what that costs in minor units."""

    number: int
    minor: int


Tallies = Mapping[Happening, Tally]


@dataclass(frozen=True)
class CalendarMonth:
    first: date
    families: Mapping[str, Tallies]
    """What there is of services of each."""
    days: Mapping[date, int]
    """On which something is paid, with what, in minor units; in order."""

    @cached_property
    def tallies(self) -> Tallies:
        return _together(self.families.values())

    @property
    def total(self) -> int:
        """What is paid, in minor units."""
        return sum(self.days.values())


@dataclass(frozen=True)
class Calendar:
    """The present month and the eleven that follow, in one currency."""

    currency: str
    months: Sequence[CalendarMonth]

    @property
    def happenings(self) -> list[Happening]:
        """Those that there are."""
        return list(self.tallies)

    @cached_property
    def tallies(self) -> Tallies:
        """Of all months."""
        return _together(month.tallies for month in self.months)

    @cached_property
    def families(self) -> dict[str, Tallies]:
        """What there is of services of each in all months; the dearest first, then those of which there is most."""
        names = sorted({name for month in self.months for name in month.families})
        all_of = {name: _together(month.families.get(name, {}) for month in self.months) for name in names}
        return dict(sorted(all_of.items(), key=lambda each: _weight(each[1]), reverse=True))

    @cached_property
    def dearest_day(self) -> int:
        return max((minor for month in self.months for minor in month.days.values()), default=0)


def _together(several: Iterable[Tallies]) -> Tallies:
    """Their sums, in the order of what happens."""
    sums: dict[Happening, Tally] = {}
    for tallies in several:
        for happening, tally in tallies.items():
            before = sums.get(happening, Tally(0, 0))
            sums[happening] = Tally(before.number + tally.number, before.minor + tally.minor)
    return {each: sums[each] for each in Happening if each in sums}


def _weight(tallies: Tallies) -> tuple[int, int]:
    return sum(each.minor for each in tallies.values()), sum(each.number for each in tallies.values())


def calendars(courses: Iterable[Course], today: date, method: PaymentMethod | None) -> list[Calendar]:
    """One for each currency; the one in which most is paid first."""
    by_currency: dict[str, list[Course]] = defaultdict(list)
    for course in courses:
        by_currency[course.currency].append(course)
    made = [_calendar(currency, alike, today, method) for currency, alike in sorted(by_currency.items())]
    return sorted(made, key=lambda each: -sum(month.total for month in each.months))


def _calendar(currency: str, courses: Iterable[Course], today: date, method: PaymentMethod | None) -> Calendar:
    first = today.replace(day=1)
    months = [after(first, Period(1), anchor_day=1, times=times) for times in range(MONTHS)]
    counts: dict[tuple[date, str, Happening], list[int]] = defaultdict(lambda: [0, 0])
    days: dict[date, int] = defaultdict(int)
    for course in courses:
        for day, happening, minor, _term in ahead(course, today, method):
            count = counts[day.replace(day=1), course.family, happening]
            count[0] += course.services
            count[1] += minor
            if minor:
                days[day] += minor
    families: dict[date, dict[str, dict[Happening, Tally]]] = {month: defaultdict(dict) for month in months}
    for (month, family, happening), (number, minor) in counts.items():
        families[month][family][happening] = Tally(number, minor)
    paid: dict[date, dict[date, int]] = {month: {} for month in months}
    for day in sorted(days):
        paid[day.replace(day=1)][day] = days[day]
    return Calendar(currency, [CalendarMonth(month, families[month], paid[month]) for month in months])
