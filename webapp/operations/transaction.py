"""One write, all or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from ..database import WRITING
from ..extensions import db


@contextmanager
def writing() -> Iterator[Session]:
    """A transaction of its own that commits at the end and leaves nothing behind when it fails.

    What was read before is let go: rows must be fetched again, under the lock.
    """
    db.session.rollback()
    db.session.connection(execution_options=WRITING)
    try:
        yield db.session()
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
