"""Whether this installation can serve: its database is there, fits the program, takes changes, and somebody works."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from ..database import MIGRATIONS, WRITING, file_of
from ..extensions import db
from ..models import Lease
from .lease import WORKER
from .outage import DatabaseError, held


def faults(now: datetime) -> list[str]:
    """What is amiss, in words for whoever runs it; nothing is changed."""
    try:
        return list(_faults(db.session(), now))
    except DatabaseError as error:
        return [f"the database cannot be used ({error})"]
    finally:
        db.session.rollback()


def _faults(session: Session, now: datetime) -> Iterator[str]:
    if _replaced(session.connection()):
        yield "the file of the database was replaced: start the program again"
    if not is_migrated(session):
        yield "the database has another version than the program: run flask db upgrade"
    lease = session.get(Lease, WORKER)
    if lease is None or lease.until < now:
        yield "no worker holds the lease"
    _try_to_write(session)


def is_migrated(session: Session) -> bool:
    """Whether the database has the version of the program; one without any table has none."""
    return MigrationContext.configure(session.connection()).get_current_revision() == newest_version()


@cache
def newest_version() -> str | None:
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def _replaced(connection: Connection) -> bool:
    """Whether the file of an SQLite database is another one than the file that is open."""
    opened = connection.info.get("file")
    return opened is not None and opened != file_of(connection)


def _try_to_write(session: Session) -> None:
    """Raises what the database says; that it is somebody else’s turn to write is no fault."""
    session.rollback()
    try:
        session.connection(execution_options=WRITING)
        session.execute(text("UPDATE alembic_version SET version_num = version_num"))
    except DatabaseError as error:
        if not held(error):
            raise
