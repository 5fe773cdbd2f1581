"""The ledger of what accounts have paid and not had anything for; each entry's key says what it is for."""

from typing import Any

from sqlalchemy import ColumnElement, String, cast
from sqlalchemy.orm import Session

from ...domain.billing.order import ORDER_OVER
from ...domain.refusals import Refusal
from ...models import Attempt, Credit, Order, OrderLine
from ..desk import Desk

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
    session.add(Credit(**paid, at=desk.now, **entry))
