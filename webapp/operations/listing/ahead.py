"""What lies ahead of the services of a table, in two statements however many they are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Row, Select, case, cast, func, select
from sqlalchemy.orm import Session

from ...domain.calendar import Calendar, Course, Happening, ahead, calendars, called_off
from ...domain.listing.table import Table
from ...domain.methods import PaymentMethod as DomainMethod
from ...domain.money import Money
from ...domain.roles import Role
from ...domain.service.catalogue import Family
from ...domain.service.service import Mode
from ...models import Listing, PaymentMethod, Product, Service, Term
from ...rules.loader import Rules
from ..transaction import reading
from .matching import Viewer, conditions

MOST_NAMED = 300
"""Services up to which everything that happens is listed by name."""
ALIKE = (
    Listing.status,
    Listing.effective_on,
    Listing.mode,
    Service.ends_on,
    Service.anchor_day,
    Service.period,
    Service.cancels_on,
    Product.family,
    Listing.roles,
    Listing.currency,
)
"""What decides what lies ahead: services that are alike in all of it are taken together."""


@dataclass(frozen=True, slots=True)
class Named:
    """One thing that will happen to one service."""

    day: date
    happening: Happening
    reference: str
    name: str
    family: Family
    amount: Money | None


@dataclass(frozen=True, slots=True)
class Ahead:
    services: int
    calendars: Sequence[Calendar]
    named: Sequence[Named]
    """By day; empty where there are too many services to name what happens to each."""


def look_ahead(session: Session, table: Table, viewer: Viewer) -> Ahead:
    """Of what the table shows, on all its pages."""
    method = default_method(session, viewer)
    rows = session.execute(grouped(table, viewer)).all()
    services = sum(row.number for row in rows)
    named: list[Named] = []
    if services <= MOST_NAMED:
        single = session.execute(_one_by_one(table, viewer))
        named = sorted(_named(single, viewer, method), key=lambda each: (each.day, each.name))
    return Ahead(services, calendars([course_of(row, viewer) for row in rows], viewer.today, method), named)


def occasions(session: Session, table: Table, viewer: Viewer) -> Iterator[Named]:
    """The same one by one, for a file: all of it, however many there are, fetched as it is read."""
    return _read(
        _one_by_one(table, viewer).order_by(Listing.name_key, Listing.service_id),
        viewer,
        default_method(session, viewer),
    )


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """One entry of a calendar that somebody has subscribed to."""

    key: tuple[str, ...]
    """What it is about: the same however its day moves."""
    sequence: int
    """Higher whenever something about it has changed."""
    day: date
    happening: Happening
    name: str
    """As the service is displayed; empty where several are taken together."""
    reference: str
    services: int
    amount: Money | None
    called_off: bool = False


def feed(session: Session, table: Table, viewer: Viewer) -> list[FeedEvent]:
    """The occasions of each service; of many services those of each day together."""
    method = default_method(session, viewer)
    rows = session.execute(grouped(table, viewer)).all()
    if sum(row.number for row in rows) > MOST_NAMED:
        return list(_day_by_day([course_of(row, viewer) for row in rows], viewer, method))
    terms = select(func.count(Term.id)).where(Term.service_id == Service.id).scalar_subquery().label("terms")
    single = _one_by_one(table, viewer).add_columns(Service.version, terms).order_by(Listing.service_id)
    return [event for row in session.execute(single) for event in _events(row, viewer, method)]


def _events(row: Row[Any], viewer: Viewer, method: DomainMethod | None) -> Iterator[FeedEvent]:
    """A term keeps its number when it is paid for, and when its day moves."""
    course = course_of(row, viewer, 1)
    told = [(each, False) for each in ahead(course, viewer.today, method)]
    told += [(each, True) for each in called_off(course, viewer.today)]
    for (day, happening, minor, term), is_off in told:
        what = happening.value if term is None else f"term {row.terms + term}"
        amount = Money(minor, row.currency) if minor else None
        key = (row.reference, what)
        yield FeedEvent(key, row.version, day, happening, row.called, row.reference, 1, amount, is_off)


def _day_by_day(courses: Iterable[Course], viewer: Viewer, method: DomainMethod | None) -> Iterator[FeedEvent]:
    sums: dict[tuple[date, Happening, str], list[int]] = defaultdict(lambda: [0, 0])
    for course in courses:
        for day, happening, minor, _term in ahead(course, viewer.today, method):
            tally = sums[day, happening, course.currency]
            tally[0] += course.services
            tally[1] += minor
    for (day, happening, currency), (services, minor) in sorted(sums.items()):
        key = (str(viewer.desk.account_id), day.isoformat(), happening.value, currency)
        yield FeedEvent(key, 0, day, happening, "", "", services, Money(minor, currency) if minor else None)


def _read(query: Select[Any], viewer: Viewer, method: DomainMethod | None) -> Iterator[Named]:
    with reading(query) as rows:
        yield from _named(rows, viewer, method)


def default_method(session: Session, viewer: Viewer) -> DomainMethod | None:
    """What the reader’s renewals are debited from."""
    own = (PaymentMethod.account_id == viewer.desk.account_id, PaymentMethod.is_default)
    kept = session.scalar(select(PaymentMethod).where(*own))
    return kept.snapshot() if kept else None


def grouped(table: Table, viewer: Viewer) -> Select[Any]:
    """Services that are alike in one row, with how many there are and what they cost together."""
    sums = (
        cast(func.coalesce(func.sum(Listing.price_minor), 0), BigInteger).label("gross_minor"),
        cast(func.coalesce(func.sum(Listing.amount_due_minor), 0), BigInteger).label("due_minor"),
        func.count().label("number"),
    )
    return _of(table, viewer, *ALIKE, *sums).group_by(*ALIKE, "ending")


def _one_by_one(table: Table, viewer: Viewer) -> Select[Any]:
    amounts = (
        func.coalesce(Listing.price_minor, 0).label("gross_minor"),
        func.coalesce(Listing.amount_due_minor, 0).label("due_minor"),
    )
    names = (Service.reference, func.coalesce(func.nullif(Service.display_name, ""), Service.name).label("called"))
    return _of(table, viewer, *ALIKE, *amounts, *names)


def _of(table: Table, viewer: Viewer, *columns: Any) -> Select[Any]:
    query = (
        select(*columns, _ending(viewer.desk.rules))
        .select_from(Listing)
        .join(Service, Service.id == Listing.service_id)
    )
    return query.join(Product, Product.id == Service.product_id).where(*conditions(table, viewer))


def _ending(rules: Rules) -> ColumnElement[str]:
    """By which rule a name is lost that nobody renews; empty where that makes no difference."""
    endings = {ending for family in rules.families.values() for ending in family.registries}
    longest_first = sorted(endings, key=lambda ending: (-len(ending), ending))
    fitting = [(func.lower(Service.name).like(f"%.{ending}"), ending) for ending in longest_first]
    return case((Listing.mode != Mode.MANUAL, ""), *fitting, else_="").label("ending")


def course_of(row: Row[Any], viewer: Viewer, number: int | None = None) -> Course:
    """Of a row of :func:`grouped`, or of one that is ``number`` services."""
    return Course(
        status=row.status,
        effective_on=row.effective_on,
        automatic=row.mode is Mode.AUTOMATIC,
        ends_on=row.ends_on,
        anchor_day=row.anchor_day,
        period=row.period,
        cancels_on=row.cancels_on,
        deleted_after=viewer.desk.rules.families[row.family].days_until_deletion(f".{row.ending}"),
        pays=bool(row.roles & int(Role.BILLING)),
        currency=row.currency,
        gross_minor=int(row.gross_minor),
        due_minor=int(row.due_minor),
        family=row.family,
        services=row.number if number is None else number,
    )


def _named(rows: Any, viewer: Viewer, method: DomainMethod | None) -> Iterator[Named]:
    for row in rows:
        family = viewer.desk.rules.families[row.family]
        for day, happening, minor, _term in ahead(course_of(row, viewer, 1), viewer.today, method):
            amount = Money(minor, row.currency) if minor else None
            yield Named(day, happening, row.reference, row.called, family, amount)
