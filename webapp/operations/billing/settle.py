"""Give what was paid for: one transaction for a whole order.

The numbers of invoices are taken last. Their counters are held until the commit, so that settling is serial for each
portal; that is the price of numbers without gaps.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from ...domain.billing.invoice import DocumentKind, Settled
from ...domain.billing.order import OrderState
from ...domain.events import Aligned, BillCredited, BillPaid, Renewed
from ...domain.law.contracts import Levy, Tax, TaxNote
from ...domain.money import Money
from ...domain.refusals import Refusal
from ...domain.renewal.bills import Owed, after_paying, owing, why_not_paid
from ...domain.renewal.renewing import paid_until, why_credited
from ...domain.renewal.terms import Term, renewal_day
from ...domain.service.case import Case
from ...models import Invoice, InvoiceLine, Order, OrderLine, Outbox, Service, Settlement
from ..case import case_of, select_cases
from ..change import Change, change_of, record
from ..desk import Desk
from .bills import owed, settle_lines
from .credit import credit_line
from .issue import Draft, credit_note, issue
from .place import end


@dataclass(frozen=True, slots=True)
class Billed:
    """The line of a bill that is paid, with its bill."""

    line: InvoiceLine
    bill: Invoice
    settled: bool
    """Whether that was settled before the money came."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One line, and why there is nothing to give for it any more, if so."""

    line: OrderLine
    row: Row[Any]
    case: Case
    billed: Billed | None
    refusal: Refusal | None


def lock_services(session: Session, order_id: int) -> Sequence[Row[Any]]:
    """In the order in which everyone locks them."""
    ordered = select(OrderLine.service_id).where(OrderLine.order_id == order_id)
    query = select_cases().where(Service.id.in_(ordered)).order_by(Service.id)
    return session.execute(query.with_for_update(of=Service)).all()


def settle(session: Session, order: Order, services: Sequence[Row[Any]], desk: Desk) -> None:
    """The order and its services are under lock; what cannot be given becomes credit."""
    buyer = Desk(order.account_id, desk.now, desk.rules)
    rows = {row.id: row for row in services}
    billed = _billed(session, order)
    judged = [_judge(line, rows[line.service_id], billed.get(line.id), buyer) for line in order.lines]
    for each in judged:
        if each.refusal:
            credit_line(session, order, each.line, each.refusal, desk)
    taken_back = _settle_bills(session, judged, desk)
    still = owed(session, [each.row.id for each in judged if each.billed]) if billed else {}
    changes = (_change(each, order, still) for each in judged)
    record(session, [change for change in changes if change], buyer)
    end(session, order, OrderState.PAID, desk)
    _tell(session, order, desk)
    sold = [each for each in judged if each.billed is None and each.refusal is None]
    issue(session, [*_invoices(order, sold), *_credit_notes(order, taken_back)], desk)


def _billed(session: Session, order: Order) -> dict[int, Billed]:
    """What lines of that order settle, by their keys."""
    wanted = {line.invoice_line_id: line.id for line in order.lines if line.invoice_line_id}
    if not wanted:
        return {}
    query = (
        select(InvoiceLine, Invoice, Settlement.how)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .outerjoin(Settlement, Settlement.invoice_line_id == InvoiceLine.id)
        .where(InvoiceLine.id.in_(wanted))
    )
    return {
        wanted[row.InvoiceLine.id]: Billed(row.InvoiceLine, row.Invoice, row.how is not None)
        for row in session.execute(query)
    }


def _judge(line: OrderLine, row: Row[Any], billed: Billed | None, buyer: Desk) -> Judged:
    case = case_of(row, buyer)
    if billed:
        refusal = why_not_paid(case, line.starts_on, settled=billed.settled)
    else:
        refusal = why_credited(case, _bought(line)[0])
    return Judged(line, row, case, billed, refusal)


def _settle_bills(session: Session, judged: Sequence[Judged], desk: Desk) -> list[Billed]:
    """What is paid is owed no more, nor is what cannot be given; the latter is returned, to be credited."""
    bills = [(each.billed, each) for each in judged if each.billed]
    paid = [(billed.line.id, each.line.id) for billed, each in bills if each.refusal is None]
    useless = [billed for billed, each in bills if each.refusal and not billed.settled]
    settle_lines(session, paid, Settled.PAID, desk.now)
    settle_lines(session, [(billed.line.id, None) for billed in useless], Settled.CREDITED, desk.now)
    return useless


