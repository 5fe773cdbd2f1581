"""What its owner decides about a batch: leave rows out, confirm it, stop it, throw it away."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Update, select, update
from sqlalchemy.orm import Session

from ...domain.batches.states import BatchState, RowState
from ...domain.refusals import Refusal, Refused
from ...domain.renewal.preview import AGREEMENT_MISSING
from ...models import Batch, BatchRow, Service
from ..desk import Desk
from ..receipts import begin_receipt
from ..renewal.offers import accept
from ..transaction import writing
from .ending import ended


class NoSuchBatch(LookupError):
    """There is none of that key, or not of this account."""


def batch_of(session: Session, batch_id: int, desk: Desk, *, lock: bool = False) -> Batch:
    """One of the account's own. Raises NoSuchBatch."""
    query = select(Batch).where(Batch.id == batch_id, Batch.account_id == desk.account_id)
    batch = session.scalar(query.with_for_update(key_share=True) if lock else query)
    if batch is None:
        raise NoSuchBatch(batch_id)
    return batch


def leave_out(batch_id: int, skipped: Collection[str], shown: Collection[int], desk: Desk) -> None:
    """Of the rows at these positions exactly the ``skipped`` ones are left out; other references are left out besides.

    Raises NoSuchBatch.
    """
    with writing() as session:
        if batch_of(session, batch_id, desk, lock=True).state is not BatchState.PREVIEW:
            return
        taken_back = _rows(batch_id, RowState.LEFT_OUT).where(BatchRow.position.in_(shown))
        session.execute(taken_back.values(state=RowState.PLANNED))
        ids = select(Service.id).where(Service.reference.in_(skipped))
        left_out = _rows(batch_id, RowState.PLANNED).where(BatchRow.service_id.in_(ids))
        session.execute(left_out.values(state=RowState.LEFT_OUT))


def confirm(batch_id: int, agreed: Collection[str], desk: Desk, obstacle: Refusal | None = None) -> None:
    """Let it be carried out; once is enough, whoever presses again. ``obstacle`` is why orders cannot be paid.

    Raises NoSuchBatch, or Refused where it orders what cannot be paid, or where an agreement is missing that one of its
    contracts demands; BeyondScope.
    """
    with writing() as session:
        batch = batch_of(session, batch_id, desk, lock=True)
        if batch.state is not BatchState.PREVIEW:
            return
        desk.require(batch.action.kind.scope)
        if obstacle and _something_due(session, batch):
            raise Refused(obstacle)
        needed = demanded(session, batch)
        if not needed.issubset(agreed):
            raise Refused(AGREEMENT_MISSING())
        asked = [agreement for code in sorted(needed) if (agreement := desk.rules.agreement(code))]
        accept(session, asked, batch.account_id, desk)
        batch.agreed, batch.staff = sorted(needed), desk.staff
        batch.state, batch.confirmed_at = BatchState.RUNNING, desk.now
        if batch.action.kind.declares:
            begin_receipt(session, batch.action.kind.declares, desk, batch_id=batch.id)


def _something_due(session: Session, batch: Batch) -> bool:
    """Whether any of the rows that go ahead has to be paid."""
    return session.scalar(select(BatchRow.service_id).where(*due(batch)).limit(1)) is not None


def due(batch: Batch) -> tuple[ColumnElement[bool], ...]:
    """The rows that go ahead and have to be paid."""
    return BatchRow.batch_id == batch.id, BatchRow.state == RowState.PLANNED, BatchRow.gross_minor > 0


def demanded(session: Session, batch: Batch) -> frozenset[str]:
    """Codes of the agreements that the contracts of the rows that go ahead demand and that are not accepted yet."""
    planned = select(BatchRow.agreements).where(
        BatchRow.batch_id == batch.id, BatchRow.state == RowState.PLANNED, BatchRow.agreements != ""
    )
    return frozenset(code for codes in session.scalars(planned.distinct()) for code in codes.split())


def stop(batch_id: int, desk: Desk) -> None:
    """Leave what is not done yet as it is. Raises NoSuchBatch."""
    with writing() as session:
        batch = batch_of(session, batch_id, desk, lock=True)
        if batch.state is BatchState.RUNNING:
            session.execute(_rows(batch_id, RowState.PLANNED).values(state=RowState.STOPPED))
            batch.state = BatchState.STOPPED
            ended(session, batch, desk)


def discard(batch_id: int, desk: Desk) -> None:
    """Throw away what was never confirmed. Raises NoSuchBatch."""
    with writing() as session:
        batch = batch_of(session, batch_id, desk, lock=True)
        if not batch.state.confirmed:
            batch.state, batch.ended_at = BatchState.DISCARDED, desk.now


def _rows(batch_id: int, state: RowState) -> Update:
    return update(BatchRow).where(BatchRow.batch_id == batch_id, BatchRow.state == state)
