"""Begin and end a signed-in session."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from ...domain.mail_address import mail_address
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
    account = db.session.scalar(select(Account).where(Account.email == mail_address(email)))
    if account is None or account.password_hash is None:
        waste_time(password)
        raise BadCredentials
    matches, renewed_hash = verify_password(password, account.password_hash)
    if not matches:
        raise BadCredentials
    return _start(account, renewed_hash, now=now, lifetime=lifetime)


def _start(verified: Account, renewed_hash: str | None, *, now: datetime, lifetime: timedelta) -> SignIn:
    """Checking a password takes a while: if another one was set meanwhile, the old one opens nothing.

    The account is not locked, for an import may hold it for long: a session that another password has overtaken is
    none (``SignIn.password_version``).
    """
    mine, version, verified_hash = Account.id == verified.id, verified.password_version, verified.password_hash
    with writing() as session:
        if session.scalar(select(Account.password_version).where(mine)) != version:
            raise BadCredentials
        if renewed_hash:
            free = select(Account).where(mine, Account.password_hash == verified_hash)
            if account := session.scalar(free.with_for_update(skip_locked=True, key_share=True)):
                account.password_hash = renewed_hash
        session.execute(delete(SignIn).where(SignIn.account_id == verified.id, SignIn.started_at < now - lifetime))
        key = secrets.token_urlsafe(32)
        started = SignIn(key=key, account_id=verified.id, started_at=now, password_version=version)
        session.add(started)
    return started


def sign_out(key: str) -> None:
    """End a session for good: its cookie is worthless from here on."""
    with writing() as session:
        session.execute(delete(SignIn).where(SignIn.key == key))
