"""Let in whom a control panel sends, and end what it opened."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ...domain.actors import EVERYTHING
from ...domain.launches import STRANGER, USED, Farewell, Launch
from ...domain.panels import Way
from ...domain.refusals import Refused
from ...models import Account, SignIn, TakenLaunch
from ..desk import Desk
from ..transaction import added, writing
from .sign_in import Lasting, Opened, key_of, open_session


def take(launch: Launch, desk: Desk, *, lasting: Lasting, agent: str) -> Opened:
    """Begin the session that it opens, once. Raises Refused.

    Nobody is told of it by mail: who signs in at a panel is the panel’s to watch over.
    """
    with writing() as session:
        _sweep(session, desk)
        account = session.scalar(select(Account).where(Account.handle == launch.handle))
        if account is None or launch.panel.portal not in (None, account.portal):
            raise Refused(STRANGER())
        if not _first_time(session, launch):
            raise Refused(USED())
        outlived = SignIn.started_at < desk.system_now - lasting.whole
        session.execute(delete(SignIn).where(SignIn.account_id == account.id, outlived))
        through = {
            "panel": launch.panel.name,
            "return_to": launch.return_to,
            "origin": launch.origin if launch.way is Way.FRAME else "",
            "scopes": "" if launch.scopes >= EVERYTHING else " ".join(sorted(launch.scopes)),
            "staff": launch.staff,
        }
        opened = open_session(session, account.id, account.password_version, agent, desk.system_now, **through)
        opened.sign_in.account = account
        session.flush()
        for row in (opened.sign_in, account):
            session.expunge(row)
        return opened


def say_farewell(farewell: Farewell, desk: Desk) -> int:
    """End what the panel has opened for that account; how many sessions, none where the same was said before."""
    with writing() as session:
        _sweep(session, desk)
        return _ended(session, farewell.panel.name, farewell.handle) if _first_time(session, farewell) else 0


def _sweep(session: Session, desk: Desk) -> None:
    session.execute(delete(TakenLaunch).where(TakenLaunch.expires_at < desk.system_now))


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
