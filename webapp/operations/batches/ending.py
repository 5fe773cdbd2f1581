"""What a batch leaves behind when nothing is done in it any more."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models import Batch, Receipt
from ..desk import Desk
from ..receipts import seal


def receipt_key(session: Session, batch: Batch) -> int | None:
    """Of the receipt that proves what it declares, if it declares anything."""
    if batch.action.kind.declares is None:
        return None
    return session.scalar(select(Receipt.id).where(Receipt.batch_id == batch.id))


def ended(session: Session, batch: Batch, desk: Desk) -> None:
    """Its receipt says exactly what was done."""
    batch.ended_at = desk.now
    if key := receipt_key(session, batch):
        seal(session, session.get_one(Receipt, key), desk)
