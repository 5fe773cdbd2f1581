"""The services that belong together, as far as somebody may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from ..domain.service.companions import Bond, Member, companions, site_names
from ..domain.service.service import Availability, Kind
from ..models import Product, Service
from .case import held_by
from .desk import Desk

MEMBERS = select(
    Service.id,
    Service.reference,
    Service.name,
    Service.display_name,
    Service.owner_id,
    Service.parent_id,
    Service.kind,
    Service.availability,
    Product.family,
    Product.name.label("product"),
).join(Product, Product.id == Service.product_id)


@dataclass(frozen=True, slots=True)
class KnownCompanion:
    service_id: int
    reference: str
    name: str
    """As it is displayed."""
    product: str
    bond: Bond
    ends_with_it: bool
    """Whether it has no term of its own and ends when this service does."""


def companions_of(session: Session, service_ids: Sequence[int], desk: Desk) -> dict[int, list[KnownCompanion]]:
    """Of each of these services, the closest first; in two statements, however many there are."""
    these = session.execute(MEMBERS.where(Service.id.in_(service_ids))).all()
    rows = {row.id: row for row in session.execute(MEMBERS.where(_related(these), held_by(desk.account_id)))}
    others = [_member(row, desk) for row in rows.values()]
    tied = {row.id: companions(_member(row, desk), others) for row in these}
    return {key: [_known(rows[each.member.id], each.bond) for each in known] for key, known in tied.items()}


def _related(these: Sequence[Any]) -> ColumnElement[bool]:
    """Whatever may belong to one of these; the domain decides."""
    parents = [row.parent_id for row in these if row.parent_id is not None]
    names = {name for row in these for name in site_names(row.name)}
    return or_(
        Service.parent_id.in_([row.id for row in these]),
        Service.id.in_(parents),
        Service.parent_id.in_(parents),
        and_(Service.owner_id.in_({row.owner_id for row in these}), Service.folded_name.in_(names)),
    )


def _member(row: Any, desk: Desk) -> Member:
    return Member(row.id, row.name, desk.rules.families[row.family], row.owner_id, row.parent_id)


def _known(row: Any, bond: Bond) -> KnownCompanion:
    running = row.availability is not Availability.TERMINATED
    ends = bond is Bond.INCLUDED and row.kind is Kind.INCLUDED and running
    return KnownCompanion(row.id, row.reference, row.display_name or row.name, row.product, bond, ends)
