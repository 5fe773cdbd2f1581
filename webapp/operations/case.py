"""From stored rows to what the domain's functions judge: a service, and the contract it is held under."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from ..domain.billing.methods import PaymentMethod as DomainMethod
from ..domain.law.contracts import ContractRules, CustomerKind, rules_for
from ..domain.money import Money
from ..domain.roles import ROLES, Role
from ..domain.service import service as domain
from ..domain.service.case import Case
from ..domain.service.catalogue import Product as DomainProduct
from ..models import Account, PaymentMethod, Product, Service
from ..rules import Rules
from .desk import Desk

COLUMNS = (
    *(column for column in Service.__table__.columns if column.name not in ("imported", "folded_name")),
    Product.code.label("product_code"),
    Product.name.label("product_name"),
    Product.family,
    Product.forced,
    Account.portal.label("seller"),
    Account.kind.label("customer_kind"),
)


def select_cases() -> Select[Any]:
    """Services with all that the rules look at; the contract is its owner's."""
    return (
        select(*COLUMNS).join(Product, Product.id == Service.product_id).join(Account, Account.id == Service.owner_id)
    )


def snapshot(row: Row[Any], rules: Rules) -> domain.Service:
    """The service as the rules see it."""
    product = DomainProduct(row.product_code, row.product_name, rules.families[row.family], row.forced)
    return domain.Service(
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
        committed_until=row.committed_until,
        cancels_on=row.cancels_on,
        suspension=row.suspension,
        suspended_on=row.suspended_on,
        amount_due=Money(row.amount_due_minor, row.currency) if row.amount_due_minor else None,
        billed_on=row.billed_on,
    )


def contract(row: Row[Any], rules: Rules, now: datetime) -> ContractRules:
    """The rules in force for the service's contract."""
    day = now.astimezone(rules.portals[row.seller].zone).date()
    return _contract(rules, row.seller, row.customer_kind, day)


@lru_cache(512)
def _contract(rules: Rules, seller: str, customer_kind: CustomerKind, on: date) -> ContractRules:
    return rules_for(rules.portals[seller], customer_kind, on)


def roles_of(row: Row[Any], account_id: int | None) -> Role:
    """Everything that account is to the service."""
    holders = (row.owner_id, row.admin_id, row.technical_id, row.billing_id)
    return Role(sum(role for role, holder in zip(ROLES, holders, strict=True) if holder == account_id))


def contacts(row: Row[Any]) -> dict[int, Role]:
    """The roles of each account that has any."""
    return {holder: roles_of(row, holder) for holder in (row.owner_id, row.admin_id, row.technical_id, row.billing_id)}


def case_of(row: Row[Any], desk: Desk, method: DomainMethod | None) -> Case:
    """The service as this desk asks about it; ``method`` is the billing contact's default."""
    contracted = contract(row, desk.rules, desk.now)
    return Case(snapshot(row, desk.rules), desk.now, roles_of(row, desk.account_id), contracted, method)


def default_method(session: Session, account_id: int | None) -> DomainMethod | None:
    """The method an account's renewals are debited from."""
    found = session.scalar(
        select(PaymentMethod).where(PaymentMethod.account_id == account_id, PaymentMethod.is_default)
    )
    return found.snapshot() if found else None
