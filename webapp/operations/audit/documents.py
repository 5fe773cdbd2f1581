"""Invoices, credit notes and what is owed: numbers without gaps, and amounts that add up."""

from collections import Counter as Counting
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Row, func, literal, select
from sqlalchemy import case as sql_case
from sqlalchemy.orm import Session

from ...domain.billing.invoice import DocumentKind, Settled, series
from ...domain.billing.ledger import EntryKind, PayoutState
from ...domain.billing.order import OrderState
from ...domain.billing.payment import HELD, AttemptState
from ...domain.billing.settlement import Means
from ...models import (
    Attempt,
    Counter,
    Invoice,
    InvoiceLine,
    LedgerEntry,
    Order,
    OrderLine,
    Payout,
    Service,
    Settlement,
    Term,
)
from ..desk import Desk
from ..invoices.bills import owed
from ..ledger import spent_on

IS_INVOICE = Invoice.kind == DocumentKind.INVOICE
TOGETHER = 1000


def numbers(session: Session, desk: Desk) -> Iterator[str | None]:
    """Each seller's documents are numbered from 1 without a gap, up to where its counter stands."""
    last: dict[str, int] = defaultdict(int)
    query = select(Invoice.portal, Invoice.kind, Invoice.serial).where(Invoice.serial.is_not(None))
    for row in session.execute(query.order_by(Invoice.portal, Invoice.kind, Invoice.serial)):
        name = series(row.portal, row.kind)
        last[name] += 1
        right = row.serial == last[name]
        yield None if right else f"{name} {row.serial}: it would be number {last[name]}"
    for counter in session.scalars(select(Counter).order_by(Counter.name)):
        right = counter.value == last.pop(counter.name, 0)
        yield None if right else f"counter {counter.name}: it stands at {counter.value}"
    for name, number in last.items():
        yield f"{name}: it was counted up to {number}, and has no counter"


SUMS = (
    select(
        InvoiceLine.invoice_id,
        func.sum(InvoiceLine.gross_minor).label("gross"),
        func.sum(InvoiceLine.net_minor).label("net"),
        (func.count() == func.count(InvoiceLine.net_minor)).label("net_known"),
    )
    .group_by(InvoiceLine.invoice_id)
    .subquery()
)


def documents(session: Session, desk: Desk) -> Iterator[str | None]:
    """Each is the sum of its lines."""
    query = select(Invoice, SUMS).outerjoin(SUMS, SUMS.c.invoice_id == Invoice.id).order_by(Invoice.id)
    for row in session.execute(query):
        net = row.net if row.net_known else None
        same = (row.gross, net) == (row.Invoice.gross_minor, row.Invoice.net_minor)
        yield None if same else f"{row.Invoice.code}: its lines add up to something else"


def invoiced(session: Session, desk: Desk) -> Iterator[str | None]:
    """Each term that was sold stands on one invoice, as it was ordered."""
    amounts = ("starts_on", "ends_on", "net_minor", "gross_minor")
    ordered = select(OrderLine.order_id, OrderLine.service_id, *(getattr(OrderLine, name) for name in amounts))
    ordered = ordered.join(Term, Term.order_line_id == OrderLine.id).where(OrderLine.invoice_line_id.is_(None))
    written = select(Invoice.order_id, InvoiceLine.service_id, *(getattr(InvoiceLine, name) for name in amounts))
    written = written.join(InvoiceLine, InvoiceLine.invoice_id == Invoice.id)
    written = written.where(Invoice.order_id.is_not(None), IS_INVOICE)
    sold, said = (Counting(map(tuple, session.execute(query))) for query in (ordered, written))
    for line in sold | said:
        same = sold[line] == said[line] == 1
        yield None if same else f"order with the key {line[0]}, service {line[1]}: sold and invoiced differently"


