"""The ledger of what accounts have paid and not had anything for."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...domain.money import Money
from ...domain.refusals import Refusal
from ...models import Credit, Order
from ..desk import Desk


def give_credit(
    session: Session,
    key: str,
    order: Order,
    amount: Money,
    refusal: Refusal,
    desk: Desk,
    service_id: int | None = None,
) -> None:
    """An entry for the account that paid the order. Raises IntegrityError where there is one of that key already."""
    credit = Credit(
        key=key,
        account_id=order.account_id,
        order_id=order.id,
        service_id=service_id,
        reason=refusal.code,
        currency=amount.currency,
        minor=amount.minor,
        at=desk.now,
    )
    session.add(credit)
    session.flush()


def balances(session: Session, account_id: int) -> list[Money]:
    """What the account has, per currency."""
    rows = session.execute(
        select(Credit.currency, func.sum(Credit.minor).label("minor"))
        .where(Credit.account_id == account_id)
        .group_by(Credit.currency)
        .order_by(Credit.currency)
    )
    return [Money(int(row.minor), row.currency) for row in rows]
