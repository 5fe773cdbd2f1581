"""Tell together what could wait, to those who want that."""

from datetime import date

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from ...domain.messages import Digest, MessageState
from ...domain.pace import digest_due
from ...extensions import db
from ...models import Account, Outbox
from ..desk import Desk
from ..notifications import choices_of
from ..outbox import put
from ..transaction import writing

WAITS = text("outbox.state = 'gathered'")
"""As its index says it."""


def tell_digests(desk: Desk) -> int:
    """To everyone for whom it is time. Returns to how many."""
    query = select(Outbox.account_id, Account.portal, func.min(Outbox.created_at).label("since"))
    query = query.join(Account, Account.id == Outbox.account_id).where(WAITS)
    rows = db.session.execute(query.group_by(Outbox.account_id, Account.portal).order_by(Outbox.account_id)).all()
    db.session.rollback()
    told = 0
    for row in rows:
        zone, today = desk.rules.portals[row.portal].zone, desk.today_at(row.portal)
        with writing() as session:
            told += _told(session, row.account_id, row.since.astimezone(zone).date(), today, desk)
    return told


def _told(session: Session, account_id: int, since: date, today: date, desk: Desk) -> bool:
    lock = select(Account).where(Account.id == account_id).with_for_update(key_share=True)
    session.scalars(lock).one()
    if not digest_due(choices_of(session, [account_id])[account_id].pace, since, today):
        return False
    rows = session.scalars(select(Outbox).where(WAITS, Outbox.account_id == account_id).order_by(Outbox.id)).all()
    if not rows:
        return False
    put(session, Digest(account_id, today, rows[-1].id, [(row.kind, row.facts) for row in rows]), account_id, desk)
    ended = {"state": MessageState.DONE, "ended_at": desk.system_now}
    session.execute(update(Outbox).where(Outbox.id.in_([row.id for row in rows])).values(ended))
    return True