def bills(session: Session, desk: Desk) -> Iterator[str | None]:
    """What is credited has a credit note of the same amount; nothing is settled but bills."""
    notes: dict[int, int] = defaultdict(int)
    given = select(Invoice.corrects_id, Invoice.gross_minor).where(Invoice.corrects_id.is_not(None))
    for note in session.execute(given):
        notes[note.corrects_id] += note.gross_minor
    query = select(Invoice.id, Invoice.code, Invoice.order_id, Invoice.kind, Settlement.minor, Settlement.how)
    query = query.join(InvoiceLine, InvoiceLine.invoice_id == Invoice.id)
    query = query.outerjoin(Settlement, Settlement.invoice_line_id == InvoiceLine.id).order_by(Invoice.id)
    credited: dict[int, int] = defaultdict(int)
    names = {}
    for row in session.execute(query):
        names[row.id] = row.code
        is_bill = row.order_id is None and row.kind is not DocumentKind.CREDIT_NOTE
        yield None if is_bill or row.how is None else f"{row.code}: it is no bill, and {row.how}"
        if row.how is Settled.CREDITED:
            credited[row.id] += row.minor
    for key in notes.keys() | credited.keys():
        same = notes[key] == credited[key]
        yield None if same else f"{names.get(key)}: {credited[key]} is credited, its credit notes say {notes[key]}"


def dues(session: Session, desk: Desk) -> Iterator[str | None]:
    """The amount due on each service is what its unpaid bills come to."""
    query = select(Service.id, Service.reference, Service.amount_due_minor, Service.billed_on).order_by(Service.id)
    for rows in session.execute(query).partitions(TOGETHER):
        unpaid = owed(session, [row.id for row in rows])
        yield from (_wrong_due(row, unpaid) for row in rows)


def _wrong_due(row: Row[*tuple[Any, ...]], unpaid: dict[int, Any]) -> str | None:
    due = unpaid.get(row.id)
    wanted = (due.amount.minor, due.since) if due else (0, None)
    if wanted == (row.amount_due_minor, row.billed_on):
        return None
    return f"{row.reference}: {row.amount_due_minor} is due since {row.billed_on}, its bills say {wanted}"


def ledger(session: Session, desk: Desk) -> Iterator[str | None]:
    """What was taken of each account was for what was sold or owed, or its ledger has it, in each currency."""
    over = Order.state != OrderState.OPEN
    paid_in = (Order.id == Attempt.order_id, Attempt.state.in_(HELD), Attempt.means != Means.BALANCE)
    taken = _sums(session, Order.account_id, Attempt.currency, func.sum(Attempt.minor), over, *paid_in)
    of_invoice = (Invoice.order_id.is_not(None), IS_INVOICE)
    sold = _sums(session, Invoice.account_id, Invoice.currency, func.sum(Invoice.gross_minor), *of_invoice)
    of_bill = (OrderLine.order_id == Order.id, Settlement.order_line_id == OrderLine.id)
    paid = _sums(session, Order.account_id, Order.currency, func.sum(Settlement.minor), *of_bill)
    unpaid = select(Order.id).where(Order.id == LedgerEntry.order_id, ~over).exists()
    kept = _sums(session, LedgerEntry.account_id, LedgerEntry.currency, func.sum(LedgerEntry.minor), ~unpaid)
    back = Payout.state.in_([PayoutState.ASKED, PayoutState.PAID])
    paid_back = _sums(session, Payout.account_id, Payout.currency, func.sum(Payout.minor), back)
    again = _demanded(session)
    for key in sorted({*taken, *again, *sold, *paid, *kept, *paid_back}):
        had, brought = taken[key] + again[key], sold[key] + paid[key] + kept[key] + paid_back[key]
        figures = (
            f"taken {taken[key]}, sold {sold[key]}, bills {paid[key]}, ledger {kept[key]}, back {paid_back[key]}, "
        )
        figures += f"demanded again {again[key]}"
        yield None if had == brought else f"account {key[0]}, {key[1]}, minor units: {figures}"


def _demanded(session: Session) -> dict[tuple[int, str], int]:
    """What payments that were taken back left to be paid again, without what stands after all."""
    asks = (Invoice.demands_id.is_not(None), InvoiceLine.invoice_id == Invoice.id)
    demanded = _sums(session, Invoice.account_id, Invoice.currency, func.sum(InvoiceLine.gross_minor), *asks)
    credited = (*asks, Settlement.invoice_line_id == InvoiceLine.id, Settlement.how == Settled.CREDITED)
    stands = _sums(session, Invoice.account_id, Invoice.currency, func.sum(Settlement.minor), *credited)
    return defaultdict(int, {key: minor - stands[key] for key, minor in demanded.items()})


