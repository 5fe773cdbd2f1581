"""Work through a batch: its rows are the work list, a chunk is a transaction of its own.

Whoever is killed leaves a batch that goes on where it stood; a row is done in the transaction that says so, and the
key of its event (batch, service) is unique.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Row, Table, bindparam, select, update
from sqlalchemy.orm import Session

from ...domain.batches.planned import Changing, DeclaredPlan, OrderPlan, Plan, RenewalPlan
from ...domain.batches.states import NOT_YOURS, SHOWN_OTHERWISE, BatchState, RowState
from ...domain.billing.quote import Item
from ...domain.confirmation import fingerprint
from ...domain.refusals import Refusal
from ...models import Batch, BatchRow, Service
from ..change import Change, change_of, lock_cases, record
from ..desk import Desk
from ..giving import given_free
from ..orders.place import release
from ..snapshot import kept
from ..transaction import writing
from .ending import ended, receipt_key
from .order import LEFT_OUT_BEFORE, order_items, without_those_being_paid
from .plans import Asked, asked_of, plans

Values = dict[str, Any]
Rows = dict[int, Row[Any]]
"""By the key of the service."""
ROW = cast(Table, BatchRow.__table__)
UPDATE = update(ROW).where(ROW.c.batch_id == bindparam("of_batch"), ROW.c.service_id == bindparam("of_service"))


def work(batch_id: int, desk: Callable[[int], Desk], limit: int) -> bool:
    """Do at most so many rows, in one transaction; False where nothing is left to do.

    ``desk`` is asked for the batch's account.
    """
    with writing() as session:
        batch = session.get(Batch, batch_id, with_for_update={"key_share": True})
        if batch is None or batch.state not in STEPS:
            return False
        step = ORDERING if batch.action.kind.orders and batch.state is BatchState.RUNNING else STEPS[batch.state]
        asking = desk(batch.account_id).with_staff(batch.staff)
        limit = batch.size + 1 if step.at_once else limit
        rows = _next(session, batch, step.source, limit)
        services = _asked(session, batch, rows, asking)
        gone = rows.keys() - {each.service_id for each in services}
        _write(session, batch, [_left_alone(each, step.alone, NOT_YOURS()) for each in gone])
        _write(session, batch, step.act(session, batch, services, rows, asking))
        if len(rows) == limit:
            return True
        batch.state = step.target
        if step.target is BatchState.DONE:
            ended(session, batch, asking)
        return False


def _next(session: Session, batch: Batch, state: RowState, limit: int) -> Rows:
    query = select(ROW).where(ROW.c.batch_id == batch.id, ROW.c.state == state)
    listed = session.execute(query.order_by(ROW.c.reason, ROW.c.position).limit(limit))
    return {row.service_id: row for row in listed}


def _asked(session: Session, batch: Batch, rows: Rows, desk: Desk) -> list[Asked]:
    """The rows' services under lock, as far as they are still this account's."""
    locked = lock_cases(session, desk, Service.id.in_(rows))
    return [asked_of(batch, rows[each.row.id], each.row, each.case, desk) for each in locked]


def _judge(session: Session, batch: Batch, services: Sequence[Asked], rows: Rows, desk: Desk) -> Iterable[Values]:
    """What will happen to each, or why not."""
    judged = plans(session, batch.action, services, desk)
    if batch.action.kind.orders:
        judged = without_those_being_paid(session, judged, rows.keys())
    for each, plan in judged:
        if isinstance(plan, Refusal):
            yield _left_alone(each.service_id, RowState.REFUSED, plan)
        else:
            again = rows[each.service_id].reason == LEFT_OUT_BEFORE
            yield {
                "of_service": each.service_id,
                "state": RowState.LEFT_OUT if again else RowState.PLANNED,
                "reason": plan.note,
                "version": each.version,
                "fingerprint": fingerprint(plan.facts),
                "agreements": " ".join(agreement.code for agreement in plan.agreements),
                "gross_minor": plan.item.gross.minor if isinstance(plan, OrderPlan) else None,
            }


def _apply(session: Session, batch: Batch, services: Sequence[Asked], rows: Rows, desk: Desk) -> Iterable[Values]:
    """Judge again and do exactly what was shown; whatever came to be otherwise is left alone and told of."""
    going: list[tuple[Asked, Changing]] = []
    for each, plan in _as_shown(plans(session, batch.action, services, desk, batch.agreed), rows):
        if isinstance(plan, RenewalPlan | DeclaredPlan):
            going.append((each, plan))
        elif isinstance(plan, Refusal):
            yield _left_alone(each.service_id, RowState.CHANGED, plan)
    changes = [change_of(each.service_id, each.case, plan.after, plan.event) for each, plan in going]
    record(session, changes, desk, batch_id=batch.id, receipt_id=receipt_key(session, batch))
    for each, plan in going:
        yield {
            "of_service": each.service_id,
            "state": RowState.DONE,
            "version": each.version + 1,
            "before": kept(each.case.service, plan.after),
        }


def _order(session: Session, batch: Batch, services: Sequence[Asked], rows: Rows, desk: Desk) -> Iterable[Values]:
    """Judge again and order exactly what was shown, all at once; what has not to be paid is done."""
    judged = without_those_being_paid(session, plans(session, batch.action, services, desk), rows.keys())
    items: dict[int, Item] = {}
    at_once: list[Change] = []
    for each, plan in _as_shown(judged, rows):
        if isinstance(plan, Refusal):
            yield _left_alone(each.service_id, RowState.CHANGED, plan)
        elif isinstance(plan, OrderPlan) and plan.item.at_once:
            at_once.append(given_free(each.service_id, each.case, plan.item))
            yield {"of_service": each.service_id, "state": RowState.DONE, "version": each.version + 1}
        elif isinstance(plan, OrderPlan):
            items[each.service_id] = plan.item
            yield {"of_service": each.service_id, "state": RowState.ORDERED}
    release(session, [change.service_id for change in at_once], desk)
    record(session, at_once, desk, batch_id=batch.id)
    order_items(session, batch, items, desk)


def _as_shown(judged: Iterable[tuple[Asked, Plan | Refusal]], rows: Rows) -> Iterable[tuple[Asked, Plan | Refusal]]:
    """The same, refused where it is not what was shown."""
    for each, plan in judged:
        other = not isinstance(plan, Refusal) and fingerprint(plan.facts) != rows[each.service_id].fingerprint
        yield each, SHOWN_OTHERWISE() if other else plan


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done with a batch in one of its states."""

    source: RowState
    """The rows that are next."""
    act: Callable[[Session, Batch, Sequence[Asked], Rows, Desk], Iterable[Values]]
    alone: RowState
    """What becomes of rows that are left alone."""
    target: BatchState
    """What the batch is when no row is next."""
    at_once: bool = False
    """Whether all rows are one transaction."""


STEPS = {
    BatchState.JUDGING: Step(RowState.NEW, _judge, RowState.REFUSED, BatchState.PREVIEW),
    BatchState.RUNNING: Step(RowState.PLANNED, _apply, RowState.CHANGED, BatchState.DONE),
}


ORDERING = Step(RowState.PLANNED, _order, RowState.CHANGED, BatchState.DONE, at_once=True)


def _left_alone(service_id: int, state: RowState, refusal: Refusal) -> Values:
    facts = dict(refusal.stored()) or None
    return {"of_service": service_id, "state": state, "reason": refusal.code, "facts": facts}


def _write(session: Session, batch: Batch, written: Iterable[Values]) -> None:
    """One statement for all rows of which the same columns change."""
    alike: dict[tuple[str, ...], list[Values]] = {}
    for values in written:
        alike.setdefault(tuple(values), []).append(values | {"of_batch": batch.id})
    for names, rows in alike.items():
        session.execute(UPDATE.values({name: bindparam(name) for name in names if name != "of_service"}), rows)
