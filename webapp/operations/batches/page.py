"""A batch as its owner sees it: how many rows come to what, and a page of the rows behind each."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from ...domain.batches.kinds import Asks
from ...domain.batches.planned import Plan
from ...domain.batches.states import BatchStanding, BatchState, RowState, standing
from ...domain.law.contracts import Agreement
from ...domain.periods import Period
from ...domain.refusals import Reason, Refusal
from ...domain.renewal.candidates import Comparison, compare
from ...models import Batch, BatchRow, Event, Order, Receipt, Service
from ...rules.loader import Rules
from ..case import case_of, held_by, select_cases
from ..companions import KnownCompanion, companions_of
from ..desk import Desk
from ..listing.matching import Viewer
from ..listing.page import Line, lines
from .decide import batch_of, demanded
from .order import LEFT_OUT_BEFORE, ToOrder, durations_for, orders_of, totals
from .plans import asked_of, plans

ROWS = 25


@dataclass(frozen=True, slots=True)
class Group:
    """The rows that come to the same."""

    state: RowState
    reason: str
    count: int
    left_out: int = 0
    """How many of them the owner leaves out; while nothing is confirmed they stay in their group."""

    @property
    def key(self) -> str:
        """How addresses name it."""
        return f"{self.state}.{self.reason}" if self.reason else str(self.state)

    @property
    def going(self) -> int:
        return self.count - self.left_out


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One row: the service as it is now, and what is to happen or has happened."""

    service_id: int
    position: int
    state: RowState
    line: Line | None
    """None where the service is no longer the reader's."""
    plan: Plan | None
    refusal: Refusal | None
    event: Event | None
    companions: Sequence[KnownCompanion]
    """Of a planned row, those that are not in the batch."""


@dataclass(frozen=True, slots=True)
class BatchPage:
    batch: Batch
    groups: tuple[Group, ...]
    group: Group | None
    """The one whose rows are drawn."""
    lines: tuple[BatchLine, ...]
    number: int
    pages: int
    agreements: tuple[Agreement, ...]
    receipt: str | None
    """The code of its receipt, once nothing is done any more."""
    durations: Sequence[Period]
    """For how long its services could be paid, or how often they could renew."""
    totals: Sequence[ToOrder]
    """What it would order."""
    orders: Sequence[Order]
    """What it has ordered."""
    compared: Comparison | None
    """What each day of the month would come to, where one is to be chosen."""

    @property
    def planned(self) -> int:
        """How many rows go ahead when it is confirmed."""
        return sum(group.going for group in self.groups if group.state is RowState.PLANNED)

    @property
    def done(self) -> int:
        """How many it has changed."""
        return sum(group.count for group in self.groups if group.state is RowState.DONE)

    @property
    def standing(self) -> BatchStanding:
        counted: Counter[RowState] = Counter()
        for group in self.groups:
            counted[group.state] += group.count
        return standing(self.batch.state, counted)

    @property
    def worked(self) -> int:
        """How many rows are behind it, of those that it has to go through in its present state."""
        return self.todo - sum(group.count for group in self.groups if group.state in (RowState.NEW, RowState.PLANNED))

    def seconds_left(self, now: datetime) -> int | None:
        """As long as the rest takes at the pace so far; None before there is any."""
        began = self.batch.confirmed_at or self.batch.created_at
        return round((now - began).total_seconds() * (self.todo - self.worked) / self.worked) if self.worked else None

    @property
    def todo(self) -> int:
        if self.batch.state is BatchState.JUDGING:
            return self.batch.size
        untouched = {RowState.REFUSED, RowState.LEFT_OUT}
        return sum(group.count for group in self.groups if group.state not in untouched)


