"""What a batch leaves behind when nothing is done in it any more."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models import Batch, Event, Receipt
from ..receipts import seal


def receipt_key(session: Session, batch: Batch) -> int | None:
    """Of the receipt that proves what it declares."""
    return session.scalar(select(Receipt.id).where(Receipt.batch_id == batch.id))


def ended(session: Session, batch: Batch, now: datetime) -> None:
    """Its receipt says exactly what was done; where nothing was, there is none to be seen."""
    batch.ended_at = now
    receipt = session.scalar(select(Receipt).where(Receipt.batch_id == batch.id))
    if receipt and session.scalar(select(Event.id).where(Event.receipt_id == receipt.id).limit(1)):
        seal(session, receipt)
