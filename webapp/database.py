"""How connections to either database behave."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

MIGRATIONS = Path(__file__).parent / "migrations"
WRITING = {"sqlite_begin": "IMMEDIATE"}
"""Execution options of a connection that is going to write: SQLite then waits its turn at the start."""


def prepare(engine: Engine) -> None:
    """Set what every connection of this engine needs."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _prepare_postgresql)


def _prepare_sqlite(connection: sqlite3.Connection, record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """The driver's own BEGIN is deferred and would fail, not wait, when a reader turns into a writer."""
    kind = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {kind}")


def _prepare_postgresql(connection: Any, record: Any) -> None:
    """Generic plans suit the average customer and take fifty times longer for the largest ones."""
    with connection.cursor() as cursor:
        cursor.execute("SET plan_cache_mode = force_custom_plan")
    connection.commit()
