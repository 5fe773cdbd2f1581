"""Tell people that what their renewals are debited from expires, or has expired."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ...domain.lifecycle.due import method_notice
from ...domain.messages import MethodExpires
from ...extensions import db
from ...models import Account, PaymentMethod
from ..desk import Desk
from ..outbox import put
from ..transaction import writing

TOGETHER = 500
"""Methods in one transaction."""


def tell_of_expiry(until: date, desk: Desk) -> int:
    """Of default methods alone. Returns how many."""
    told = 0
    for ids in _in_turn(_near(until, desk)):
        with writing() as session:
            told += sum(_told(session, method, account, desk) for method, account in _locked(session, ids))
    return told


def _near(until: date, desk: Desk) -> list[int]:
    """Those of which something may have to be told."""
    days = desk.rules.lifecycle.method_expires
    ends, told = PaymentMethod.expires_on, PaymentMethod.expiry_told_on
    query = select(PaymentMethod.id, ends, told).where(
        PaymentMethod.is_default, ends <= until + timedelta(days=max(days)), or_(told.is_(None), told < ends)
    )
    rows = db.session.execute(query.order_by(PaymentMethod.id)).all()
    db.session.rollback()
    return [row.id for row in rows if method_notice(row.expires_on, row.expiry_told_on, until, days)]


def _in_turn(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[start : start + TOGETHER] for start in range(0, len(ids), TOGETHER)]


def _locked(session: Session, ids: Sequence[int]) -> list[tuple[PaymentMethod, Account]]:
    query = select(PaymentMethod, Account).join(Account, Account.id == PaymentMethod.account_id)
    query = query.where(PaymentMethod.id.in_(ids), PaymentMethod.is_default).order_by(PaymentMethod.id)
    lock = query.with_for_update(of=PaymentMethod, key_share=True)
    return [(row[0], row[1]) for row in session.execute(lock.execution_options(populate_existing=True))]


def _told(session: Session, method: PaymentMethod, account: Account, desk: Desk) -> bool:
    """Whether it was now: somebody else may have been faster."""
    today, days = desk.today_at(account.portal), desk.rules.lifecycle.method_expires
    if method.expires_on is None or not method_notice(method.expires_on, method.expiry_told_on, today, days):
        return False
    put(session, MethodExpires(method.id, method.label, method.expires_on, today), account.id, desk)
    method.expiry_told_on = today
    return True
