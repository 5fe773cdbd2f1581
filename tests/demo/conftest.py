"""An application at a standstill in time, and one that holds the demo."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from tests.provider import Till
from tests.schemas import schema_of_its_own
from webapp import create_app
from webapp.adapters import Adapters
from webapp.adapters.clock import FixedClock
from webapp.adapters.mail.folder import MailFolder
from webapp.commands.demo import demo
from webapp.extensions import db
from webapp.settings import Settings

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)


UNHURRIED = "1000000 per minute"


def started(var: Path, database_url: str = "") -> Flask:
    settings = Settings(var=var, database_url=database_url, sent=UNHURRIED, orders=UNHURRIED, exports=UNHURRIED)
    app = create_app(settings, Adapters(FixedClock(NOON), Till(), mail=MailFolder(var / "mail")))
    with app.app_context():
        db.create_all()
    return app


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return started(tmp_path)


@pytest.fixture(scope="session")
def demo_app(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("demo")
    app = started(folder, schema_of_its_own("demo", database_url, folder))
    result = app.test_cli_runner().invoke(demo, ["load"])
    assert result.exit_code == 0, result.output
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def in_demo(demo_app: Flask) -> Iterator[None]:
    """Inside the loaded application, for tests that only read."""
    with demo_app.app_context():
        yield
