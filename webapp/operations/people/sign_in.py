"""Begin and end a signed-in session."""

import secrets
from base64 import urlsafe_b64encode
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from ...domain.mail_address import mail_address
from ...domain.messages import SignedInAnew
from ...extensions import db
from ...models import Account, SignIn
from ..desk import Busy, Desk
from ..outbox import put
from ..transaction import writing, writing_at_once
from .passwords import verify_password, waste_time

LONGEST_AGENT = 300
"""Characters that are kept of what a browser calls itself."""
NOTED_EVERY = timedelta(minutes=5)
"""How old the last use of a session may be before it is written down again."""


class BadCredentials(Exception):
    """No account with that e-mail address has that password."""


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long a session lasts in all, and unused."""

    whole: timedelta
    idle: timedelta

    def allows(self, sign_in: SignIn, now: datetime) -> bool:
        """Whether it is one still; a later password ends it too."""
        return (
            now <= sign_in.started_at + self.whole
            and now <= sign_in.last_used + self.idle
            and sign_in.password_version == sign_in.account.password_version
        )


@dataclass(frozen=True, slots=True)
class Opened:
    """A new session and what its browser is to say; nobody else knows that."""

    token: str
    sign_in: SignIn


def key_of(token: str) -> str:
    """What the database knows a session by."""
    return urlsafe_b64encode(sha256(token.encode()).digest()).rstrip(b"=").decode()


def sign_in(email: str, password: str, desk: Desk, *, lasting: Lasting, agent: str = "", known: bool = False) -> Opened:
    """Start a session and sweep up the account's old ones; at a browser that is not ``known``, the account is told.

    Raises BadCredentials, as slowly for unknown addresses as for wrong passwords.
    """
    account = db.session.scalar(select(Account).where(Account.email == mail_address(email)))
    if account is None or account.password_hash is None:
        waste_time(password)
        raise BadCredentials
    matches, renewed_hash = verify_password(password, account.password_hash)
    if not matches:
        raise BadCredentials
    return _start(account, renewed_hash, agent, desk, lasting, known=known)


def _start(
    verified: Account, renewed_hash: str | None, agent: str, desk: Desk, lasting: Lasting, *, known: bool
) -> Opened:
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
        outlived = SignIn.started_at < desk.system_now - lasting.whole
        session.execute(delete(SignIn).where(SignIn.account_id == verified.id, outlived))
        opened = open_session(session, verified.id, version, agent, desk.system_now)
        if not known:
            told = SignedInAnew(opened.sign_in.key, opened.sign_in.agent, desk.system_now)
            put(session, told, verified.id, desk)
        return opened


def open_session(
    session: Session, account_id: int, password_version: int, agent: str, now: datetime, **through: str
) -> Opened:
    """For whoever has just said the password of that number, or comes ``through`` a panel."""
    token = secrets.token_urlsafe(32)
    started = SignIn(
        key=key_of(token),
        account_id=account_id,
        started_at=now,
        agent=agent[:LONGEST_AGENT],
        password_version=password_version,
        **through,
    )
    session.add(started)
    return Opened(token, started)


def note_use(key: str, now: datetime) -> None:
    """Write down that a session is used, where that keeps nobody waiting; else another request does."""
    with suppress(Busy), writing_at_once() as session:
        session.execute(update(SignIn).where(SignIn.key == key).values(used_at=now))


def sign_out(key: str) -> None:
    """End a session for good: its cookie is worthless from here on."""
    with writing() as session:
        session.execute(delete(SignIn).where(SignIn.key == key))
