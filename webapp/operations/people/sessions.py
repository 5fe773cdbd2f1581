"""Where an account is signed in, and how that ends."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ...models import SignIn
from ..transaction import writing
from .sign_in import Lasting

MOST_SHOWN = 50


def open_sessions(session: Session, account_id: int, lasting: Lasting, now: datetime) -> Sequence[SignIn]:
    """Those that still are, the one that was used last first."""
    query = select(SignIn).where(SignIn.account_id == account_id, SignIn.started_at >= now - lasting.whole)
    lasting_ones = [each for each in session.scalars(query) if lasting.allows(each, now)]
    return sorted(lasting_ones, key=lambda each: each.last_used, reverse=True)[:MOST_SHOWN]


def end_session(account_id: int, key: str) -> bool:
    """End one of the account’s own; False where there is none of that key."""
    with writing() as session:
        ended = delete(SignIn).where(SignIn.account_id == account_id, SignIn.key == key).returning(SignIn.key)
        return session.scalar(ended) is not None


def end_others(account_id: int, key: str) -> None:
    """All but that one."""
    with writing() as session:
        session.execute(delete(SignIn).where(SignIn.account_id == account_id, SignIn.key != key))
