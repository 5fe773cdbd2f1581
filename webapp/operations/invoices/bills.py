"""What is owed: the lines of bills that are not settled. Nothing else drives the amount due on a service."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, Table, and_, func, insert, select
from sqlalchemy.orm import Session

from ...domain.billing.invoice import DocumentKind, Settled
from ...domain.money import Money
from ...domain.purchase.bills import Owed
from ...models import Invoice, InvoiceLine, OrderLine, Settlement

SETTLEMENT = cast(Table, Settlement.__table__)
IS_BILL = and_(Invoice.order_id.is_(None), Invoice.kind == DocumentKind.INVOICE)


def unsettled(line: Any) -> ColumnElement[bool]:
    """Whether nothing says that this line of a bill is owed no more."""
    return ~select(Settlement.invoice_line_id).where(Settlement.invoice_line_id == line.id).exists()


def select_unpaid(*columns: Any) -> Select[Any]:
    """From the lines of all bills that are owed, each with its bill."""
    lines = select(*columns).select_from(InvoiceLine).join(Invoice, Invoice.id == InvoiceLine.invoice_id)
    return lines.where(IS_BILL, unsettled(InvoiceLine))


def owed(session: Session, service_ids: Collection[int]) -> dict[int, Owed]:
    """On each of these services, as far as anything is; in one statement."""
    sums = (func.sum(InvoiceLine.gross_minor).label("minor"), func.min(Invoice.issued_on).label("since"))
    query = (
        select_unpaid(InvoiceLine.service_id, Invoice.currency, *sums)
        .where(InvoiceLine.service_id.in_(service_ids))
        .group_by(InvoiceLine.service_id, Invoice.currency)
    )
    rows = session.execute(query)
    return {row.service_id: Owed(Money(int(row.minor), row.currency), row.since) for row in rows}


def settled_otherwise(session: Session, order_id: int) -> bool:
    """Whether a bill that this order would pay has been settled otherwise."""
    billed = select(OrderLine.invoice_line_id).where(OrderLine.order_id == order_id)
    return session.scalar(select(Settlement.how).where(Settlement.invoice_line_id.in_(billed)).limit(1)) is not None


def settle_lines(session: Session, lines: Iterable[tuple[int, int | None]], how: Settled, at: datetime) -> None:
    """Lines of bills, each with the line of the order that paid it, if one did.

    Raises IntegrityError where one is settled already.
    """
    rows = [{"invoice_line_id": line, "order_line_id": paid_with, "how": how, "at": at} for line, paid_with in lines]
    if rows:
        session.execute(insert(SETTLEMENT), rows)
