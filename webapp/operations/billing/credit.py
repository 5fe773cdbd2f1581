"""The ledger of what accounts have paid and not had anything for; each entry's key says what it is for."""

from typing import Any

from sqlalchemy.orm import Session

from ...domain.billing.order import ORDER_OVER
from ...domain.refusals import Refusal
from ...models import Attempt, Credit, Order, OrderLine
from ..desk import Desk


def credit_line(session: Session, order: Order, line: OrderLine, refusal: Refusal, desk: Desk) -> None:
    """For a term that cannot be given any more."""
    entry = {"key": f"order-line {line.id}", "service_id": line.service_id, "minor": line.gross_minor}
    _enter(session, order, desk, **entry, reason=refusal.code)


def credit_payment(session: Session, order: Order, attempt: Attempt, desk: Desk) -> None:
    """For money that came after its order was over."""
    _enter(session, order, desk, key=f"payment {attempt.key}", minor=attempt.minor, reason=ORDER_OVER.code)


def _enter(session: Session, order: Order, desk: Desk, **entry: Any) -> None:
    """For the account that paid. Raises IntegrityError, with the commit at the latest, where it is there already."""
    paid = {"account_id": order.account_id, "order_id": order.id, "currency": order.currency}
    session.add(Credit(**paid, at=desk.now, **entry))
