"""The batches that go on without anyone asking."""

from collections.abc import Callable

from sqlalchemy import select

from ...extensions import db
from ...models import Batch
from ...models.batch import UNFINISHED
from ..desk import Desk
from .pace import carry_on


def carry_on_unfinished(desk: Callable[[int], Desk]) -> bool:
    """Work on each of them for a while, so that none waits for a large one; True where something is left to do."""
    ids = db.session.scalars(select(Batch.id).where(UNFINISHED).order_by(Batch.id)).all()
    db.session.rollback()
    left = [carry_on(batch_id, desk) for batch_id in ids]
    return any(left)
