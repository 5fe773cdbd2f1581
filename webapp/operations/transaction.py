"""One write, all or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Executable, Result, func, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from ..database import AT_ONCE, LONG, WRITING
from ..extensions import Base, db
from .desk import Busy
from .outage import note_acting, unavailable

FETCHED = 500
"""Rows that are fetched together."""
INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@contextmanager
def writing(*, long: bool = False) -> Iterator[Session]:
    """A transaction of its own that commits at the end and leaves nothing behind when it fails.

    What was read before is let go: rows must be fetched again, under the lock. A ``long`` one keeps others waiting, and
    waits for them. Raises Busy where the database cannot be used just now.
    """
    with _transaction(LONG if long else {}) as session:
        yield session
        session.flush()
        note_acting(session)


@contextmanager
def writing_at_once() -> Iterator[Session]:
    """For what nobody would miss: the same, but it waits for nobody. Raises Busy where it would have to."""
    with _transaction(AT_ONCE) as session:
        yield session


@contextmanager
def _transaction(options: dict[str, bool]) -> Iterator[Session]:
    db.session.rollback()
    try:
        db.session.connection(execution_options=WRITING | options)
        yield db.session()
        db.session.commit()
    except BaseException as error:
        db.session.rollback()
        if unavailable(error):
            raise Busy from error
        raise


def wait_for_turn(session: Session, lock: int) -> None:
    """Until this transaction ends, nobody else does what that lock stands for; SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(lock)))


@contextmanager
def reading(query: Executable) -> Iterator[Result[Any]]:
    """The rows of one moment, fetched as they are read: for files that go on after the request's own session."""
    with db.engine.connect() as connection:
        yield connection.execution_options(yield_per=FETCHED).execute(query)


def added(session: Session, row: type[Base], **values: Any) -> bool:
    """Insert that row; False where it is there already, also by somebody who does the same at this moment."""
    insert = INSERTS[session.get_bind().dialect.name]
    wanted = insert(row).values(**values).on_conflict_do_nothing()
    return session.execute(wanted.returning(literal(1))).first() is not None


def add_missing(session: Session, model: type[Base], rows: list[dict[str, Any]]) -> None:
    """Insert the rows that are not there yet, whoever else inserts them at the same moment."""
    if rows:
        insert = INSERTS[session.get_bind().dialect.name]
        session.execute(insert(model).on_conflict_do_nothing(), rows)
