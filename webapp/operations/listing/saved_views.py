"""Views of the table that customers name and keep."""

from collections.abc import Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ...models import SavedView
from ..accounts import lock_account
from ..transaction import writing

MOST_VIEWS = 30


class TooManyViews(Exception):
    """The account keeps as many views as it can."""


def saved_views(session: Session, account_id: int) -> Sequence[SavedView]:
    """The account's own views by name."""
    return session.scalars(select(SavedView).where(SavedView.account_id == account_id).order_by(SavedView.name)).all()


def keep_view(account_id: int, name: str, query: str) -> None:
    """Keep a state of the table under a name; the same name again replaces it. Raises TooManyViews."""
    with writing() as session:
        lock_account(session, account_id)
        mine = SavedView.account_id == account_id
        if kept := session.scalar(select(SavedView).where(mine, SavedView.name == name)):
            kept.query = query
            return
        if (session.scalar(select(func.count()).where(mine)) or 0) >= MOST_VIEWS:
            raise TooManyViews
        session.add(SavedView(account_id=account_id, name=name, query=query))


def drop_view(account_id: int, view_id: int) -> bool:
    """Forget one of the account's views; False if it has no such view."""
    with writing() as session:
        dropped = session.scalar(
            delete(SavedView).where(SavedView.account_id == account_id, SavedView.id == view_id).returning(SavedView.id)
        )
        return dropped is not None
