"""What an account has to pay, line by line."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, or_
from sqlalchemy.orm import Session

from ...domain.billing.order import PAYMENT_BEGUN
from ...domain.billing.quote import total
from ...domain.facts import Facts, Owing, given
from ...domain.money import Money
from ...domain.purchase.bills import why_not_paid
from ...domain.refusals import Refusal
from ...domain.service.actions import Action, refusal
from ...models import Invoice, InvoiceLine, Service
from ..change import Held, lock_cases, read_case, read_cases
from ..desk import Desk
from ..paying import being_paid_for
from .bills import open_minor, select_unpaid


@dataclass(frozen=True, slots=True)
class OwedLine:
    """One line of an unpaid bill, on a service whose billing contact asks."""

    bill: Invoice
    line: InvoiceLine
    held: Held
    amount: Money
    """What is still owed of it."""
    refusal: Refusal | None
    """Why it cannot be paid."""
    paid_in: str | None
    """The code of the order in which somebody has begun to pay it."""

    @property
    def waits(self) -> Refusal | None:
        """Why it is left out where everything is paid."""
        return self.refusal or (PAYMENT_BEGUN() if self.paid_in else None)

    @property
    def seller(self) -> tuple[str, str]:
        """One order has one seller and one currency."""
        return self.bill.portal, self.bill.currency


def owed_lines(session: Session, desk: Desk, *wanted: ColumnElement[bool], lock: bool = False) -> list[OwedLine]:
    """The oldest first, in a constant number of statements; under lock with their services, and read again then.

    What was billed meanwhile on others is left out.
    """
    told = (Invoice, InvoiceLine, open_minor(InvoiceLine).label("open"))
    query = select_unpaid(*told).join(Service, Service.id == InvoiceLine.service_id)
    query = query.where(Service.billing_id == desk.account_id, *wanted).order_by(Invoice.issued_on, InvoiceLine.id)
    rows = session.execute(query).all()
    fetch = lock_cases if lock else read_cases
    ids = {row.InvoiceLine.service_id for row in rows}
    held = {each.row.id: each for each in fetch(session, desk, Service.id.in_(ids))} if ids else {}
    if lock:
        rows = session.execute(query).all()
    begun = being_paid_for(session, held) if held else {}
    return [_owed(row, its, begun.get(its.row.id)) for row in rows if (its := held.get(row.InvoiceLine.service_id))]


def owed_for(session: Session, names: Collection[str], desk: Desk) -> list[OwedLine]:
    """Of the bills of these names, and of those for the services of these references."""
    return owed_lines(session, desk, or_(Invoice.code.in_(names), Service.reference.in_(names)))


def _owed(row: Row[Any], held: Held, paid_in: str | None) -> OwedLine:
    bill, line = row.Invoice, row.InvoiceLine
    refused = refusal(Action.PAY, held.case) or why_not_paid(held.case, line.starts_on, settled=False)
    return OwedLine(bill, line, held, Money(row.open, bill.currency), refused, paid_in)


@dataclass(frozen=True, slots=True)
class Paying:
    """What paying the bills of one service comes to, and which others can be paid with them."""

    held: Held
    own: Sequence[OwedLine]
    others: Sequence[OwedLine]
    apart: Sequence[OwedLine]
    """Those that need another order, since they have another seller or currency, or that cannot be paid."""

    @property
    def refusal(self) -> Refusal | None:
        return refusal(Action.PAY, self.held.case) or first_refusal(self.own)

    @property
    def facts(self) -> Facts:
        return facts_of(self.own)

    def chosen(self, codes: Collection[str]) -> list[OwedLine]:
        """The service’s own, and the others of these names."""
        return [*self.own, *(each for each in self.others if each.bill.code in codes)]


def facts_of(own: Sequence[OwedLine]) -> Facts:
    """What a confirmation binds to; what others come to is told by their names, since bills never change."""
    return given(bills=tuple(Owing(each.bill.code, each.amount) for each in own))


def first_refusal(lines: Sequence[OwedLine]) -> Refusal | None:
    return next((each.refusal for each in lines if each.refusal), None)


def paying(session: Session, reference: str, desk: Desk) -> Paying:
    """Raises NoSuchService."""
    held = read_case(session, reference, desk)
    lines = owed_lines(session, desk)
    own = [each for each in lines if each.held.row.id == held.row.id]
    rest = [each for each in lines if each.held.row.id != held.row.id]
    fits = [bool(own) and each.seller == own[0].seller and each.waits is None for each in rest]
    others = [each for each, fit in zip(rest, fits, strict=True) if fit]
    return Paying(held, own, others, [each for each, fit in zip(rest, fits, strict=True) if not fit])


def owed_to(lines: Iterable[OwedLine]) -> dict[tuple[str, str], Money]:
    """What is owed to each seller in each currency."""
    sums: dict[tuple[str, str], Money] = {}
    for each in lines:
        sums[each.seller] = sums[each.seller] + each.amount if each.seller in sums else each.amount
    return sums


def left_of(lines: Sequence[OwedLine]) -> Money | None:
    """What is still owed of one bill, where a part of it was settled."""
    if not lines:
        return None
    open_ = total(each.amount for each in lines)
    return open_ if open_ != lines[0].bill.gross else None


@dataclass(frozen=True, slots=True)
class Unpayable:
    """What is owed and left alone for one reason, in one currency."""

    refusal: Refusal
    paid_in: str | None
    """The code of the order in which somebody has begun to pay it."""
    amount: Money
    names: Sequence[str]
    """Of the services, as they are displayed."""


def left_out(lines: Sequence[OwedLine]) -> list[Unpayable]:
    alike: dict[tuple[str, str, str | None], list[OwedLine]] = defaultdict(list)
    for each in lines:
        if each.waits:
            alike[each.waits.code, each.amount.currency, each.paid_in].append(each)
    return [
        Unpayable(
            refused, paid_in, total(each.amount for each in several), [each.held.display_name for each in several]
        )
        for (_code, _currency, paid_in), several in alike.items()
        if (refused := several[0].waits)
    ]
