"""Who has yet to be told that they may lose something."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain.messages import NOTICES, MessageState
from ..models import Outbox


def untold(session: Session, account_ids: Collection[int]) -> set[int]:
    """Those of these accounts to whom something was to be told that nobody took yet."""
    waiting = (Outbox.account_id.in_(account_ids), Outbox.kind.in_(NOTICES), Outbox.state != MessageState.DONE)
    return set(session.scalars(select(Outbox.account_id).where(*waiting).distinct()))
