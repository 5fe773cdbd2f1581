"""Who has yet to be told that they may lose something."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain.messages import NOTICES, MessageState
from ..models import Outbox

UNTOLD = (Outbox.state != MessageState.DONE, Outbox.again_of.is_(None), Outbox.recipient == "")
"""What nobody took yet at the address of the account itself; what is sent once more was taken before."""


def untold(session: Session, account_ids: Collection[int]) -> set[int]:
    """Those of these accounts to whom something was to be told that nobody took yet."""
    waiting = (Outbox.account_id.in_(account_ids), Outbox.kind.in_(NOTICES), *UNTOLD)
    return set(session.scalars(select(Outbox.account_id).where(*waiting).distinct()))
