"""Orders and payments: every amount that was taken was ordered, and brought what was ordered or is credit."""

from collections import Counter as Counting
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from ...domain.billing.ledger import EntryKind
from ...domain.billing.order import OrderState
from ...domain.billing.payment import TAKEN, NoticeOutcome
from ...domain.events import EventKind
from ...domain.messages import MessageState
from ...models import Attempt, Event, LedgerEntry, Order, OrderLine, Outbox, ProviderNotice, Settlement, Term
from ..desk import Desk
from ..ledger import for_line


def orders(session: Session, desk: Desk) -> Iterator[str | None]:
    """Each order is the sum of its lines, and was paid exactly where it says so."""
    sums = (func.sum(OrderLine.net_minor).label("net"), func.sum(OrderLine.gross_minor).label("gross"))
    lines = {row.order_id: row for row in session.execute(select(OrderLine.order_id, *sums).group_by("order_id"))}
    paid = _sums(session, select(Attempt.order_id, Attempt.minor).where(Attempt.state.in_(TAKEN)))
    back = (LedgerEntry.service_id.is_(None), LedgerEntry.kind.in_([EntryKind.CREDITED, EntryKind.GIVEN_BACK]))
    late = _sums(session, select(LedgerEntry.order_id, LedgerEntry.minor).where(*back))
    for order in session.scalars(select(Order).order_by(Order.id)):
        total = lines.get(order.id)
        kept = paid[order.id] - late[order.id]
        sums_up = total and (total.net, total.gross) == (order.net_minor, order.gross_minor)
        if not sums_up and not (order.tops_up and total is None):
            yield f"order {order.code}: its lines add up to something else"
        elif not _right_amount(order, kept):
            yield f"order {order.code}: {order.state}, and {paid[order.id]} was taken for it"
        elif (order.state is OrderState.OPEN) is (order.ended_at is not None):
            yield f"order {order.code}: {order.state}, ended at {order.ended_at}"
        else:
            yield None


def _right_amount(order: Order, kept: int) -> bool:
    """Whether so much may have been taken for it: all of it, a part as long as it is open, nothing."""
    match order.state:
        case OrderState.PAID:
            return kept == order.gross_minor
        case OrderState.OPEN:
            return kept == 0 or 0 < kept < order.gross_minor
        case _:
            return kept == 0


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
        LedgerEntry.minor.label("credited"),
        Settlement.invoice_line_id.label("paid"),
    )
    .select_from(OrderLine)
    .join(Order, Order.id == OrderLine.order_id)
    .outerjoin(Term, Term.order_line_id == OrderLine.id)
    .outerjoin(Settlement, Settlement.order_line_id == OrderLine.id)
    .outerjoin(LedgerEntry, LedgerEntry.key == for_line(OrderLine.id))
    .order_by(OrderLine.id)
)


def lines(session: Session, desk: Desk) -> Iterator[str | None]:
    """Each line claims its term or bill while its order is open; once that is paid it brought that, or credit."""
    for row in session.execute(LINES):
        wrong = _wrong_line(row)
        yield f"order {row.code}, line {row.OrderLine.position}: {wrong}" if wrong else None


def _wrong_line(row: Row[*tuple[Any, ...]]) -> str | None:
    line = row.OrderLine
    if line.gross_minor != line.net_minor + sum(levy["minor"] for levy in line.levies):
        return "its taxes add up to something else"
    if line.claiming is not (row.state is OrderState.OPEN):
        return f"{'claims' if line.claiming else 'does not claim'} its term, and the order is {row.state}"
    credited, paid = row.credited is not None, row.paid is not None
    given = paid if line.invoice_line_id else row.term_start is not None
    if (given + credited) != (row.state is OrderState.PAID):
        return f"the order is {row.state}; given: {given}, credited: {credited}"
    if paid and row.paid != line.invoice_line_id:
        return "it settled another bill"
    if row.term_start and (not given or (row.term_start, row.term_end) != line.days):
        return "the term that was given is another one"
    if credited and row.credited != line.gross_minor:
        return "another amount was credited"
    return None


TELLING = (EventKind.RENEWED, EventKind.ALIGNED, EventKind.BILL_PAID)


def told(session: Session, desk: Desk) -> Iterator[str | None]:
    """Each term that was bought is told of in the history of its service, once."""
    query = select(Term.service_id, Term.starts_on, Term.ends_on).where(Term.order_line_id.is_not(None))
    terms = [(row.service_id, str(row.starts_on), str(row.ends_on)) for row in session.execute(query)]
    telling = session.scalars(select(Event).where(Event.kind.in_(TELLING)))
    ordered = (event for event in telling if event.new["end"] and event.new.get("order"))
    events = [(event.service_id, event.old["end"], event.new["end"]) for event in ordered]
    bought, said = Counting(terms), Counting(events)
    for term in bought | said:
        same = bought[term] == said[term] == 1
        yield None if same else f"service {term[0]}, {term[1]} to {term[2]}: bought and told of differently"


def disputed(session: Session, desk: Desk) -> Iterator[str | None]:
    """Of each payment that is under way the provider tells the amount that it was asked for."""
    for attempt in session.scalars(select(Attempt).where(Attempt.undecided).order_by(Attempt.id)):
        told = f"{attempt.told_minor} {attempt.told_currency} instead of {attempt.minor} {attempt.currency}"
        yield f"payment {attempt.key}: the provider tells of {told}" if attempt.disputed else None


def notices(session: Session, desk: Desk) -> Iterator[str | None]:
    """Everything that providers told was acted on."""
    for notice in session.scalars(select(ProviderNotice).order_by(ProviderNotice.id)):
        as_it_should = notice.outcome == NoticeOutcome.LEARNED
        yield None if as_it_should else f"{notice.provider} {notice.event}: {notice.outcome or 'not acted on'}"


def messages(session: Session, desk: Desk) -> Iterator[str | None]:
    """Nothing that was to be told was given up, and of nothing is it unknown whether it was told."""
    for row in session.execute(select(Outbox.key, Outbox.state, Outbox.tries, Outbox.reason).order_by(Outbox.id)):
        match row.state:
            case MessageState.FAILED:
                yield f"{row.key}: given up after {row.tries} tries, {row.reason}"
            case MessageState.UNSURE:
                yield f"{row.key}: perhaps sent, {row.reason}"
            case _:
                yield None
