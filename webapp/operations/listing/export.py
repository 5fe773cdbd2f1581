"""All rows of a state of the table, for a file."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import String, cast, select

from ...domain.law.contracts import CustomerKind
from ...domain.listing.table import Table
from ...domain.periods import Period
from ...domain.service.service import Availability, Mode
from ...domain.service.status import Status
from ...models import Account, Listing, Product, Service
from ..case import held_by
from ..transaction import reading
from .matching import Viewer, conditions, order


class ExportedService(NamedTuple):
    """A row of the file; what its reader may not see, or what does not apply, is None."""

    reference: str
    name: str
    display_name: str
    family: str
    product: str
    availability: Availability
    status: Status
    mode: Mode | None
    period: Period | None
    effective_on: str | None
    """As ISO 8601, which is how the database writes it."""
    ends_on: str | None
    gross_minor: int | None
    """Of the next term; None also where nothing renews."""
    net_minor: int
    currency: str
    seller: str
    customer_kind: CustomerKind
    roles: int


def export(table: Table, viewer: Viewer) -> Iterator[ExportedService]:
    """In the order of the table, all its pages, fetched as they are read."""
    query = (
        select(
            Service.reference,
            Service.name,
            Service.display_name,
            Listing.family,
            Product.name,
            Listing.availability,
            Listing.status,
            Listing.mode,
            Service.period,
            cast(Listing.effective_on, String),
            cast(Service.ends_on, String),
            Listing.price_minor,
            Service.price_minor,
            Listing.currency,
            Account.portal,
            Account.kind,
            Listing.roles,
        )
        .select_from(Listing)
        .join(Service, Service.id == Listing.service_id)
        .join(Product, Product.id == Service.product_id)
        .join(Account, Account.id == Service.owner_id)
        .where(*conditions(table, viewer), held_by(viewer.desk.account_id))
        .order_by(*order(table, viewer))
    )
    with reading(query) as rows:
        for row in rows:
            yield ExportedService._make(row)
