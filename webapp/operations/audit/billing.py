"""Orders, payments, invoices and credit: every amount that was taken was ordered, and brought a term or is credit."""

from collections import Counter as Counting
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from ...domain.billing.order import OrderState
from ...domain.billing.payment import AttemptState, NoticeOutcome
from ...domain.events import EventKind
from ...models import Attempt, Counter, Credit, Event, Invoice, Order, OrderLine, ProviderNotice, Term
from ..desk import Desk


def orders(session: Session, desk: Desk) -> Iterator[str | None]:
    """Each order is the sum of its lines, and was paid exactly where it says so."""
    sums = (func.sum(OrderLine.net_minor).label("net"), func.sum(OrderLine.gross_minor).label("gross"))
    lines = {row.order_id: row for row in session.execute(select(OrderLine.order_id, *sums).group_by("order_id"))}
    paid = _sums(session, select(Attempt.order_id, Attempt.minor).where(Attempt.state == AttemptState.SUCCEEDED))
    late = _sums(session, select(Credit.order_id, Credit.minor).where(Credit.service_id.is_(None)))
    for order in session.scalars(select(Order).order_by(Order.id)):
        total = lines.get(order.id)
        due = order.gross_minor if order.state is OrderState.PAID else 0
        if total is None or (total.net, total.gross) != (order.net_minor, order.gross_minor):
            yield f"order {order.code}: its lines add up to something else"
        elif paid[order.id] - late[order.id] != due:
            yield f"order {order.code}: {order.state}, and {paid[order.id]} was taken for it"
        elif (order.state is OrderState.OPEN) is (order.ended_at is not None):
            yield f"order {order.code}: {order.state}, ended at {order.ended_at}"
        else:
            yield None


def _sums(session: Session, query: Any) -> dict[int, int]:
    sums: dict[int, int] = defaultdict(int)
    for key, minor in session.execute(query):
        sums[key] += minor
    return sums


LINES = (
    select(
        Order.code,
        Order.state,
        OrderLine,
        Term.starts_on.label("term_start"),
        Term.ends_on.label("term_end"),
        Credit.minor.label("credited"),
        Credit.key.label("credit_key"),
    )
    .select_from(OrderLine)
    .join(Order, Order.id == OrderLine.order_id)
    .outerjoin(Term, Term.order_line_id == OrderLine.id)
    .outerjoin(Credit, (Credit.order_id == Order.id) & (Credit.service_id == OrderLine.service_id))
    .order_by(OrderLine.id)
)


def lines(session: Session, desk: Desk) -> Iterator[str | None]:
    """Each line claims its term while its order is open, and brought it, or credit, once that is paid."""
    for row in session.execute(LINES):
        wrong = _wrong_line(row)
        yield f"order {row.code}, line {row.OrderLine.position}: {wrong}" if wrong else None


def _wrong_line(row: Row[*tuple[Any, ...]]) -> str | None:
    line = row.OrderLine
    if line.gross_minor != line.net_minor + sum(levy["minor"] for levy in line.levies):
        return "its taxes add up to something else"
    if line.claiming is not (row.state is OrderState.OPEN):
        return f"{'claims' if line.claiming else 'does not claim'} its term, and the order is {row.state}"
    given, credited = row.term_start is not None, row.credited is not None
    if (given + credited) != (row.state is OrderState.PAID):
        return f"the order is {row.state}; term given: {given}, credited: {credited}"
    if given and (row.term_start, row.term_end) != (line.starts_on, line.ends_on):
        return "the term that was given is another one"
    if credited and (row.credited, row.credit_key) != (line.gross_minor, f"order-line {line.id}"):
        return "another amount was credited"
    return None


def told(session: Session, desk: Desk) -> Iterator[str | None]:
    """Each term that was bought is told of in the history of its service, once."""
    query = select(Term.service_id, Term.starts_on, Term.ends_on).where(Term.order_line_id.is_not(None))
    terms = [(row.service_id, str(row.starts_on), str(row.ends_on)) for row in session.execute(query)]
    renewed = session.scalars(select(Event).where(Event.kind == EventKind.RENEWED))
    events = [(event.service_id, event.old["end"], event.new["end"]) for event in renewed]
    bought, said = Counting(terms), Counting(events)
    for term in bought | said:
        same = bought[term] == said[term] == 1
        yield None if same else f"service {term[0]}, {term[1]} to {term[2]}: bought and told of differently"


def invoices(session: Session, desk: Desk) -> Iterator[str | None]:
    """Numbers run from 1 without a gap, and each invoice is what its order brought."""
    given = (func.sum(OrderLine.net_minor).label("net"), func.sum(OrderLine.gross_minor).label("gross"))
    query = select(OrderLine.order_id, *given).join(Term, Term.order_line_id == OrderLine.id).group_by("order_id")
    brought = {row.order_id: (row.net, row.gross) for row in session.execute(query)}
    last: dict[str, int] = defaultdict(int)
    for invoice in session.scalars(select(Invoice).order_by(Invoice.portal, Invoice.number)):
        last[invoice.portal] += 1
        if invoice.number != last[invoice.portal]:
            yield f"invoice {invoice.portal} {invoice.number}: it would be number {last[invoice.portal]}"
        elif brought.pop(invoice.order_id, None) != (invoice.net_minor, invoice.gross_minor):
            yield f"invoice {invoice.portal} {invoice.number}: its order brought something else"
        else:
            yield None
    for order_id in brought:
        yield f"order with the key {order_id}: it has no invoice"
    for counter in session.scalars(select(Counter).where(Counter.name.startswith("invoice "))):
        if counter.value != last[counter.name.removeprefix("invoice ")]:
            yield f"counter {counter.name}: it stands at {counter.value}"


def ledger(session: Session, desk: Desk) -> Iterator[str | None]:
    """What was taken was invoiced or is credit, in each currency."""
    taken = _per_currency(session, Attempt, Attempt.minor, Attempt.state == AttemptState.SUCCEEDED)
    billed = _per_currency(session, Invoice, Invoice.gross_minor)
    owed = _per_currency(session, Credit, Credit.minor)
    for currency in sorted({*taken, *billed, *owed}):
        same = taken[currency] == billed[currency] + owed[currency]
        figures = f"taken {taken[currency]}, invoiced {billed[currency]}, credited {owed[currency]}"
        yield None if same else f"{currency}, minor units: {figures}"


def notices(session: Session, desk: Desk) -> Iterator[str | None]:
    """Everything that providers told was acted on."""
    for notice in session.scalars(select(ProviderNotice).order_by(ProviderNotice.id)):
        as_it_should = notice.outcome == NoticeOutcome.LEARNED
        yield None if as_it_should else f"{notice.provider} {notice.event}: {notice.outcome or 'not acted on'}"


def _per_currency(session: Session, model: Any, minor: Any, *conditions: Any) -> dict[str, int]:
    query = select(model.currency, func.sum(minor)).where(*conditions).group_by(model.currency)
    return defaultdict(int, {currency: int(total) for currency, total in session.execute(query)})
