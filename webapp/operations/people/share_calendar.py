"""The private address at which a program reads an account’s calendar."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models import Account
from ..accounts import lock_account
from ..transaction import writing


def share_calendar(account_id: int) -> None:
    """Under a new address; the one before is good no more."""
    with writing() as session:
        account = lock_account(session, account_id)
        account.calendar_number += 1
        account.calendar_shared = True


def withdraw_calendar(account_id: int) -> None:
    with writing() as session:
        session.get_one(Account, account_id).calendar_shared = False


def shares_calendar(session: Session, account_id: int, number: int) -> Account | None:
    """The account, where that is its address."""
    good = (Account.id == account_id, Account.calendar_number == number, Account.calendar_shared)
    return session.scalar(select(Account).where(*good))
