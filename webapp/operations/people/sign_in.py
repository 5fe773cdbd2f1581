"""Begin and end a signed-in session."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from ...extensions import db
from ...models import Account, SignIn
from ..transaction import writing
from .passwords import verify_password, waste_time


class BadCredentials(Exception):
    """No account with that e-mail address has that password."""


def sign_in(email: str, password: str, *, now: datetime, lifetime: timedelta) -> SignIn:
    """Start a session and sweep up the account's old ones.

    Raises BadCredentials, as slowly for unknown addresses as for wrong passwords.
    """
    account = db.session.scalar(select(Account).where(Account.email == email.strip().lower()))
    if account is None or account.password_hash is None:
        waste_time(password)
        raise BadCredentials
    matches, renewed_hash = verify_password(password, account.password_hash)
    if not matches:
        raise BadCredentials
    return _start(account.id, account.password_hash, renewed_hash, now=now, lifetime=lifetime)


def _start(
    account_id: int, verified_hash: str, renewed_hash: str | None, *, now: datetime, lifetime: timedelta
) -> SignIn:
    """Checking a password takes a while: if another one was set meanwhile, the old one opens nothing."""
    with writing() as session:
        account = session.get_one(Account, account_id, with_for_update=True)
        if account.password_hash != verified_hash:
            raise BadCredentials
        account.password_hash = renewed_hash or verified_hash
        session.execute(delete(SignIn).where(SignIn.account_id == account_id, SignIn.started_at < now - lifetime))
        started = SignIn(key=secrets.token_urlsafe(32), account_id=account_id, started_at=now)
        session.add(started)
    return started


def sign_out(key: str) -> None:
    """End a session for good: its cookie is worthless from here on."""
    with writing() as session:
        session.execute(delete(SignIn).where(SignIn.key == key))
