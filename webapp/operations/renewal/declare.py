"""What is declared about a contract leaves a receipt."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...domain.events import EventKind
from ...models import Receipt
from ..change import Change, Held, latest_event, record
from ..desk import Desk
from ..receipts import begin_receipt, seal


def declare(session: Session, kind: EventKind, changes: Sequence[Change], desk: Desk) -> str:
    """Record what one person does to several services at once; the code of the receipt."""
    receipt = begin_receipt(session, kind, desk)
    record(session, changes, desk, receipt_id=receipt.id)
    seal(session, receipt)
    return receipt.code


def receipt_before(held: Held, kind: EventKind, desk: Desk) -> str | None:
    """What the same person was given for the same act, if nothing has happened to the service since."""
    event = latest_event(held.session, held.row.id)
    if event is None or (event.kind, event.account_id, event.batch_id) != (kind, desk.account_id, None):
        return None
    return held.session.scalar(select(Receipt.code).where(Receipt.id == event.receipt_id))
