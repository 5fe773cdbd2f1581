"""When the database cannot be used just now, and whether anything was done before that came out."""

import sqlite3

import psycopg
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolEmpty
from sqlalchemy.orm import Session

DatabaseError = SQLAlchemyError
UNAVAILABLE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
}
"""What SQLite says, without its particulars, of a file that cannot be used just now."""
_ACTED = "acted"


def unavailable(error: BaseException) -> bool:
    """Whether the database could not be used just now: too slow, locked, full, cut off or gone; no fault of ours."""
    if isinstance(error, PoolEmpty):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if isinstance(error.orig, sqlite3.Error):
        return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in UNAVAILABLE
    lost = psycopg.OperationalError, psycopg.InterfaceError, psycopg.errors.ReadOnlySqlTransaction
    return error.connection_invalidated or isinstance(error.orig, lost)


def held(error: DatabaseError) -> bool:
    """Whether it is only that somebody else is writing."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
    return isinstance(cause, psycopg.errors.LockNotAvailable)


def note_acting(session: Session) -> None:
    """From here on, nobody may be told that nothing has been done."""
    session.info[_ACTED] = True


def has_acted(session: Session) -> bool:
    """Whether something may have been changed, here or at a provider, since this session began."""
    return bool(session.info.get(_ACTED))
