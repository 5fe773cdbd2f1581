"""Alembic's entry: migrates the database of the current application."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.util import CommandError
from flask import current_app
from sqlalchemy import Connection, TypeDecorator

from webapp.commands.group import SAYS
from webapp.database import LONG, WRITING, set_for_migrations
from webapp.operations.outage import DatabaseError, unavailable

database = current_app.extensions["migrate"].db


def plain_type(kind: str, item: Any, autogen_context: AutogenContext) -> str | Literal[False]:
    """A migration must not change when the program's own column types do: write what the database stores."""
    return f"sa.{item.impl_instance!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


@contextmanager
def at_once(connection: Connection) -> Iterator[None]:
    """One transaction for all of it on SQLite, where Alembic would let others in between two migrations.

    A table is changed there by building it anew and dropping the old one, which would cascade.
    """
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            yield
            check_foreign_keys(connection)
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def check_foreign_keys(connection: Connection) -> None:
    if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        raise RuntimeError(f"rows without what they refer to: {broken[:5]}")


def run() -> None:
    """One at a time: whoever comes second waits and finds it done."""
    with database.engine.connect() as opened:
        connection = opened.execution_options(**WRITING, **LONG)
        on_sqlite = connection.dialect.name == "sqlite"
        if not on_sqlite:
            set_for_migrations(connection)
        with at_once(connection) if on_sqlite else nullcontext():
            context.configure(
                connection=connection,
                target_metadata=database.metadata,
                render_as_batch=True,
                render_item=plain_type,
                transaction_per_migration=True,
            )
            with context.begin_transaction():
                context.run_migrations()
        if not on_sqlite:
            connection.invalidate()


try:
    run()
except DatabaseError as error:
    if not unavailable(error):
        raise
    raise CommandError(f"{SAYS} The migration was not finished: try again.") from error