def _change(judged: Judged, order: Order, still: Mapping[int, Owed]) -> Change | None:
    """What comes of one line for its service, if anything does."""
    line, case = judged.line, judged.case
    if judged.refusal:
        return _taken_back(judged, order, still)
    days = line.days if line.starts_on == case.service.ends_on else None
    term = Term(*days, order_line_id=line.id) if days else None
    if judged.billed:
        event = BillPaid(order.code, judged.billed.bill.code, Money(line.gross_minor, order.currency), days)
        after = after_paying(case, still.get(line.service_id), days[1] if days else case.service.ends_on)
        return change_of(line.service_id, case, after, event, term)
    after = paid_until(case, _bought(line)[1])
    if line.anchor_day:
        moved = replace(after, anchor_day=line.anchor_day)
        return change_of(line.service_id, case, moved, _aligned(judged, line.anchor_day, order), term)
    return change_of(line.service_id, case, after, _renewed(line, order), term)


def _taken_back(judged: Judged, order: Order, still: Mapping[int, Owed]) -> Change | None:
    if judged.billed is None or judged.billed.settled:
        return None
    event = BillCredited(order.code, judged.billed.bill.code, Money(judged.line.gross_minor, order.currency))
    return change_of(judged.row.id, judged.case, owing(judged.case.service, still.get(judged.row.id)), event)


def _bought(line: OrderLine) -> tuple[date, date]:
    """The term of a line that settles no bill. Raises ValueError for one that buys none."""
    if line.days is None:
        raise ValueError(f"line {line.id} of an order buys no term")
    return line.days


def _renewed(line: OrderLine, order: Order) -> Renewed:
    start, end = _bought(line)
    return Renewed(order.code, start, end, *_prices(line, order))


def _aligned(judged: Judged, day: int, order: Order) -> Aligned:
    start, end = _bought(judged.line)
    old_day = renewal_day(judged.case.service.anchor_day, start)
    return Aligned(order.code, old_day, day, start, end, *_prices(judged.line, order))


def _prices(line: OrderLine, order: Order) -> tuple[Money, Money, tuple[Tax, ...]]:
    taxes = tuple(Levy.read(levy, order.currency).tax for levy in line.levies)
    return Money(line.net_minor, order.currency), Money(line.gross_minor, order.currency), taxes


def _tell(session: Session, order: Order, desk: Desk) -> None:
    message = {"key": f"order-paid {order.code}", "kind": "order-paid", "account_id": order.account_id}
    session.add(Outbox(**message, facts={"order": order.code}, created_at=desk.now))


def _invoices(order: Order, sold: Sequence[Judged]) -> list[Draft]:
    """One for each owner."""
    by_owner: dict[int, list[Judged]] = defaultdict(list)
    for each in sold:
        by_owner[each.row.owner_id].append(each)
    lines = {owner: [_sold_line(each) for each in several] for owner, several in by_owner.items()}
    seller = (DocumentKind.INVOICE, order.portal, order.account_id)
    notes = {owner: _tax_note(several) for owner, several in by_owner.items()}
    return [
        Draft(*seller, owner, order.currency, lines[owner], order.id, tax_note=notes[owner]) for owner in sorted(lines)
    ]


def _tax_note(sold: Sequence[Judged]) -> TaxNote | None:
    """Why they were sold without tax, if they were."""
    return None if any(each.line.levies for each in sold) else sold[0].case.rules.tax_note


def _sold_line(judged: Judged) -> dict[str, Any]:
    line, row = judged.line, judged.row
    return {
        "service_id": row.id,
        "name": row.name,
        "display_name": row.display_name,
        "product": row.product_name,
        "duration": line.duration,
        "starts_on": line.starts_on,
        "ends_on": line.ends_on,
        "net_minor": line.net_minor,
        "gross_minor": line.gross_minor,
        "levies": line.levies,
    }


def _credit_notes(order: Order, taken_back: Sequence[Billed]) -> list[Draft]:
    return [credit_note(each.bill, [each.line], order_id=order.id) for each in taken_back]
