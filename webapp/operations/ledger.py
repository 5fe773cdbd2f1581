"""The ledger of what accounts have paid and not had anything for; each entry's key says what it is for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, cast, select
from sqlalchemy.orm import Session

from ..domain.billing.order import ORDER_OVER
from ..domain.billing.quote import total
from ..domain.money import Money
from ..domain.refusals import Refusal
from ..models import Attempt, LedgerEntry, Order, OrderLine, Service
from .desk import Desk

LINE = "order-line"


def credit_line(session: Session, order: Order, line: OrderLine, refusal: Refusal, desk: Desk) -> None:
    """For a term that cannot be given any more."""
    entry = {"key": f"{LINE} {line.id}", "service_id": line.service_id, "minor": line.gross_minor}
    _enter(session, order, desk, **entry, reason=refusal.code)


def credit_payment(session: Session, order: Order, attempt: Attempt, desk: Desk) -> None:
    """For money that came after its order was over."""
    _enter(session, order, desk, key=f"payment {attempt.key}", minor=attempt.minor, reason=ORDER_OVER.code)


def for_line(line_id: Any) -> ColumnElement[str]:
    """The key of the entry for that line of an order."""
    return LINE + " " + cast(line_id, String)


def _enter(session: Session, order: Order, desk: Desk, **entry: Any) -> None:
    """For the account that paid. Raises IntegrityError, with the commit at the latest, where it is there already."""
    paid = {"account_id": order.account_id, "order_id": order.id, "currency": order.currency}
    session.add(LedgerEntry(**paid, at=desk.now, **entry))


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One entry, as it is shown."""

    entry: LedgerEntry
    order: str
    """Its code."""
    service: str | None
    """As it is displayed; None where it is about a whole order."""


def entries_of(session: Session, desk: Desk) -> list[LedgerLine]:
    """All that was credited to the account, the youngest first."""
    query = (
        select(LedgerEntry, Order.code, Service.name, Service.display_name)
        .join(Order, Order.id == LedgerEntry.order_id)
        .outerjoin(Service, Service.id == LedgerEntry.service_id)
        .where(LedgerEntry.account_id == desk.account_id)
        .order_by(LedgerEntry.id.desc())
    )
    return [LedgerLine(row.LedgerEntry, row.code, row.display_name or row.name) for row in session.execute(query)]


def balances(entries: Sequence[LedgerLine]) -> list[Money]:
    """What is owed to the account, one amount for each currency."""
    amounts = [entry.entry.amount for entry in entries]
    currencies = sorted({amount.currency for amount in amounts})
    return [total(amount for amount in amounts if amount.currency == currency) for currency in currencies]
