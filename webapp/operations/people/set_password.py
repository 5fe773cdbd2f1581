"""Give an account the password it signs in with."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ...domain.messages import PasswordChanged
from ...models import Account, SignIn
from ..desk import Desk
from ..outbox import put
from ..transaction import writing
from .passwords import hash_password, require_fit


class UnknownAccount(LookupError):
    """No account has that handle."""


def set_password(handle: str, password: str, desk: Desk) -> None:
    """Replace the password and end every open session of the account. Raises UnknownAccount, Refused."""
    hashed = hash_password(password)
    with writing() as session:
        account = _locked(session, handle)
        require_fit(password, told_of(account))
        replace_password(session, account, hashed, desk)


def publish_password(handle: str, password: str, *, now: datetime) -> None:
    """The same with a password that is no secret and need not be one: of the demo’s customers."""
    hashed = hash_password(password)
    with writing() as session:
        replace_hash(session, _locked(session, handle), hashed, now)


def told_of(account: Account) -> tuple[str, ...]:
    """What others may know of an account, and try."""
    return account.handle, account.name, account.email, account.reference


def replace_password(session: Session, account: Account, hashed: str, desk: Desk) -> None:
    """The account is told, unless it is its first one."""
    had_one = account.password_hash is not None
    replace_hash(session, account, hashed, desk.system_now)
    if had_one:
        put(session, PasswordChanged(account.id, account.password_version), account.id, desk)


def replace_hash(session: Session, account: Account, hashed: str, now: datetime) -> None:
    """Every password before it opens nothing any more."""
    account.password_hash = hashed
    account.password_version += 1
    account.password_at = now
    session.execute(delete(SignIn).where(SignIn.account_id == account.id))


def _locked(session: Session, handle: str) -> Account:
    account = session.scalar(select(Account).where(Account.handle == handle).with_for_update(key_share=True))
    if account is None:
        raise UnknownAccount(handle)
    return account
