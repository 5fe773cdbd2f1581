"""Which errors of a database are nobody's fault, and that no lock is stronger than it has to be."""

import re
import sqlite3
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolEmpty

from webapp.extensions import db
from webapp.operations.desk import Busy
from webapp.operations.outage import unavailable
from webapp.operations.transaction import writing

WEBAPP = Path(__file__).parents[2] / "webapp"


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (psycopg.errors.LockNotAvailable, True),
        (psycopg.errors.QueryCanceled, True),
        (psycopg.errors.DeadlockDetected, True),
        (psycopg.errors.AdminShutdown, True),
        (psycopg.errors.DiskFull, True),
        (psycopg.errors.TooManyConnections, True),
        (psycopg.errors.ReadOnlySqlTransaction, True),
        (psycopg.errors.UniqueViolation, False),
        (psycopg.errors.UndefinedTable, False),
        (psycopg.errors.SyntaxError, False),
    ],
)
def test_what_postgresql_says(error: type[psycopg.Error], expected: bool) -> None:
    assert unavailable(DBAPIError("SELECT 1", {}, error())) is expected


def test_an_empty_pool_is_one() -> None:
    assert unavailable(PoolEmpty())


@pytest.mark.parametrize(
    ("before", "statement", "expected"),
    [
        ("PRAGMA query_only = ON", "INSERT INTO t VALUES (1)", True),
        ("PRAGMA max_page_count = 2", "INSERT INTO t VALUES (zeroblob(100000))", True),
        ("", "SELECT * FROM nothing_of_that_name", False),
        ("", "SELECT", False),
    ],
)
def test_what_sqlite_says(before: str, statement: str, expected: bool) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (c)")
    connection.execute(before)
    with pytest.raises(sqlite3.Error) as raised:
        connection.execute(statement)
    connection.close()
    assert unavailable(OperationalError(statement, {}, raised.value)) is expected


def test_a_statement_that_takes_too_long_is_stopped_and_what_is_long_itself_is_not(app: Flask) -> None:
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            pytest.skip("SQLite stops no statement")
        with pytest.raises(Busy), writing() as session:
            session.execute(text("SET LOCAL statement_timeout = '100ms'"))
            session.execute(text("SELECT pg_sleep(2)"))
        limits = text("SELECT current_setting('statement_timeout'), current_setting('lock_timeout')")
        with writing() as session:
            assert tuple(session.execute(limits).one()) == ("5s", "3s")
        with writing(long=True) as session:
            assert tuple(session.execute(limits).one()) == ("0", "0")


def test_every_lock_lets_rows_be_written_that_refer_to_the_locked_one() -> None:
    """On PostgreSQL, a reference holds FOR KEY SHARE on its target, which FOR UPDATE would wait for."""
    asked = [
        f"{path.name}: {line.strip()}"
        for path in WEBAPP.rglob("*.py")
        for line in path.read_text().splitlines()
        if "with_for_update" in line
    ]
    assert len(asked) > 10
    assert [each for each in asked if not re.search(r"key_share(\"?: |=)True", each)] == []
