"""Keep the money of a paid order: settle its bills, credit what brings nothing, write its invoices; in one transaction.

The numbers of invoices are taken last. Their counters are held until the commit, so that settling is serial for each
portal; that is the price of numbers without gaps.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.orm import Session

from ...domain.billing.invoice import DocumentKind, Settled
from ...domain.billing.order import OrderState
from ...domain.law.contracts import Levy, TaxNote
from ...domain.messages import BillSettled, Mentioned, OrderPaid
from ...domain.money import Money
from ...domain.purchase.bought import Bought, PaidBill
from ...models import Invoice, InvoiceLine, Order, OrderLine, Service
from ..case import select_cases
from ..desk import Desk
from ..giving import Purchase, hand_over, judge
from ..invoices.bills import Settling, mentioned, open_minor, owed, references, select_unpaid, settle_lines
from ..invoices.issue import Draft, credit_note, issue, said_of
from ..ledger import add, credit_line
from ..orders.batch_rows import brought_nothing
from ..orders.place import end
from ..outbox import put, put_all


@dataclass(frozen=True, slots=True)
class Billed:
    """The line of a bill that is paid, with its bill."""

    line: InvoiceLine
    bill: Invoice
    open: int
    """Minor units that were still owed of it when the money came."""


@dataclass(frozen=True, slots=True)
class PaidLine:
    """A line of the order with what it bought."""

    line: OrderLine
    purchase: Purchase
    billed: Billed | None

    @property
    def owed(self) -> bool:
        """Whether it pays for something that nobody settled meanwhile."""
        return self.purchase.bought.bill is not None and not self.purchase.bought.bill.settled


def lock_services(session: Session, paid: ColumnElement[bool]) -> Sequence[Row[Any]]:
    """Of the order for which that holds, in the order in which everyone locks them."""
    query = select_cases().where(_ordered(paid)).order_by(Service.id)
    return session.execute(query.with_for_update(of=Service, key_share=True)).all()


def lock_ordered(session: Session, paid: ColumnElement[bool]) -> Sequence[int]:
    """The same for whoever needs no more than their keys."""
    return session.scalars(
        select(Service.id).where(_ordered(paid)).order_by(Service.id).with_for_update(key_share=True)
    ).all()


def _ordered(paid: ColumnElement[bool]) -> ColumnElement[bool]:
    ordered = select(OrderLine.service_id).join(Order, Order.id == OrderLine.order_id)
    return Service.id.in_(ordered.where(paid))


def settle(session: Session, order: Order, services: Sequence[Row[Any]], desk: Desk) -> None:
    """The order and its services are under lock; what cannot be given becomes credit."""
    rows = {row.id: row for row in services}
    billed = _billed(session, order)
    lines = [_paid_line(line, rows[line.service_id], billed.get(line.id), order, desk) for line in order.lines]
    for each in lines:
        if each.purchase.refusal:
            credit_line(session, order, each.line, each.purchase.refusal, desk)
    brought_nothing(session, order, {each.purchase.row.id: why for each in lines if (why := each.purchase.refusal)})
    taken_back = _settle_bills(session, lines, desk)
    still = owed(session, [each.purchase.row.id for each in lines if each.billed]) if billed else {}
    hand_over(session, [each.purchase for each in lines], still, desk, batch_id=order.batch_id)
    end(session, order, OrderState.PAID, desk)
    if order.tops_up:
        add(session, order, desk)
    sold = [each for each in lines if each.billed is None and each.purchase.refusal is None]
    codes = issue(session, [*_invoices(order, sold), *_credit_notes(order, taken_back)], desk)
    if order.automatic:
        _tell_settled(session, order, {each.bill.id: each.bill for each in billed.values()}, desk)
    else:
        _tell_paid(session, order, lines, codes, desk)


def _tell_paid(session: Session, order: Order, lines: Sequence[PaidLine], codes: Sequence[str], desk: Desk) -> None:
    """With the documents that came of it, and the bills that it paid."""
    given = [each for each in lines if each.purchase.refusal is None]
    bills = dict.fromkeys(each.billed.bill.code for each in given if each.billed)
    services = tuple(_given(each, order.currency) for each in given)
    put(session, OrderPaid(order.code, order.gross, services, (*codes, *bills)), order.account_id, desk)


def _given(paid: PaidLine, currency: str) -> Mentioned:
    row, line, rules = paid.purchase.row, paid.line, paid.purchase.case.rules
    amount = Money(line.gross_minor, currency)
    told, netted = (row.reference, row.display_name or row.name, line.ends_on, amount), rules.shows_net_prices
    return Mentioned(*told, price=None if paid.billed else line.price(currency, netted=netted))


def _tell_settled(session: Session, order: Order, bills: Mapping[int, Invoice], desk: Desk) -> None:
    """Of bills that nothing is owed of any more."""
    session.flush()
    open_lines = select_unpaid(InvoiceLine.invoice_id).where(InvoiceLine.invoice_id.in_(bills))
    unpaid = set(session.scalars(open_lines))
    settled = [bill for key, bill in bills.items() if key not in unpaid]
    names = references(session, [line for bill in settled for line in bill.lines])
    messages = [BillSettled(bill.code, bill.gross, mentioned(bill.lines, names, bill.currency)) for bill in settled]
    put_all(session, [(message, order.account_id) for message in messages], desk)


def _billed(session: Session, order: Order) -> dict[int, Billed]:
    """What lines of that order settle, by their keys."""
    wanted = {line.invoice_line_id: line.id for line in order.lines if line.invoice_line_id}
    if not wanted:
        return {}
    query = (
        select(InvoiceLine, Invoice, open_minor(InvoiceLine).label("open"))
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(InvoiceLine.id.in_(wanted))
    )
    return {
        wanted[row.InvoiceLine.id]: Billed(row.InvoiceLine, row.Invoice, row.open) for row in session.execute(query)
    }


def _paid_line(line: OrderLine, row: Row[Any], billed: Billed | None, order: Order, desk: Desk) -> PaidLine:
    return PaidLine(line, judge(row, _bought(line, billed, order), desk), billed)


def _bought(line: OrderLine, billed: Billed | None, order: Order) -> Bought:
    return Bought(
        line_id=line.id,
        order=order.code,
        purpose=line.purpose,
        days=line.days,
        anchor_day=line.anchor_day,
        net=Money(line.net_minor, order.currency),
        gross=Money(line.gross_minor, order.currency),
        taxes=tuple(Levy.read(levy, order.currency).tax for levy in line.levies),
        bill=PaidBill(billed.bill.code, settled=billed.open < line.gross_minor) if billed else None,
    )


def _settle_bills(session: Session, lines: Sequence[PaidLine], desk: Desk) -> list[Billed]:
    """What is paid is owed no more, nor is what cannot be given; the latter is returned, to be credited."""
    bills = [(each.billed, each) for each in lines if each.billed]
    paid = [
        Settling(billed.line.id, each.line.gross_minor, each.line.id)
        for billed, each in bills
        if each.purchase.refusal is None
    ]
    useless = [billed for billed, each in bills if each.purchase.refusal and each.owed]
    settle_lines(session, paid, Settled.PAID, desk.now)
    settle_lines(session, [Settling(each.line.id, each.open) for each in useless], Settled.CREDITED, desk.now)
    return useless


def _invoices(order: Order, sold: Sequence[PaidLine]) -> list[Draft]:
    """One for each owner."""
    by_owner: dict[int, list[PaidLine]] = defaultdict(list)
    for each in sold:
        by_owner[each.purchase.row.owner_id].append(each)
    lines = {owner: [_sold_line(each) for each in several] for owner, several in by_owner.items()}
    seller = (DocumentKind.INVOICE, order.portal, order.account_id)
    notes = {owner: _tax_note(several) for owner, several in by_owner.items()}
    return [
        Draft(*seller, owner, order.currency, lines[owner], order.id, tax_note=notes[owner]) for owner in sorted(lines)
    ]


def _tax_note(sold: Sequence[PaidLine]) -> TaxNote | None:
    """Why they were sold without tax, if they were."""
    return None if any(each.line.levies for each in sold) else sold[0].purchase.case.rules.tax_note


def _sold_line(paid: PaidLine) -> dict[str, Any]:
    line = paid.line
    return {
        **said_of(paid.purchase.row),
        "duration": line.duration,
        "starts_on": line.starts_on,
        "ends_on": line.ends_on,
        "net_minor": line.net_minor,
        "gross_minor": line.gross_minor,
        "levies": line.levies,
        "restore_fee_minor": line.restore_fee_minor,
    }


def _credit_notes(order: Order, taken_back: Sequence[Billed]) -> list[Draft]:
    return [credit_note(each.bill, [(each.line, each.open)], order_id=order.id) for each in taken_back]