def show_batch(session: Session, batch_id: int, key: str, number: int, viewer: Viewer) -> BatchPage:
    """With a page of the group of that key, or of the first. Raises NoSuchBatch."""
    batch = batch_of(session, batch_id, viewer.desk)
    known = groups(session, batch)
    choosing = batch.state is BatchState.CHOOSING
    shown = () if choosing or batch.state.unfinished else known
    group = next((each for each in shown if each.key == key), shown[0] if shown else None)
    pages = max(1, -(-group.count // ROWS)) if group else 1
    number = min(number, pages)
    codes = demanded(session, batch) if batch.state is BatchState.PREVIEW else frozenset()
    previewed = batch.state is BatchState.PREVIEW
    ordering = batch.action.kind.orders and previewed
    return BatchPage(
        batch=batch,
        groups=known,
        group=group,
        lines=_lines(session, batch, group, number, viewer) if group else (),
        number=number,
        pages=pages,
        agreements=agreements(codes, viewer.desk.rules),
        receipt=session.scalar(select(Receipt.code).where(Receipt.batch_id == batch_id, Receipt.fingerprint != "")),
        durations=durations_for(session, batch) if previewed and batch.action.kind.asks is Asks.DURATION else (),
        totals=totals(session, batch) if ordering else (),
        orders=orders_of(session, batch) if batch.action.kind.orders else (),
        compared=comparison(session, batch, viewer.desk) if choosing else None,
    )


def comparison(session: Session, batch: Batch, desk: Desk) -> Comparison:
    """What each day of the month would come to for its services, but for those that are left out."""
    query = select_cases().join(BatchRow, BatchRow.service_id == Service.id)
    going = (BatchRow.batch_id == batch.id, BatchRow.reason != LEFT_OUT_BEFORE, held_by(desk.account_id))
    cases = (case_of(row, desk) for row in session.execute(query.where(*going)))
    return compare(cases, desk.rules.orders.aligned_after)


def groups(session: Session, batch: Batch) -> tuple[Group, ...]:
    """In the order of the states, the largest reason first."""
    columns = (BatchRow.state, BatchRow.reason)
    rows = session.execute(select(*columns, func.count()).where(BatchRow.batch_id == batch.id).group_by(*columns))
    counted: Counter[tuple[RowState, str]] = Counter()
    left_out: Counter[tuple[RowState, str]] = Counter()
    for state, reason, count in rows:
        kept = state is RowState.LEFT_OUT and batch.state is BatchState.PREVIEW
        key = (RowState.PLANNED if kept else state, reason)
        counted[key] += count
        left_out[key] += count if kept else 0
    known = [Group(*key, count, left_out[key]) for key, count in counted.items()]
    order = list(RowState)
    return tuple(sorted(known, key=lambda group: (order.index(group.state), -group.count, group.reason)))


def _lines(session: Session, batch: Batch, group: Group, number: int, viewer: Viewer) -> tuple[BatchLine, ...]:
    states = [group.state]
    if batch.state is BatchState.PREVIEW and group.state is RowState.PLANNED:
        states.append(RowState.LEFT_OUT)
    of_group = (BatchRow.batch_id == batch.id, BatchRow.state.in_(states), BatchRow.reason == group.reason)
    query = select(BatchRow.__table__).where(*of_group).order_by(BatchRow.position)
    rows = session.execute(query.limit(ROWS).offset((number - 1) * ROWS)).all()
    ids = [row.service_id for row in rows]
    known = {line.id: line for line in lines(session, ids, viewer)}
    planned = _plans(session, batch, rows, known, viewer.desk) if group.state is RowState.PLANNED else {}
    outside = _companions(session, batch, ids, viewer.desk) if planned else {}
    events = _events(session, batch, ids) if group.state is RowState.DONE else {}
    return tuple(
        BatchLine(
            service_id=row.service_id,
            position=row.position,
            state=row.state,
            line=known.get(row.service_id),
            plan=planned.get(row.service_id),
            refusal=Reason.stored(row.reason, row.facts or {}),
            event=events.get(row.service_id),
            companions=outside.get(row.service_id, ()),
        )
        for row in rows
    )


def _plans(
    session: Session, batch: Batch, rows: Sequence[Row[Any]], known: dict[int, Line], desk: Desk
) -> dict[int, Plan]:
    """As of now; whatever is no longer as it was judged is found out when it is carried out."""
    services = [asked_of(batch, row, line, line.case, desk) for row in rows if (line := known.get(row.service_id))]
    judged = plans(session, batch.action, services, desk)
    return {each.service_id: plan for each, plan in judged if not isinstance(plan, Refusal)}


def _companions(
    session: Session, batch: Batch, service_ids: Sequence[int], desk: Desk
) -> dict[int, list[KnownCompanion]]:
    """What belongs to the services of a page and is not part of the batch."""
    known = companions_of(session, service_ids, desk)
    ids = {each.service_id for companions in known.values() for each in companions}
    query = select(BatchRow.service_id).where(BatchRow.batch_id == batch.id, BatchRow.service_id.in_(ids))
    inside = set(session.scalars(query))
    return {key: [each for each in tied if each.service_id not in inside] for key, tied in known.items()}


def _events(session: Session, batch: Batch, service_ids: Sequence[int]) -> dict[int, Event]:
    query = select(Event).where(Event.batch_id == batch.id, Event.service_id.in_(service_ids))
    return {event.service_id: event for event in session.scalars(query)}


def agreements(codes: frozenset[str], rules: Rules) -> tuple[Agreement, ...]:
    """The agreements of these codes, each once."""
    known = {each.code: each for portal in rules.portals.values() for each in portal.agreements}
    return tuple(known[code] for code in sorted(codes))
