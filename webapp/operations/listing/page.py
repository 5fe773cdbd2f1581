"""One page of the services table, in a constant number of statements."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, String, and_, bindparam, func, select
from sqlalchemy import case as when
from sqlalchemy.orm import Session

from ...domain.listing.table import SOON_DAYS, Table
from ...domain.money import Money
from ...domain.refusals import Refusal
from ...domain.roles import Role
from ...domain.service.actions import Action, first, offered
from ...domain.service.case import Case
from ...domain.service.ending import has_a_next_term
from ...domain.service.service import Service as DomainService
from ...domain.service.status import Status, effective_on, status_of
from ...models import Listing, PaymentMethod, Selected, Service
from ..case import METHOD, NoSuchService, case_of, held_by, method_of, select_cases
from .matching import Viewer, conditions, not_found, order

SEEN = (
    select_cases()
    .add_columns(Selected.service_id.is_not(None).label("ticked"))
    .outerjoin(
        Selected, and_(Selected.service_id == Service.id, Selected.sign_in_key == bindparam("browser", type_=String))
    )
    .where(held_by(bindparam("account")))
)
"""Services as a signed-in browser sees them; built once, since building them costs as much as running them."""
LINES = SEEN.where(Service.id.in_(bindparam("ids", expanding=True)))
LINE = SEEN.where(Service.reference == bindparam("reference"))


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table, with everything that is said about it."""

    id: int
    display_name: str
    version: int
    product_id: int
    case: Case
    status: Status
    effective_on: date | None
    ticked: bool

    @property
    def service(self) -> DomainService:
        return self.case.service

    @property
    def sees_money(self) -> bool:
        return Role.BILLING in self.case.roles

    @property
    def paid_in(self) -> str | None:
        """The code of the order for it whose payment is under way; only for whoever pays."""
        return self.service.paid_in if self.sees_money else None

    @property
    def has_a_next_term(self) -> bool:
        return has_a_next_term(self.service)

    @property
    def price(self) -> Money:
        """As this contract shows prices: with tax, or net where it may."""
        return self.case.rules.shown(self.service.price)

    def first_action(self, among: Collection[Action]) -> Action | None:
        return first(self.case, among)

    def actions(self, among: Collection[Action]) -> list[tuple[Action, Refusal | None]]:
        return offered(self.case, among)


@dataclass(frozen=True, slots=True)
class Summary:
    """What stands above the table, over all that matches; amounts per currency, tax included."""

    matches: int
    due_soon: tuple[Money, ...]
    debited: bool
    """Whether what is due soon can be debited; otherwise it is billed."""
    sees_money: bool
    """Whether any of it is the reader's to pay."""


@dataclass(frozen=True, slots=True)
class Page:
    lines: tuple[Line, ...]
    summary: Summary
    number: int
    """The page drawn: the last one where a later one was asked for."""
    pages: int
    not_found: tuple[str, ...]
    """Of a pasted list, the names that none of the reader's services has."""


def list_services(session: Session, table: Table, viewer: Viewer) -> Page:
    """The page of the table that is asked for, or its last."""
    sums = summary(session, table, viewer)
    pages = max(1, -(-sums.matches // table.size))
    number = min(table.page, pages)
    keys = select(Listing.service_id).where(*conditions(table, viewer)).order_by(*order(table, viewer))
    ids = session.scalars(keys.limit(table.size).offset((number - 1) * table.size)).all()
    return Page(lines(session, ids, viewer), sums, number, pages, not_found(session, table, viewer))


def lines(session: Session, service_ids: Sequence[int], viewer: Viewer) -> tuple[Line, ...]:
    """These services as the table draws them, in this order."""
    rows = {row.id: row for row in session.execute(LINES, _seen_by(viewer) | {"ids": service_ids})}
    return tuple(line(rows[service_id], viewer) for service_id in service_ids if service_id in rows)


def line_of(session: Session, reference: str, viewer: Viewer) -> Line:
    """One row by itself, as the table draws it. Raises NoSuchService."""
    row = session.execute(LINE, _seen_by(viewer) | {"reference": reference}).one_or_none()
    if row is None:
        raise NoSuchService(reference)
    return line(row, viewer)


def _seen_by(viewer: Viewer) -> dict[str, Any]:
    return {"account": viewer.desk.account_id, "browser": viewer.sign_in_key}


def line(row: Row[Any], viewer: Viewer) -> Line:
    case = case_of(row, viewer.desk)
    return Line(
        id=row.id,
        display_name=row.display_name or row.name,
        version=row.version,
        product_id=row.product_id,
        case=case,
        status=status_of(case.service),
        effective_on=effective_on(case.service),
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
            func.sum(when((debited, Listing.price_minor))).label("soon"),
            func.count(when((_pays(), 1))).label("paid_by_reader"),
            *METHOD,
        )
        .outerjoin(PaymentMethod, and_(PaymentMethod.account_id == Listing.account_id, PaymentMethod.is_default))
        .where(*conditions(table, viewer))
        .group_by(Listing.currency, *METHOD)
        .order_by(Listing.currency)
    ).all()
    return Summary(
        matches=sum(row.matches for row in rows),
        due_soon=tuple(Money(int(row.soon), row.currency) for row in rows if row.soon),
        debited=any((method := method_of(row)) and method.usable_on(viewer.today) for row in rows),
        sees_money=any(row.paid_by_reader for row in rows),
    )


def _pays() -> ColumnElement[bool]:
    return Listing.roles.bitwise_and(int(Role.BILLING)) != 0
