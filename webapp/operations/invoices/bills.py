"""What is owed: the lines of bills that are not settled. Nothing else drives the amount due on a service."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import BigInteger, ColumnElement, Row, Select, Table, and_, bindparam, func, insert, select
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import Session

from ...domain.billing.invoice import DocumentKind, Settled
from ...domain.billing.price import Price
from ...domain.law.contracts import Levy
from ...domain.messages import Mentioned
from ...domain.money import Money
from ...domain.purchase.bills import Owed
from ...models import Invoice, InvoiceLine, OrderLine, Service, Settlement

SETTLEMENT = cast(Table, Settlement.__table__)
IS_BILL = and_(Invoice.order_id.is_(None), Invoice.kind != DocumentKind.CREDIT_NOTE)


def open_minor(line: Any) -> ColumnElement[int]:
    """How much of this line of a bill is owed."""
    total = sql_cast(func.coalesce(func.sum(Settlement.minor), 0), BigInteger)
    settled = select(total).where(Settlement.invoice_line_id == line.id)
    return cast(ColumnElement[int], line.gross_minor - settled.scalar_subquery())


def unsettled(line: Any) -> ColumnElement[bool]:
    """Whether anything of this line of a bill is owed."""
    last = (Settlement.invoice_line_id == line.id, Settlement.left_minor == 0)
    return ~select(Settlement.id).where(*last).exists()


def select_unpaid(*columns: Any) -> Select[Any]:
    """From the lines of all bills that are owed, each with its bill."""
    lines = select(*columns).select_from(InvoiceLine).join(Invoice, Invoice.id == InvoiceLine.invoice_id)
    return lines.where(IS_BILL, unsettled(InvoiceLine))


def owed(session: Session, service_ids: Collection[int]) -> dict[int, Owed]:
    """On each of these services, as far as anything is; in one statement."""
    sums = (func.sum(open_minor(InvoiceLine)).label("minor"), func.min(Invoice.issued_on).label("since"))
    query = (
        select_unpaid(InvoiceLine.service_id, Invoice.currency, *sums)
        .where(InvoiceLine.service_id.in_(service_ids))
        .group_by(InvoiceLine.service_id, Invoice.currency)
    )
    rows = session.execute(query)
    return {row.service_id: Owed(Money(int(row.minor), row.currency), row.since) for row in rows}


def settled_otherwise(session: Session, order_id: int) -> bool:
    """Whether less is owed of a bill than this order would pay."""
    billed = select(OrderLine.id).join(InvoiceLine, InvoiceLine.id == OrderLine.invoice_line_id)
    less = billed.where(OrderLine.order_id == order_id, open_minor(InvoiceLine) < OrderLine.gross_minor)
    return session.scalar(less.limit(1)) is not None


@dataclass(frozen=True, slots=True)
class Settling:
    """That so much of the line of a bill will be owed no more."""

    line_id: int
    minor: int
    paid_with: int | None = None
    """The line of the order that paid it, if one did."""


SETTLED = select(Settlement).where(Settlement.invoice_line_id == bindparam("line")).subquery()
NUMBER = select(func.coalesce(func.max(SETTLED.c.number), 0) + 1).scalar_subquery()
BEFORE = select(func.coalesce(func.sum(SETTLED.c.minor), 0)).scalar_subquery()
GROSS = select(InvoiceLine.gross_minor).where(InvoiceLine.id == bindparam("line")).scalar_subquery()
SETTLE = insert(SETTLEMENT).values(
    invoice_line_id=bindparam("line"),
    number=NUMBER,
    how=bindparam("how"),
    minor=bindparam("settled"),
    left_minor=GROSS - BEFORE - bindparam("settled"),
    order_line_id=bindparam("paid_with"),
    at=bindparam("at"),
)


def settle_lines(session: Session, lines: Iterable[Settling], how: Settled, at: datetime) -> None:
    """Raises IntegrityError where more would be settled than is owed."""
    rows = [{"line": each.line_id, "settled": each.minor, "paid_with": each.paid_with} for each in lines]
    if rows:
        session.execute(SETTLE, [row | {"how": how, "at": at} for row in rows])


BillLine = InvoiceLine | Row[Any]
"""A line of a bill, or what was read of it."""


def references(session: Session, lines: Iterable[BillLine]) -> Mapping[int, str]:
    """Of the services that these lines are about, by their keys."""
    query = select(Service.id, Service.reference).where(Service.id.in_([line.service_id for line in lines]))
    return {row.id: row.reference for row in session.execute(query)}


def mentioned(lines: Collection[BillLine], names: Mapping[int, str], currency: str) -> tuple[Mentioned, ...]:
    """The services of these lines, as a message tells of them; ``names`` are their references by their keys."""
    return tuple(
        Mentioned(
            names[line.service_id],
            line.display_name or line.name,
            line.ends_on,
            Money(line.gross_minor, currency),
            price=price_of(line, currency),
        )
        for line in lines
    )


def price_of(line: BillLine, currency: str) -> Price | None:
    """What its amount is made of; None where that was not told when it was billed."""
    if line.net_minor is None:
        return None
    levies = [Levy.read(each, currency) for each in line.levies]
    return Price(Money(line.net_minor, currency), levies, line.duration, netted=True)
