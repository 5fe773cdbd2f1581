"""Which services a state of the table means, and in which order."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from ...domain.folding import fold, pasted_spellings, pasted_terms, searched_words, spellings
from ...domain.listing.table import Sort, Table, window
from ...domain.service.status import Status
from ...models import Listing, Selected, Service
from ...models.listing import SORTS
from ..desk import Desk


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whose table it is, and what it is seen with."""

    desk: Desk
    sign_in_key: str
    today: date
    type_order: Sequence[str]
    """Family codes in the order of their labels in the reader's language."""


def conditions(table: Table, viewer: Viewer) -> list[ColumnElement[bool]]:
    """What a listing row must be to stand in this table."""
    wanted: list[ColumnElement[bool]] = [Listing.account_id == viewer.desk.account_id]
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
        wanted.append(or_(Listing.status == Status.BILL_TO_PAY, Listing.amount_due_minor.is_not(None)))
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


def holds_words(q: str) -> ColumnElement[bool]:
    """Every word somewhere among the texts that a service is found by, in any order."""
    words = searched_words(q) or [(fold(q),)]
    return and_(*(or_(*(Listing.search_text.contains(form, autoescape=True) for form in word)) for word in words))


def _searched(q: str, viewer: Viewer) -> ColumnElement[bool]:
    """Its words, or, where it is a list, exactly the services it names."""
    words = holds_words(q)
    if len(pasted_terms(q)) < 2:
        return words
    return or_(words, Listing.service_id.in_(_named(pasted_spellings(q), viewer)))


def _named(names: Collection[str], viewer: Viewer) -> Select[Any]:
    """The viewer's services that have one of these names or references."""
    return (
        select(Service.id)
        .join(Listing, Listing.service_id == Service.id)
        .where(Listing.account_id == viewer.desk.account_id)
        .where(or_(Service.folded_name.in_(names), func.lower(Service.reference).in_(names)))
    )


def order(table: Table, viewer: Viewer) -> list[ColumnElement[Any]]:
    """Rows without the value come last whichever way it is sorted."""
    columns: list[ColumnElement[Any]] = [getattr(Listing, name).expression for name in SORTS[table.sort.value]]
    if table.sort is Sort.TYPE:
        columns[0] = case({code: rank for rank, code in enumerate(viewer.type_order)}, value=Listing.family)
    directed: list[ColumnElement[Any]] = [column.desc() if table.descending else column.asc() for column in columns]
    if table.sort in (Sort.DATE, Sort.PRICE):
        directed[0] = directed[0].nulls_last()
    return directed


def not_found(session: Session, table: Table, viewer: Viewer) -> tuple[str, ...]:
    """The rest of a list of which some names were found; a search of several words is no list."""
    terms = pasted_terms(table.q)
    if len(terms) < 2:
        return ()
    rows = session.execute(
        _named(pasted_spellings(table.q), viewer).with_only_columns(Service.folded_name, Service.reference)
    ).all()
    known = {name for row in rows for name in (*spellings(row.folded_name), fold(row.reference))}
    return tuple(term for term in terms if term not in known) if rows else ()
