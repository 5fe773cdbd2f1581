"""Let in whom a control panel sends, and end what it opened."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from ...domain.actors import EVERYTHING, written_scopes
from ...domain.launches import STRANGER, USED, Farewell, Launch
from ...domain.panels import Way
from ...domain.refusals import Refused
from ...extensions import db
from ...models import Account, SignIn, TakenLaunch
from ..desk import Desk
from ..transaction import added, writing
from .sign_in import LONGEST_AGENT, Lasting, Opened, key_of, open_session


def take(launch: Launch, desk: Desk, *, agent: str) -> Opened:
    """Begin the session that it opens, once. Raises Refused.

    Nobody is told of it by mail: who signs in at a panel is the panel’s to watch over.
    """
    with writing() as session:
        account = _account(session, launch)
        if not _first_time(session, launch):
            raise Refused(USED())
        through, now = _through(launch), desk.system_now
        opened = open_session(session, account.id, account.password_version, agent, now, **through)
        opened.sign_in.account = account
        session.flush()
        for row in (opened.sign_in, account):
            session.expunge(row)
        return opened


def resume(launch: Launch, desk: Desk, lasting: Lasting, agent: str, beginning: str) -> Opened:
    """The session that goes on while the panel’s server says the same, or a new one with that state. Raises Refused."""
    token, now = launch.standing, desk.system_now
    key = key_of(token)
    held = db.session.get(SignIn, key)
    if held and _goes_on(held, launch, lasting, now):
        return Opened(token, held)
    with writing() as session:
        account = _account(session, launch)
        held = session.get(SignIn, key)
        if held and not _goes_on(held, launch, lasting, now):
            session.execute(delete(SignIn).where(SignIn.key == key))
        version, through = account.password_version, _through(launch)
        started = {"key": key, "account_id": account.id, "started_at": now, "password_version": version}
        added(session, SignIn, **started, **through, agent=agent[:LONGEST_AGENT], ticks=0, state=beginning)
        session.expire_all()
        return Opened(token, session.get_one(SignIn, key))


def _goes_on(held: SignIn, launch: Launch, lasting: Lasting, now: datetime) -> bool:
    account = held.account
    return lasting.allows(held, now) and account.handle == launch.handle and _may_open(launch, account)


def keep_state(key: str, state: str) -> None:
    """What of a session the next request shall find."""
    with writing() as session:
        session.execute(update(SignIn).where(SignIn.key == key).values(state=state))


def _account(session: Session, launch: Launch) -> Account:
    account = session.scalar(select(Account).where(Account.handle == launch.handle))
    if account is None or not _may_open(launch, account):
        raise Refused(STRANGER())
    return account


def _may_open(launch: Launch, account: Account) -> bool:
    return launch.panel.portal in (None, account.portal)


def _through(launch: Launch) -> dict[str, str]:
    return {
        "panel": launch.panel.name,
        "return_to": launch.return_to,
        "origin": "" if launch.way is Way.TOP else launch.origin,
        "scopes": "" if launch.scopes >= EVERYTHING else written_scopes(launch.scopes),
        "staff": launch.staff,
    }


def say_farewell(farewell: Farewell, desk: Desk) -> int:
    """End what the panel has opened for that account; how many sessions, none where the same was said before."""
    with writing() as session:
        return _ended(session, farewell.panel.name, farewell.handle) if _first_time(session, farewell) else 0


def forget_outlived(desk: Desk, lasting: Lasting) -> None:
    """Sessions that panels opened once they are over, and which launches were used once nobody can use them again."""
    with writing() as session:
        session.execute(delete(TakenLaunch).where(TakenLaunch.expires_at < desk.system_now))
        begun = desk.system_now - lasting.whole
        session.execute(delete(SignIn).where(SignIn.panel.is_not(None), SignIn.started_at < begun))


def _first_time(session: Session, signed: Launch | Farewell) -> bool:
    """Whether nobody came with it before."""
    key = key_of(f"{signed.panel.issuer}\n{signed.id}")
    return added(session, TakenLaunch, key=key, expires_at=signed.expires_at)


def end_sessions_of(panel: str, handle: str | None = None) -> int:
    """Of that account, or of everybody who came through the panel; how many there were."""
    with writing() as session:
        return _ended(session, panel, handle)


def _ended(session: Session, panel: str, handle: str | None) -> int:
    ended = delete(SignIn).where(SignIn.panel == panel)
    if handle is not None:
        ended = ended.where(SignIn.account_id.in_(select(Account.id).where(Account.handle == handle)))
    return len(session.scalars(ended.returning(SignIn.key)).all())
