"""Every row of a batch with what became of it, and the batches there were."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...domain.batches.states import ACHIEVED, RowState
from ...models import Batch, BatchRow, Service
from ..case import held_by
from ..desk import Desk
from ..transaction import reading
from .decide import batch_of

MOST_BATCHES = 100


@dataclass(frozen=True, slots=True)
class ResultRow:
    """The service by its reference and names, empty where it is no longer the reader's."""

    reference: str
    name: str
    display_name: str
    state: RowState
    reason: str
    facts: dict[str, str]


@dataclass(frozen=True, slots=True)
class PastBatch:
    batch: Batch
    changed: int


def past_batches(session: Session, desk: Desk) -> Sequence[PastBatch]:
    """The account's latest ones, each with the number of services that it changed."""
    mine = Batch.account_id == desk.account_id
    batches = session.scalars(select(Batch).where(mine).order_by(Batch.id.desc()).limit(MOST_BATCHES)).all()
    done = (
        BatchRow.batch_id.in_([batch.id for batch in batches]),
        BatchRow.state.in_(ACHIEVED),
    )
    counted = session.execute(select(BatchRow.batch_id, func.count()).where(*done).group_by(BatchRow.batch_id))
    changed = {row[0]: row[1] for row in counted}
    return [PastBatch(batch, changed.get(batch.id, 0)) for batch in batches]


def result(session: Session, batch_id: int, desk: Desk) -> Iterator[ResultRow]:
    """All rows in the batch's order, fetched as they are read, over a connection of their own. Raises NoSuchBatch."""
    return _rows(batch_of(session, batch_id, desk).id, desk)


def _rows(batch_id: int, desk: Desk) -> Iterator[ResultRow]:
    theirs = (Service.id == BatchRow.service_id) & held_by(desk.account_id)
    query = (
        select(Service.reference, Service.name, Service.display_name, BatchRow.state, BatchRow.reason, BatchRow.facts)
        .select_from(BatchRow)
        .outerjoin(Service, theirs)
        .where(BatchRow.batch_id == batch_id)
        .order_by(BatchRow.position)
    )
    with reading(query) as rows:
        for row in rows:
            names = (row.reference or "", row.name or "", row.display_name or "")
            yield ResultRow(*names, row.state, row.reason, row.facts or {})
