"""What an account has ordered, and what it is owed."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from ...domain.billing.quote import total
from ...domain.money import Money
from ...models import Credit, Order, OrderLine, Service
from ..desk import Desk

MOST_ORDERS = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the ledger."""

    credit: Credit
    order: str
    """Its code."""
    service: str | None
    """As it is displayed; None where it is about a whole order."""


@dataclass(frozen=True, slots=True)
class PastOrder:
    order: Order
    first: str
    """The service of its first line, as it is displayed."""
    more: int
    """How many others there are."""


def latest_orders(session: Session, desk: Desk) -> list[PastOrder]:
    """The account’s own, the youngest first."""
    other = aliased(OrderLine)
    others = select(func.count()).where(other.order_id == Order.id, other.position > 1).scalar_subquery()
    query = (
        select(Order, Service.name, Service.display_name, others.label("more"))
        .join(OrderLine, (OrderLine.order_id == Order.id) & (OrderLine.position == 1))
        .join(Service, Service.id == OrderLine.service_id)
        .where(Order.account_id == desk.account_id)
        .order_by(Order.id.desc())
        .limit(MOST_ORDERS)
    )
    return [PastOrder(row.Order, row.display_name or row.name, row.more) for row in session.execute(query)]


def ledger(session: Session, desk: Desk) -> list[Entry]:
    """All that was credited to the account, the youngest first."""
    query = (
        select(Credit, Order.code, Service.name, Service.display_name)
        .join(Order, Order.id == Credit.order_id)
        .outerjoin(Service, Service.id == Credit.service_id)
        .where(Credit.account_id == desk.account_id)
        .order_by(Credit.id.desc())
    )
    return [Entry(row.Credit, row.code, row.display_name or row.name) for row in session.execute(query)]


def balances(entries: Sequence[Entry]) -> list[Money]:
    """What is owed to the account, one amount for each currency."""
    amounts = [entry.credit.amount for entry in entries]
    currencies = sorted({amount.currency for amount in amounts})
    return [total(amount for amount in amounts if amount.currency == currency) for currency in currencies]
