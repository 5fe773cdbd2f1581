"""What an account tells of itself for its invoices, and how that came to be."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...domain.law.parties import Buyer
from ...models import AccountEvent
from ..accounts import lock_account
from ..desk import Desk
from ..projection import project_owned
from ..transaction import writing

LATEST = 20


def describe(account_id: int, buyer: Buyer, desk: Desk) -> bool:
    """Write it down for the invoices to come; False where it is so already.

    Another VAT number changes no tax before the seller has checked it.
    """
    wanted = asdict(buyer)
    with writing() as session:
        account = lock_account(session, account_id)
        old = {name: getattr(account, name) for name, value in wanted.items() if getattr(account, name) != value}
        if not old:
            return False
        new = {name: wanted[name] for name in old}
        session.add(event_of(account_id, old, new, by_id=desk.account_id, at=desk.now))
        for name, value in new.items():
            setattr(account, name, value)
        if "vat_number" in new and account.vat_checked:
            account.vat_checked = False
            session.flush()
            project_owned(session, [account_id], rules=desk.rules, now=desk.now)
        return True


def event_of(
    account_id: int, old: Mapping[str, str], new: Mapping[str, str], *, by_id: int | None, at: datetime
) -> AccountEvent:
    """``by_id`` is None for the seller’s inventory."""
    return AccountEvent(account_id=account_id, by_id=by_id, at=at, old=dict(old), new=dict(new))


def changes_of(session: Session, account_id: int) -> Sequence[AccountEvent]:
    """The latest ones."""
    query = select(AccountEvent).where(AccountEvent.account_id == account_id).order_by(AccountEvent.id.desc())
    return session.scalars(query.limit(LATEST)).all()
