"""What a batch orders: how long, what that comes to for each seller, and the orders themselves."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from ...domain.batches.kinds import Asks
from ...domain.batches.planned import Plan
from ...domain.batches.states import BatchState, RowState
from ...domain.billing.order import PAYMENT_UNDER_WAY
from ...domain.billing.quote import Item, Quote
from ...domain.money import Money
from ...domain.periods import Period
from ...domain.refusals import Refusal
from ...models import Account, Batch, BatchRow, Order, Price, Service
from ..desk import Desk
from ..orders.place import place, term_line
from ..paying import being_paid_for
from ..transaction import writing
from .decide import batch_of, due
from .plans import Asked

LEFT_OUT_BEFORE = RowState.LEFT_OUT.value
"""Reason of a row that is looked at again and stays left out."""


@dataclass(frozen=True, slots=True)
class ToOrder:
    """What the rows that go ahead come to at one seller."""

    portal: str
    count: int
    gross: Money


def totals(session: Session, batch: Batch) -> list[ToOrder]:
    """One for each order that has to be paid, if it is confirmed."""
    query = (
        select(Account.portal, Service.currency, func.count().label("count"), func.sum(BatchRow.gross_minor))
        .select_from(BatchRow)
        .join(Service, Service.id == BatchRow.service_id)
        .join(Account, Account.id == Service.owner_id)
        .where(*due(batch))
        .group_by(Account.portal, Service.currency)
        .order_by(Account.portal, Service.currency)
    )
    return [
        ToOrder(portal, count, Money(int(minor or 0), currency))
        for portal, currency, count, minor in session.execute(query)
    ]


def orders_of(session: Session, batch: Batch) -> Sequence[Order]:
    """Those that came of it."""
    return session.scalars(select(Order).where(Order.batch_id == batch.id).order_by(Order.id)).all()


def only_order(session: Session, batch_id: int, desk: Desk) -> str | None:
    """The code of the order that came of it, where it is a single one. Raises NoSuchBatch."""
    orders = orders_of(session, batch_of(session, batch_id, desk))
    return orders[0].code if len(orders) == 1 else None


def durations_for(session: Session, batch: Batch) -> list[Period]:
    """For how long its services could be paid, shortest first; not each for all of these."""
    services = select(Service.product_id, Service.currency).join(BatchRow, BatchRow.service_id == Service.id)
    sold = services.where(BatchRow.batch_id == batch.id).distinct().subquery()
    same = (Price.product_id == sold.c.product_id) & (Price.currency == sold.c.currency)
    return sorted(set(session.scalars(select(Price.period).join(sold, same).distinct())))


def choose_duration(batch_id: int, duration: Period | None, desk: Desk) -> None:
    """Let every row be looked at anew: each its own where none is given. Raises NoSuchBatch."""
    with writing() as session:
        batch = batch_of(session, batch_id, desk, lock=True)
        if (
            batch.action.kind.asks is not Asks.DURATION
            or batch.state is not BatchState.PREVIEW
            or batch.duration == duration
        ):
            return
        batch.duration, batch.state = duration, BatchState.JUDGING
        _look_anew(session, batch)


def choose_day(batch_id: int, day: int | None, desk: Desk) -> None:
    """Let every row be looked at for that day of the month; None lets it be chosen again. Raises NoSuchBatch."""
    with writing() as session:
        batch = batch_of(session, batch_id, desk, lock=True)
        if batch.action.kind.asks is not Asks.DAY or batch.state not in (BatchState.CHOOSING, BatchState.PREVIEW):
            return
        if batch.state is BatchState.PREVIEW:
            _look_anew(session, batch)
        batch.day, batch.state = day or batch.day, BatchState.JUDGING if day else BatchState.CHOOSING


def _look_anew(session: Session, batch: Batch) -> None:
    """What was left out is marked, so that it stays so."""
    rows = update(BatchRow).where(BatchRow.batch_id == batch.id)
    anew = {"state": RowState.NEW, "reason": "", "facts": None, "fingerprint": "", "gross_minor": None}
    session.execute(rows.where(BatchRow.state != RowState.LEFT_OUT).values(anew))
    session.execute(rows.where(BatchRow.state == RowState.LEFT_OUT).values(anew | {"reason": LEFT_OUT_BEFORE}))


def without_those_being_paid(
    session: Session, judged: Iterator[tuple[Asked, Plan | Refusal]], service_ids: Collection[int]
) -> Iterator[tuple[Asked, Plan | Refusal]]:
    """The same, but for services for which money may be under way already."""
    being_paid = being_paid_for(session, service_ids)
    for each, plan in judged:
        refused = each.service_id in being_paid and not isinstance(plan, Refusal)
        yield each, PAYMENT_UNDER_WAY() if refused else plan


def order_items(session: Session, batch: Batch, items: Mapping[int, Item], desk: Desk) -> None:
    """One order for each seller and currency, of services under lock, by their keys."""
    keys = {item.reference: key for key, item in items.items()}
    for part in Quote(list(items.values()), ()).parts:
        lines = [term_line(item, keys[item.reference]) for item in part.items]
        place(session, part.items[0].seller, lines, desk, batch_id=batch.id)
