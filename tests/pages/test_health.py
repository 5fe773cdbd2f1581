"""What is told to those who watch over an installation."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import stamp, upgrade

from tests.conftest import NOON
from webapp import create_app
from webapp.adapters import Adapters
from webapp.adapters.clock import FixedClock
from webapp.extensions import db
from webapp.operations.lease import WORKER, hold
from webapp.settings import Settings


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Flask]:
    """Migrated, with a worker."""
    app = create_app(Settings(var=tmp_path), Adapters(FixedClock(NOON)))
    with app.app_context():
        upgrade()
        hold(WORKER, "somebody", now=NOON, lasting=timedelta(seconds=30))
    yield app
    with app.app_context():
        db.engine.dispose()


def asked(app: Flask, path: str) -> tuple[int, str]:
    response = app.test_client().get(path)
    assert "Set-Cookie" not in response.headers
    return response.status_code, response.text


def test_it_is_ready(installation: Flask) -> None:
    assert asked(installation, "/readyz") == (200, "ready\n")
    assert asked(installation, "/healthz") == (200, "alive\n")


def test_without_a_worker_it_is_not_and_says_no_more(installation: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with installation.app_context():
        hold(WORKER, "somebody", now=NOON - timedelta(minutes=1), lasting=timedelta(seconds=30))
    assert asked(installation, "/readyz") == (503, "not ready\n")
    assert "no worker holds the lease" in caplog.text
    assert asked(installation, "/healthz") == (200, "alive\n")


def test_a_database_of_another_version_is_not(installation: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with installation.app_context():
        stamp(revision="0026")
    assert asked(installation, "/readyz") == (503, "not ready\n")
    assert "run flask db upgrade" in caplog.text


def test_a_file_that_was_replaced_is_noticed(
    installation: Flask, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.copy(tmp_path / "echeance.sqlite3", tmp_path / "copy")
    assert asked(installation, "/readyz")[0] == 200
    (tmp_path / "copy").replace(tmp_path / "echeance.sqlite3")
    assert asked(installation, "/readyz") == (503, "not ready\n")
    assert "was replaced" in caplog.text


def test_a_database_that_takes_no_changes_is_noticed(installation: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with installation.app_context(), db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    assert asked(installation, "/readyz") == (503, "not ready\n")
    assert "readonly" in caplog.text


def test_somebody_elses_turn_to_write_is_no_fault(installation: Flask) -> None:
    with installation.app_context(), db.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        assert asked(installation, "/readyz") == (200, "ready\n")


def test_where_there_is_no_database_it_is_not_ready_and_lives(tmp_path: Path) -> None:
    nowhere = Settings(var=tmp_path, database_url="postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    app = create_app(nowhere)
    assert asked(app, "/readyz") == (503, "not ready\n")
    assert asked(app, "/healthz") == (200, "alive\n")
