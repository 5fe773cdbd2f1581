"""How often an account may have strangers written to."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...domain.further import ASKED_OFTEN, MOST, SOME_TIME
from ...domain.messages import AddressAsked, AddressChangeAsked
from ...domain.refusals import Refused
from ...models import Outbox
from ..desk import Desk

ASKING = (AddressAsked.kind, AddressChangeAsked.kind)


def require_few_asked(session: Session, account_id: int, desk: Desk) -> None:
    """Whoever calls holds the account. Raises Refused."""
    asked = (Outbox.account_id == account_id, Outbox.kind.in_(ASKING), Outbox.created_at > desk.now - SOME_TIME)
    if (session.scalar(select(func.count()).select_from(Outbox).where(*asked)) or 0) >= MOST:
        raise Refused(ASKED_OFTEN())


def next_number(session: Session, account_id: int) -> int:
    """Of what the account is told of next; whoever calls holds it."""
    return (session.scalar(select(func.max(Outbox.id)).where(Outbox.account_id == account_id)) or 0) + 1
