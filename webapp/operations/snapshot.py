"""Between stored columns and the service as the domain sees it: read, and written where something differs."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import Any

from sqlalchemy import Row

from ..domain.money import Money
from ..domain.periods import Period
from ..domain.service import catalogue
from ..domain.service.service import Mode, Service
from ..models import Product
from ..rules.loader import Rules
from .paying import PAID_IN

BESIDE = (
    Product.code.label("product_code"),
    Product.name.label("product_name"),
    Product.family,
    Product.forced,
    PAID_IN.label("paid_in"),
)
"""What is read of a service beside its own columns."""
PLAIN = (
    "reference",
    "name",
    "kind",
    "availability",
    "mode",
    "period",
    "anchor_day",
    "started_on",
    "committed_until",
    "cancels_on",
    "suspension",
    "suspended_on",
    "billed_on",
)
"""Columns that are called what the domain calls them. The day on which the paid time ends follows from the terms."""
NOTED = ("noticed_on", "promised_on", "recapped_for")
"""What its payer was told of; a service is no other one for that."""
COLUMNS: Mapping[str, Callable[[Service], Any]] = {
    **{name: attrgetter(name) for name in (*PLAIN, *NOTED)},
    "currency": attrgetter("price.currency"),
    "price_minor": attrgetter("price.minor"),
    "amount_due_minor": lambda service: service.amount_due.minor if service.amount_due else 0,
}


def snapshot(row: Row[Any], rules: Rules) -> Service:
    """The service as the rules see it."""
    product = catalogue.Product(row.product_code, row.product_name, rules.families[row.family], row.forced)
    return Service(
        reference=row.reference,
        name=row.name,
        product=product,
        kind=row.kind,
        availability=row.availability,
        mode=row.mode,
        period=row.period,
        anchor_day=row.anchor_day,
        ends_on=row.ends_on,
        price=Money(row.price_minor, row.currency),
        started_on=row.started_on,
        committed_until=row.committed_until,
        cancels_on=row.cancels_on,
        suspension=row.suspension,
        suspended_on=row.suspended_on,
        amount_due=Money(row.amount_due_minor, row.currency) if row.amount_due_minor else None,
        billed_on=row.billed_on,
        noticed_on=row.noticed_on,
        promised_on=row.promised_on,
        recapped_for=row.recapped_for,
        paid_in=row.paid_in,
    )


def columns(service: Service) -> dict[str, Any]:
    """All of them."""
    return {name: read(service) for name, read in COLUMNS.items()}


def difference(before: Service, after: Service) -> dict[str, Any]:
    """Those that say something else afterwards."""
    return {name: value for name, read in COLUMNS.items() if (value := read(after)) != read(before)}


def kept(before: Service, after: Service) -> dict[str, Any]:
    """What was otherwise before, as a batch keeps it to put it back: words, numbers of months, minor units, days."""
    return {name: _plain(value) for name, value in difference(after, before).items()}


def told_as_before(before: Service, after: Service) -> Service:
    """Where somebody says what a service is like who knows nothing of what its payer was told."""
    return replace(after, **{name: getattr(before, name) for name in NOTED})


def _plain(value: Any) -> Any:
    match value:
        case Period():
            return value.months
        case date():
            return value.isoformat()
        case _:
            return value


def put_back(service: Service, stored: Mapping[str, Any]) -> Service:
    """The service with what was kept of it."""
    return replace(service, **dict(_field(service, name, value) for name, value in stored.items()))


def _field(service: Service, name: str, value: Any) -> tuple[str, Any]:
    """Raises ValueError for what no batch changes."""
    match name:
        case "mode":
            return name, Mode.of(value)
        case "period":
            return name, None if value is None else Period(value)
        case "price_minor":
            return "price", Money(value, service.price.currency)
        case "cancels_on":
            return name, None if value is None else date.fromisoformat(value)
        case _:
            raise ValueError(f"{name} is not put back")
