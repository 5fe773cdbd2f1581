"""An account under lock: two who change what is its own do it one after the other."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import Account


def lock_account(session: Session, account_id: int | None) -> Account:
    """As it is now, until the commit. Raises NoResultFound where there is none."""
    query = select(Account).where(Account.id == account_id).with_for_update(key_share=True)
    return session.scalars(query.execution_options(populate_existing=True)).one()
