"""Whether this installation can serve: its database is there, fits the program, takes changes, and somebody works."""

from collections.abc import Callable
from datetime import datetime
from functools import cache

from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.orm import Session

from ..database import MIGRATIONS, WRITING, file_of
from ..extensions import db
from ..models import Lease
from .lease import WORKER
from .outage import DatabaseError, held


def faults(now: datetime) -> list[str]:
    """What is amiss, in words for whoever runs it; nothing is changed."""
    try:
        return [says for amiss, says in CHECKS if amiss(db.session(), now)]
    except DatabaseError as error:
        return [f"the database cannot be used ({error})"]
    finally:
        db.session.rollback()


@cache
def newest_version() -> str | None:
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def _replaced(session: Session, now: datetime) -> bool:
    """Whether the file of an SQLite database is another one than the file that is open."""
    opened = session.connection().info.get("file")
    return opened is not None and opened != file_of(session.connection())


def _of_another_version(session: Session, now: datetime) -> bool:
    return bool(session.scalar(text("SELECT version_num FROM alembic_version")) != newest_version())


def _takes_no_changes(session: Session, now: datetime) -> bool:
    """Raises what the database says; that it is somebody else’s turn to write is no fault."""
    session.rollback()
    try:
        session.connection(execution_options=WRITING)
        session.execute(text("UPDATE alembic_version SET version_num = version_num"))
    except DatabaseError as error:
        if not held(error):
            raise
    return False


def _nobody_works(session: Session, now: datetime) -> bool:
    session.rollback()
    lease = session.get(Lease, WORKER)
    return lease is None or lease.until < now


CHECKS: tuple[tuple[Callable[[Session, datetime], bool], str], ...] = (
    (_replaced, "the file of the database was replaced: start the program again"),
    (_of_another_version, "the database has another version than the program: run flask db upgrade"),
    (_takes_no_changes, "the database takes no changes"),
    (_nobody_works, "no worker holds the lease"),
)
