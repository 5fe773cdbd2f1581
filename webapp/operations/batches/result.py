"""Every row of a batch with what became of it, and the batches there were."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...domain.batches.states import BatchStanding, RowState, standing
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
    standing: BatchStanding


def past_batches(session: Session, desk: Desk) -> Sequence[PastBatch]:
    """The account's latest ones, each with the number of services that it changed."""
    mine = Batch.account_id == desk.account_id
    batches = session.scalars(select(Batch).where(mine).order_by(Batch.id.desc()).limit(MOST_BATCHES)).all()
    rows = select(BatchRow.batch_id, BatchRow.state, func.count().label("rows"))
    rows = rows.where(BatchRow.batch_id.in_([batch.id for batch in batches]))
    counted: dict[int, dict[RowState, int]] = defaultdict(dict)
    for row in session.execute(rows.group_by(BatchRow.batch_id, BatchRow.state)):
        counted[row.batch_id][row.state] = row.rows
    return [_past(batch, counted[batch.id]) for batch in batches]


def _past(batch: Batch, rows: Mapping[RowState, int]) -> PastBatch:
    return PastBatch(batch, rows.get(RowState.DONE, 0), standing(batch.state, rows))


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