def returned(session: Session, desk: Desk) -> Iterator[str | None]:
    """Of each payment that was taken back all is demanded again or off the balance, until it stands after all."""
    lines = InvoiceLine.invoice_id == Invoice.id
    demanded = _by_payment(session, Invoice.demands_id, func.sum(InvoiceLine.gross_minor), lines)
    credited = (lines, Settlement.invoice_line_id == InvoiceLine.id, Settlement.how == Settled.CREDITED)
    stands = _by_payment(session, Invoice.demands_id, func.sum(Settlement.minor), *credited)
    entries = {
        kind: _by_payment(session, Attempt.id, func.sum(LedgerEntry.minor), _entered(kind))
        for kind in (EntryKind.RETURNED, EntryKind.RESTORED)
    }
    for attempt in session.scalars(select(Attempt).where(Attempt.returned_at.is_not(None)).order_by(Attempt.id)):
        off, on = (entries[kind].get(attempt.id, 0) for kind in (EntryKind.RETURNED, EntryKind.RESTORED))
        back = demanded.get(attempt.id, 0) - off
        again = stands.get(attempt.id, 0) + on
        right = back == attempt.minor and again == (attempt.minor if attempt.state is AttemptState.RESTORED else 0)
        figures = f"{attempt.minor} was taken back, {back} is owed or off the balance, {again} stands after all"
        yield None if right else f"payment {attempt.key}: {figures}"


def _entered(kind: EntryKind) -> ColumnElement[bool]:
    key: ColumnElement[str] = literal(f"{kind.value} ") + Attempt.key
    return LedgerEntry.key == key


def _by_payment(session: Session, payment: Any, total: Any, *conditions: Any) -> dict[int, int]:
    query = select(payment, total).where(payment.is_not(None), *conditions).group_by(payment)
    return {row[0]: int(row[1]) for row in session.execute(query)}


def _sums(session: Session, account: Any, currency: Any, total: Any, *conditions: Any) -> dict[tuple[int, str], int]:
    query = select(account, currency, total).where(*conditions).group_by(account, currency)
    return defaultdict(int, {(row[0], row[1]): int(row[2]) for row in session.execute(query)})


def settled(session: Session, desk: Desk) -> Iterator[str | None]:
    """The parts by which a line of a bill was settled leave what they say, one after the other."""
    query = select(Settlement, InvoiceLine.gross_minor).join(InvoiceLine, InvoiceLine.id == Settlement.invoice_line_id)
    left: dict[int, tuple[int, int]] = {}
    for row in session.execute(query.order_by(Settlement.invoice_line_id, Settlement.number)):
        part = row.Settlement
        number, before = left.get(part.invoice_line_id, (0, row.gross_minor))
        left[part.invoice_line_id] = number + 1, before - part.minor
        right = (part.number, part.left_minor) == left[part.invoice_line_id]
        yield None if right else f"line {part.invoice_line_id} of a bill, part {part.number}: it leaves another amount"


def balances(session: Session, desk: Desk) -> Iterator[str | None]:
    """No account has less than nothing, but for what was taken back; what is spent paid that much of an order."""
    seller = (LedgerEntry.account_id, LedgerEntry.portal, LedgerEntry.currency)
    back = select(LedgerEntry.id).join(Attempt, _entered(EntryKind.RETURNED))
    back = back.where(Attempt.state == AttemptState.RETURNED)
    off = func.sum(sql_case((LedgerEntry.id.in_(back), LedgerEntry.minor), else_=0)).label("off")
    sums = select(*seller, func.sum(LedgerEntry.minor).label("minor"), off).group_by(*seller).order_by(*seller)
    for row in session.execute(sums):
        wrong = f"account {row.account_id}, with {row.portal}: {row.minor} {row.currency}"
        yield wrong if row.minor < row.off else None
    entry = LedgerEntry.key == spent_on(Attempt.key)
    spent = select(Attempt.key, Attempt.minor, LedgerEntry.minor.label("entered")).outerjoin(LedgerEntry, entry)
    for key, minor, entered in session.execute(spent.where(Attempt.means == Means.BALANCE).order_by(Attempt.id)):
        yield None if entered == -minor else f"payment {key}: {minor} was spent, {entered} is entered"
