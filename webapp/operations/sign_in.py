"""Begin and end a signed-in session."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from ..extensions import db
from ..models import Account, SignIn
from ..passwords import verify_password, waste_time
from .transaction import writing


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
    return _start(account.id, renewed_hash, now, lifetime)


def _start(account_id: int, renewed_hash: str | None, now: datetime, lifetime: timedelta) -> SignIn:
    with writing() as session:
        if renewed_hash:
            session.get_one(Account, account_id).password_hash = renewed_hash
        session.execute(delete(SignIn).where(SignIn.account_id == account_id, SignIn.started_at < now - lifetime))
        started = SignIn(key=secrets.token_urlsafe(32), account_id=account_id, started_at=now)
        session.add(started)
    return started


def sign_out(key: str) -> None:
    """End a session for good: its cookie is worthless from here on."""
    with writing() as session:
        session.execute(delete(SignIn).where(SignIn.key == key))
