"""From stored rows to what the domain's functions judge: a service, and the contract it is held under."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select, true

from ..domain.actors import Person
from ..domain.law.contracts import ContractRules, CustomerKind, rules_for
from ..domain.methods import PaymentMethod as DomainMethod
from ..domain.roles import ROLES, Role
from ..domain.service.case import Case
from ..models import Account, PaymentMethod, Product, Service
from ..rules.loader import Rules
from .desk import Desk
from .snapshot import BESIDE, snapshot


class NoSuchService(LookupError):
    """There is none of that reference, or not for this account."""


BITS = tuple(map(int, ROLES))
HELD = tuple(map(Role, range(sum(BITS) + 1)))
"""Every combination of roles by its number: making one takes longer than looking it up."""
METHOD = (
    PaymentMethod.kind.label("method_kind"),
    PaymentMethod.label.label("method_label"),
    PaymentMethod.state.label("method_state"),
    PaymentMethod.reference.label("method_reference"),
    PaymentMethod.expires_on.label("method_expires_on"),
)
COLUMNS = (
    *(column for column in Service.__table__.columns if column.name not in ("imported", "folded_name")),
    *BESIDE,
    Account.portal.label("seller"),
    Account.kind.label("customer_kind"),
    Account.country.label("buyer_country"),
    Account.vat_checked,
    *METHOD,
)


def select_cases() -> Select[Any]:
    """Services with all that the rules look at: the contract is the owner's, the method the billing contact's."""
    pays = and_(PaymentMethod.account_id == Service.billing_id, PaymentMethod.is_default)
    return (
        select(*COLUMNS)
        .join(Product, Product.id == Service.product_id)
        .join(Account, Account.id == Service.owner_id)
        .outerjoin(PaymentMethod, pays)
    )


def held_by(account_id: Any) -> ColumnElement[bool]:
    """Whether that account is one of the service's contacts: who may see it is decided here and nowhere else."""
    holders = (Service.owner_id, Service.admin_id, Service.technical_id, Service.billing_id)
    return or_(*(holder == account_id for holder in holders))


def reached_by(desk: Desk) -> ColumnElement[bool]:
    """Whether it is theirs to act on: a person's own services, and every one for the provider's own side."""
    return held_by(desk.account_id) if isinstance(desk.actor, Person) else true()


def contract(row: Row[Any], rules: Rules, now: datetime) -> ContractRules:
    """The rules in force for the service's contract."""
    day = now.astimezone(rules.portals[row.seller].zone).date()
    return _contract(rules, row.seller, row.customer_kind, day, row.buyer_country if row.vat_checked else None)


@lru_cache(512)
def _contract(
    rules: Rules, seller: str, customer_kind: CustomerKind, on: date, vat_country: str | None
) -> ContractRules:
    return rules_for(rules.portals[seller], customer_kind, on, vat_country=vat_country)


def roles_of(row: Row[Any], account_id: int | None) -> Role:
    """Everything that account is to the service."""
    bits = 0
    for bit, holder in zip(BITS, (row.owner_id, row.admin_id, row.technical_id, row.billing_id), strict=True):
        if holder == account_id:
            bits |= bit
    return HELD[bits]


def contacts(row: Row[Any]) -> dict[int, Role]:
    """The roles of each account that has any."""
    held: dict[int, int] = {}
    for bit, holder in zip(BITS, (row.owner_id, row.admin_id, row.technical_id, row.billing_id), strict=True):
        held[holder] = held.get(holder, 0) | bit
    return {holder: HELD[bits] for holder, bits in held.items()}


def case_of(row: Row[Any], desk: Desk) -> Case:
    """The service as this desk asks about it."""
    contracted = contract(row, desk.rules, desk.now)
    roles, in_person = roles_of(row, desk.account_id), isinstance(desk.actor, Person)
    return Case(snapshot(row, desk.rules), desk.now, roles, contracted, method_of(row), in_person, desk.scopes)


def method_of(row: Row[Any]) -> DomainMethod | None:
    """What the billing contact's renewals are debited from."""
    if row.method_kind is None:
        return None
    return DomainMethod(
        row.method_kind, row.method_label, row.method_state, bool(row.method_reference), row.method_expires_on
    )
