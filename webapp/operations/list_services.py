"""One page of the services table, in a constant number of statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from ..domain.actions import Action, Refusal, Situation, offered
from ..domain.money import Money
from ..domain.payment_method import PaymentMethod
from ..domain.roles import Role
from ..domain.service import Service as DomainService
from ..domain.status import Status, date_label, effective_on, status_of
from ..domain.table import SOON_DAYS, Sort, Table, window
from ..domain.text import fold, pasted_terms
from ..models import Listing, Selected, Service
from ..models.listing import SORTS
from ..rules import Rules
from .snapshots import cases, default_method, situation, snapshot


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whose table it is, and what it is seen with."""

    account_id: int
    sign_in_key: str
    today: date
    now: datetime
    rules: Rules
    type_order: Sequence[str]
    """Family codes in the order of their labels in the reader's language."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table, with everything that is said about it."""

    id: int
    display_name: str
    version: int
    service: DomainService
    situation: Situation
    status: Status
    effective_on: date | None
    ticked: bool

    @property
    def sees_money(self) -> bool:
        return Role.BILLING in self.situation.roles

    @property
    def price(self) -> Money:
        """As this contract shows prices: with tax, or net where it may."""
        rules = self.situation.rules
        return self.service.price if rules.shows_net_prices else rules.gross(self.service.price)

    @property
    def date_label(self) -> str:
        return date_label(self.service)

    def actions(self, among: Iterable[Action]) -> list[tuple[Action, Refusal | None]]:
        return offered(self.service, self.situation, among)


@dataclass(frozen=True, slots=True)
class Summary:
    """What stands above the table, over all that matches; amounts per currency, tax included."""

    matches: int
    due_soon: tuple[Money, ...]
    bills: int
    bills_total: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class Page:
    lines: tuple[Line, ...]
    summary: Summary
    number: int
    """The page drawn: the last one where a later one was asked for."""
    pages: int
    method: PaymentMethod | None


def list_services(session: Session, table: Table, viewer: Viewer) -> Page:
    """The page of the table that is asked for, or its last."""
    found = summary(session, table, viewer)
    pages = max(1, -(-found.matches // table.size))
    number = min(table.page, pages)
    method = default_method(session, viewer.account_id)
    keys = select(Listing.service_id).where(*conditions(table, viewer)).order_by(*order(table, viewer))
    ids = session.scalars(keys.limit(table.size).offset((number - 1) * table.size)).all()
    return Page(lines(session, ids, viewer, method), found, number, pages, method)


def lines(
    session: Session, service_ids: Sequence[int], viewer: Viewer, method: PaymentMethod | None
) -> tuple[Line, ...]:
    """These services as the table draws them, in this order."""
    rows = {row.id: row for row in session.execute(lines_query(viewer).where(Service.id.in_(service_ids)))}
    return tuple(line(rows[service_id], viewer, method) for service_id in service_ids)


def line_of(session: Session, service_id: int, viewer: Viewer) -> Line:
    """One row by itself, as the table draws it."""
    (only,) = lines(session, [service_id], viewer, default_method(session, viewer.account_id))
    return only


def lines_query(viewer: Viewer) -> Select[Any]:
    ticked = and_(Selected.service_id == Service.id, Selected.sign_in_key == viewer.sign_in_key)
    return (
        cases()
        .add_columns(Selected.service_id.is_not(None).label("ticked"))
        .join(Listing, Listing.service_id == Service.id)
        .outerjoin(Selected, ticked)
        .where(Listing.account_id == viewer.account_id)
    )


def line(row: Row[Any], viewer: Viewer, method: PaymentMethod | None) -> Line:
    service = snapshot(row, viewer.rules)
    return Line(
        id=row.id,
        display_name=row.display_name or row.name,
        version=row.version,
        service=service,
        situation=situation(row, viewer.account_id, method=method, rules=viewer.rules, now=viewer.now),
        status=status_of(service),
        effective_on=effective_on(service),
        ticked=row.ticked,
    )


def summary(session: Session, table: Table, viewer: Viewer) -> Summary:
    """Counted and added up by the database, one row per currency."""
    soon = Listing.effective_on.between(viewer.today, viewer.today + timedelta(days=SOON_DAYS))
    debited = and_(Listing.status == Status.AUTOMATIC, soon)
    rows = session.execute(
        select(
            Listing.currency,
            func.count().label("matches"),
            func.sum(case((debited, Listing.price_minor))).label("soon"),
            func.count(Listing.amount_due_minor).label("bills"),
            func.sum(Listing.amount_due_minor).label("due"),
        )
        .where(*conditions(table, viewer))
        .group_by(Listing.currency)
        .order_by(Listing.currency)
    ).all()
    return Summary(
        matches=sum(row.matches for row in rows),
        due_soon=tuple(Money(int(row.soon), row.currency) for row in rows if row.soon),
        bills=sum(row.bills for row in rows),
        bills_total=tuple(Money(int(row.due), row.currency) for row in rows if row.due),
    )


def conditions(table: Table, viewer: Viewer) -> list[ColumnElement[bool]]:
    """What a listing row must be to stand in this table."""
    wanted: list[ColumnElement[bool]] = [Listing.account_id == viewer.account_id]
    for column, values in (
        (Listing.family, table.type),
        (Listing.availability, table.availability),
        (Listing.status, table.status),
        (Listing.mode, table.mode),
    ):
        if values:
            wanted.append(column.in_(values))
    if table.role:
        wanted.append(Listing.roles.bitwise_and(int(sum(table.role))) != 0)
    if table.bill:
        wanted.append(Listing.status == Status.BILL_TO_PAY)
    if table.selected:
        ticked = select(Selected.service_id).where(Selected.sign_in_key == viewer.sign_in_key)
        wanted.append(Listing.service_id.in_(ticked))
    if stretches := window(table, viewer.today):
        wanted.append(or_(*(and_(*_within(*stretch)) for stretch in stretches)))
    if table.q:
        wanted.append(_searched(table.q, viewer))
    return wanted


def _within(first: date | None, last: date | None) -> list[ColumnElement[bool]]:
    bounds: list[ColumnElement[bool]] = [Listing.effective_on.is_not(None)]
    if first:
        bounds.append(Listing.effective_on >= first)
    if last:
        bounds.append(Listing.effective_on <= last)
    return bounds


def _searched(q: str, viewer: Viewer) -> ColumnElement[bool]:
    """The text anywhere, or, where it is a list, exactly the services it names."""
    anywhere = Listing.search_text.contains(fold(q), autoescape=True)
    terms = pasted_terms(q)
    if len(terms) < 2:
        return anywhere
    named = (
        select(Service.id)
        .join(Listing, Listing.service_id == Service.id)
        .where(Listing.account_id == viewer.account_id)
        .where(or_(Service.folded_name.in_(terms), func.lower(Service.reference).in_(terms)))
    )
    return or_(anywhere, Listing.service_id.in_(named))


def order(table: Table, viewer: Viewer) -> list[ColumnElement[Any]]:
    """Rows without the value come last whichever way it is sorted."""
    columns: list[ColumnElement[Any]] = [getattr(Listing, name).expression for name in SORTS[table.sort.value]]
    if table.sort is Sort.TYPE:
        columns[0] = case({code: rank for rank, code in enumerate(viewer.type_order)}, value=Listing.family)
    directed: list[ColumnElement[Any]] = [column.desc() if table.descending else column.asc() for column in columns]
    if table.sort in (Sort.DATE, Sort.PRICE):
        directed[0] = directed[0].nulls_last()
    return directed
