"""Take a set of services: what comes to match afterwards is not in it."""

from collections.abc import Collection
from typing import Any, cast

from sqlalchemy import CursorResult, Select, Table, func, insert, literal, null, select
from sqlalchemy.orm import Session

from ...domain.batches.kinds import Asks, BatchAction
from ...domain.batches.states import BatchState, RowState
from ...domain.listing import table as listing
from ...domain.periods import Period
from ...models import Batch, BatchRow, Listing, Service
from ..desk import Desk
from ..listing.matching import Viewer, conditions, order
from ..transaction import writing
from .decide import batch_of

ROW = cast(Table, BatchRow.__table__)
NEW = {"state": RowState.NEW, "reason": "", "fingerprint": "", "agreements": ""}


class NothingTaken(Exception):
    """There is no service to do this to."""


def begin(
    action: BatchAction,
    table: listing.Table,
    viewer: Viewer,
    references: Collection[str] | None = None,
    duration: Period | None = None,
    day: int | None = None,
) -> int:
    """Freeze all that this state of the table means, in its order; returns the batch's key.

    Where ``references`` are given, only those; ``duration`` is for how long they are to be paid, ``day`` that of the
    month on which they shall renew, where that is done. Raises NothingTaken, BeyondScope.
    """
    taken = conditions(table, viewer)
    if references is not None:
        taken.append(Listing.service_id.in_(select(Service.id).where(Service.reference.in_(references))))
    position = func.row_number().over(order_by=order(table, viewer))
    rows = select(Listing.service_id, position, null(), null()).where(*taken)
    with writing() as session:
        return _begun(session, action, rows, viewer.desk, duration=duration, day=day)


def put_back(batch_id: int, desk: Desk) -> int:
    """A batch that undoes what this one changed, to be previewed and confirmed like any other; returns its key.

    One that nobody has confirmed yet is taken up again. Raises NoSuchBatch, NothingTaken, BeyondScope.
    """
    done = (BatchRow.batch_id == batch_id, BatchRow.state == RowState.DONE)
    rows = select(BatchRow.service_id, BatchRow.position, BatchRow.version, BatchRow.before).where(*done)
    with writing() as session:
        undoing = batch_of(session, batch_id, desk, lock=True).action.kind.undone_by
        if undoing is None:
            raise NothingTaken
        waiting = (Batch.undoes_id == batch_id, Batch.state.in_((BatchState.JUDGING, BatchState.PREVIEW)))
        known = session.scalar(select(Batch.id).where(*waiting))
        return known or _begun(session, undoing, rows, desk, undoes_id=batch_id)


def _begun(session: Session, action: BatchAction, rows: Select[Any], desk: Desk, **given: Any) -> int:
    """One statement writes them all, from a service's key, its position, and its version and values to put back."""
    desk.require(action.kind.scope)
    begun = {"account_id": desk.account_id, "staff": desk.staff, "created_at": desk.now, **given}
    choosing = action.kind.asks is Asks.DAY and given["day"] is None
    batch = Batch(action=action, state=BatchState.CHOOSING if choosing else BatchState.JUDGING, size=0, **begun)
    session.add(batch)
    session.flush()
    constants: dict[str, Any] = {"batch_id": batch.id, **NEW}
    names = ["service_id", "position", "version", "wanted", *constants]
    filled = rows.add_columns(*(literal(value, ROW.c[name].type) for name, value in constants.items()))
    write = insert(ROW).from_select(names, filled, include_defaults=False)
    written = session.execute(write.execution_options(preserve_rowcount=True))
    batch.size = cast(CursorResult[Any], written).rowcount
    if not batch.size:
        raise NothingTaken
    return batch.id
