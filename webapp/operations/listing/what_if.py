"""What the services of a table would cost if they renewed with another period, in one statement however many."""

from typing import Any

from sqlalchemy import Row, Select, and_
from sqlalchemy.orm import Session

from ...domain.listing.table import Table
from ...domain.money import Money
from ...domain.periods import Period
from ...domain.what_if import Alternative, WhatIf, what_if
from ...models import Account, Price, Product, Service
from ..case import contract
from .ahead import course_of, default_method, grouped
from .matching import Viewer

OWNERS = (
    Account.portal.label("seller"),
    Account.kind.label("customer_kind"),
    Account.country.label("buyer_country"),
    Account.vat_checked,
)
"""Whose contract says which taxes there are."""


def compare(session: Session, table: Table, period: Period, viewer: Viewer) -> list[WhatIf]:
    rows = session.execute(_priced(table, period, viewer)).all()
    alternatives = (_alternative(row, viewer) for row in rows)
    return what_if(alternatives, period, viewer.today, default_method(session, viewer))


def _priced(table: Table, period: Period, viewer: Viewer) -> Select[Any]:
    offered = (Price.product_id == Product.id, Price.currency == Service.currency, Price.period == period)
    sold = and_(*offered, ~Product.forced)
    query = grouped(table, viewer).join(Account, Account.id == Service.owner_id).outerjoin(Price, sold)
    return query.add_columns(*OWNERS, Price.minor.label("offered")).group_by(*OWNERS, Price.minor)


def _alternative(row: Row[Any], viewer: Viewer) -> Alternative:
    course, gross = course_of(row, viewer), None
    if row.offered is not None:
        rules = contract(row, viewer.desk.rules, viewer.desk.now)
        gross = rules.gross(Money(row.offered, row.currency)).minor * course.services
    return Alternative(course, gross)
