"""Tell together what could wait, to those who want that."""

from datetime import date

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from ...domain.messages import Digest, MessageState
from ...domain.pace import digest_due
from ...extensions import db
from ...models import Account, Outbox
from ..accounts import lock_account
from ..desk import Desk
from ..notifications import choices_of
from ..outbox import put
from ..transaction import writing

WAITS = text("outbox.state = 'gathered'")
"""As its index says it."""


def tell_digests(desk: Desk) -> None:
    """To everyone for whom it is time."""
    query = select(Outbox.account_id, Account.portal, func.min(Outbox.created_at).label("since"))
    query = query.join(Account, Account.id == Outbox.account_id).where(WAITS)
    grouped = query.group_by(Outbox.account_id, Account.portal).order_by(Outbox.account_id)
    rows = db.session.execute(grouped).all()
    choices = choices_of(db.session(), {row.account_id for row in rows})
    db.session.rollback()
    for row in rows:
        today = desk.today_at(row.portal)
        since = row.since.astimezone(desk.rules.portals[row.portal].zone).date()
        if digest_due(choices[row.account_id].pace, since, today):
            with writing() as session:
                _tell(session, row.account_id, today, desk)


def _tell(session: Session, account_id: int, today: date, desk: Desk) -> None:
    """Unless somebody else was faster."""
    lock_account(session, account_id)
    rows = session.scalars(select(Outbox).where(WAITS, Outbox.account_id == account_id).order_by(Outbox.id)).all()
    if not rows:
        return
    put(session, Digest(account_id, today, rows[-1].id, [(row.kind, row.facts) for row in rows]), account_id, desk)
    ended = {"state": MessageState.DONE, "ended_at": desk.system_now}
    session.execute(update(Outbox).where(Outbox.id.in_([row.id for row in rows])).values(ended))
