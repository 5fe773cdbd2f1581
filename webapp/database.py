"""How connections to either database behave, and for how long anybody waits for one."""

import sqlite3
from collections.abc import Generator
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, event, make_url

MIGRATIONS = Path(__file__).parent / "migrations"
WRITING: dict[str, Any] = {"sqlite_begin": "IMMEDIATE"}
"""Execution options of a connection that is going to write: SQLite then waits its turn at the start."""
LONG = {"long": True}
"""Of one whose statements may take as long as they need, and wait as long for others."""
AT_ONCE = {"at_once": True}
"""Of one that waits for nobody."""
CONNECTING, REACHING, LOCKED, RUNNING, ANSWERING = 3, 2, 3, 5, 6
"""Seconds that PostgreSQL may take: to accept a connection; to say that one is still there; to get a lock; to run a
statement; and to answer at all, which a server that stands still does not."""
ONE_MIGRATION, ONE_IMPORT = 20_261_129, 20_261_130
"""PostgreSQL’s numbers of the locks that whoever migrates, or imports, holds."""
MIGRATING = 5
"""Seconds that a migration waits for a lock."""
TURN = 1
"""Seconds that a request waits for whoever writes to SQLite."""
LONG_TURN = 60
"""The same of what is long itself."""
POOL = {"pool_pre_ping": True, "pool_timeout": 3}
"""Seconds that a request waits for a connection."""


class PatientConnection(psycopg.Connection[Any]):
    """Gives a server up that does not answer."""

    answering: float | None = None
    """Seconds that it may take over one answer; None is as long as it needs."""

    def wait(self, gen: Generator[Any, Any, Any], interval: float = 0.1, timeout: float | None = None) -> Any:
        patience = self.answering if timeout is None else timeout
        try:
            return super().wait(gen, interval, patience)
        except psycopg.errors._WaitTimeout:
            self.pgconn.finish()
            raise

    def rollback(self) -> None:
        """Where the connection was cut the server has rolled back, and the pool finds out before it is used again."""
        try:
            super().rollback()
        except psycopg.OperationalError:
            if not self.closed:
                raise


def prepare(engine: Engine) -> None:
    """Set what every connection of this engine needs."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "do_connect", _connect_postgresql)
        event.listen(engine, "connect", _prepare_postgresql)
        event.listen(engine, "begin", _begin_postgresql)
        event.listen(engine, "checkin", _checked_in)


def set_for_migrations(connection: Connection) -> None:
    """One migrates at a time. No statement takes too long; who is at a table is waited for, but not while all others
    queue behind.

    Kept beyond transactions, since indexes are built outside of any; whoever is done invalidates the connection.
    """
    driver: Any = connection.connection.driver_connection
    driver.answering = None
    connection.exec_driver_sql("SET lock_timeout = 0; SET statement_timeout = 0")
    connection.exec_driver_sql(f"SELECT pg_advisory_lock({ONE_MIGRATION})")
    connection.exec_driver_sql(f"SET lock_timeout = '{MIGRATING}s'")
    connection.commit()


def options(address: str) -> dict[str, Any]:
    """Of the engine for that address."""
    return {"hide_parameters": True} | ({} if make_url(address).get_backend_name() == "sqlite" else POOL)


def file_of(connection: Connection) -> tuple[int, int] | None:
    """What the file of an SQLite database is now, however it is called; None where there is none."""
    return _identity(connection.engine.url.database or "")


def _identity(path: str) -> tuple[int, int] | None:
    try:
        there = Path(path).stat()
    except FileNotFoundError:
        return None
    return there.st_dev, there.st_ino


def _prepare_sqlite(connection: sqlite3.Connection, record: Any) -> None:
    connection.isolation_level = None
    ((_number, _name, path),) = connection.execute("PRAGMA database_list").fetchall()[:1]
    record.info["file"] = _identity(path)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """The driver's own BEGIN is deferred and would fail, not wait, when a reader turns into a writer."""
    wanted = connection.get_execution_options()
    driver: Any = connection.connection.driver_connection
    turn = LONG_TURN if wanted.get("long") else 0 if wanted.get("at_once") else TURN
    driver.execute(f"PRAGMA busy_timeout = {1000 * turn}")
    connection.exec_driver_sql(f"BEGIN {wanted.get('sqlite_begin', 'DEFERRED')}")


def _connect_postgresql(dialect: Any, record: Any, arguments: Any, named: dict[str, Any]) -> psycopg.Connection[Any]:
    return PatientConnection.connect(*arguments, **{"connect_timeout": CONNECTING} | named)


def _prepare_postgresql(connection: PatientConnection, record: Any) -> None:
    """Generic plans suit the average customer and take fifty times longer for the largest ones."""
    with connection.cursor() as cursor:
        cursor.execute("SET plan_cache_mode = force_custom_plan")
        cursor.execute(f"SET lock_timeout = '{LOCKED}s'")
        cursor.execute(f"SET statement_timeout = '{RUNNING}s'")
    connection.commit()
    connection.answering = REACHING


def _begin_postgresql(connection: Connection) -> None:
    driver: Any = connection.connection.driver_connection
    if driver.answering is not None:
        driver.answering = ANSWERING
    wanted = connection.get_execution_options()
    if wanted.get("long"):
        driver.answering = None
        connection.exec_driver_sql("SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0")
    elif wanted.get("at_once"):
        connection.exec_driver_sql("SET LOCAL lock_timeout = '1ms'")


def _checked_in(connection: Any, record: Any) -> None:
    """The next one that takes it asks first whether it is still there."""
    if connection is not None:
        connection.answering = REACHING
