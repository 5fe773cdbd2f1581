"""The services that belong to one, as far as somebody may see them."""

from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from ..domain.service.companions import Bond, Member, companions, site_names
from ..models import Product, Service
from .case import held_by
from .desk import Desk

COLUMNS = (
    Service.id,
    Service.reference,
    Service.name,
    Service.display_name,
    Service.owner_id,
    Service.parent_id,
    Product.family,
    Product.name.label("product"),
)


@dataclass(frozen=True, slots=True)
class KnownCompanion:
    reference: str
    name: str
    """As it is displayed."""
    product: str
    bond: Bond


def companions_of(session: Session, service: Service, desk: Desk) -> list[KnownCompanion]:
    """In one statement, the closest first."""
    query = select(*COLUMNS).join(Product, Product.id == Service.product_id)
    related = or_(
        Service.parent_id == service.id,
        Service.id == service.parent_id,
        and_(Service.parent_id.is_not(None), Service.parent_id == service.parent_id),
        and_(Service.owner_id == service.owner_id, Service.folded_name.in_(site_names(service.name))),
    )
    rows = {row.id: row for row in session.execute(query.where(related, held_by(desk.account_id)))}
    families = desk.rules.families
    others = [Member(row.id, row.name, families[row.family], row.owner_id, row.parent_id) for row in rows.values()]
    this = Member(service.id, service.name, families[service.product.family], service.owner_id, service.parent_id)
    known = ((rows[each.member.id], each.bond) for each in companions(this, others))
    return [KnownCompanion(row.reference, row.display_name or row.name, row.product, bond) for row, bond in known]
