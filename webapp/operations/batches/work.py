"""Work through a batch: its rows are the work list, a chunk is a transaction of its own.

Whoever is killed leaves a batch that goes on where it stood; a row is done in the transaction that says so, and the
key of its event (batch, service) is unique.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Row, Table, bindparam, select, update
from sqlalchemy.orm import Session

from ...domain.batches.kinds import NOT_YOURS, SHOWN_OTHERWISE, BatchState, RowState
from ...domain.confirmation import fingerprint
from ...domain.refusals import Refusal
from ...models import Batch, BatchRow, Service
from ..change import Change, Held, lock_cases, record
from ..desk import Desk
from ..transaction import writing
from .ending import ended, receipt_key
from .plans import Asked, Plan, plans, values_now

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
        batch = session.get(Batch, batch_id, with_for_update=True)
        if batch is None or batch.state not in STEPS:
            return False
        step = STEPS[batch.state]
        asking = desk(batch.account_id)
        rows = _next(session, batch, step.source, limit)
        services = _asked(session, rows, asking)
        gone = rows.keys() - {each.service_id for each in services}
        _write(session, batch, [_left_alone(each, step.alone, NOT_YOURS()) for each in gone])
        _write(session, batch, step.act(session, batch, services, rows, asking))
        if len(rows) == limit:
            return True
        batch.state = step.target
        if step.target is BatchState.DONE:
            ended(session, batch, asking.now)
        return False


def _next(session: Session, batch: Batch, state: RowState, limit: int) -> Rows:
    query = select(ROW).where(ROW.c.batch_id == batch.id, ROW.c.state == state)
    found = session.execute(query.order_by(ROW.c.reason, ROW.c.position).limit(limit))
    return {row.service_id: row for row in found}


def _asked(session: Session, rows: Rows, desk: Desk) -> list[Asked]:
    """The rows' services under lock, as far as they are still this account's."""
    return [_one(each, rows[each.row.id]) for each in lock_cases(session, desk, Service.id.in_(rows))]


def _one(locked: Held, row: Row[Any]) -> Asked:
    service = locked.row
    return Asked(service.id, service.version, service.product_id, locked.case, row.wanted, row.version)


def _judge(session: Session, batch: Batch, services: Sequence[Asked], rows: Rows, desk: Desk) -> Iterable[Values]:
    """What will happen to each, or why not."""
    for each, plan in plans(session, batch.action, services, desk):
        if isinstance(plan, Refusal):
            yield _left_alone(each.service_id, RowState.REFUSED, plan)
        else:
            yield {
                "of_service": each.service_id,
                "state": RowState.PLANNED,
                "reason": plan.note,
                "version": each.version,
                "fingerprint": fingerprint(plan.facts),
                "agreements": " ".join(agreement.code for agreement in plan.agreements),
            }


def _apply(session: Session, batch: Batch, services: Sequence[Asked], rows: Rows, desk: Desk) -> Iterable[Values]:
    """Judge again and do exactly what was shown; whatever came to be otherwise is left alone and told of."""
    going: list[tuple[Asked, Plan]] = []
    for each, plan in plans(session, batch.action, services, desk, batch.agreed):
        if isinstance(plan, Refusal):
            yield _left_alone(each.service_id, RowState.CHANGED, plan)
        elif fingerprint(plan.facts) != rows[each.service_id].fingerprint:
            yield _left_alone(each.service_id, RowState.CHANGED, SHOWN_OTHERWISE())
        else:
            going.append((each, plan))
    changes = [Change(each.service_id, plan.event, plan.values, each.case.rules.name) for each, plan in going]
    record(session, changes, desk, batch_id=batch.id, receipt_id=receipt_key(session, batch))
    for each, plan in going:
        yield {
            "of_service": each.service_id,
            "state": RowState.DONE,
            "version": each.version + 1,
            "before": values_now(each.case, plan.values),
        }


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


STEPS = {
    BatchState.JUDGING: Step(RowState.NEW, _judge, RowState.REFUSED, BatchState.PREVIEW),
    BatchState.RUNNING: Step(RowState.PLANNED, _apply, RowState.CHANGED, BatchState.DONE),
}


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
