"""Two of what takes long, started together by mistake, and a disk without room: one sentence, and right data."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Engine, event, func, select

from tests.browsers.site import PYTHON, ROOT
from tests.markup import post, said
from tests.operations.inventory.inventory import ACCOUNT, PRODUCT, SERVICE, as_csv
from tests.schemas import schema_of_its_own
from tests.world import World
from webapp import create_app
from webapp.commands.group import SAYS
from webapp.extensions import db
from webapp.models import Account, SavedView, Service
from webapp.operations.readiness import is_migrated
from webapp.settings import Settings

ROWS = 1000
Said = tuple[int, str]


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> dict[str, str]:
    """The environment of commands that share an empty database."""
    url = schema_of_its_own("twice", database_url, tmp_path)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ECHEANCE_")}
    return kept | {"ECHEANCE_VAR": str(tmp_path), "ECHEANCE_DATABASE_URL": url}


def opened(place: dict[str, str]) -> Flask:
    return create_app(Settings(var=Path(place["ECHEANCE_VAR"]), database_url=place["ECHEANCE_DATABASE_URL"]))


def together(place: dict[str, str], *words: str) -> list[Said]:
    """The same command twice at the same moment."""
    running = [
        subprocess.Popen(
            [*PYTHON, "flask", "--app", "wsgi", *words],
            cwd=ROOT,
            env=place,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(2)
    ]
    said = [each.communicate(timeout=120)[0] for each in running]
    return [(each.returncode, text) for each, text in zip(running, said, strict=True)]


def require_words(said: list[Said]) -> None:
    """At least one came to its end; the other did too, or says in a sentence that it did not."""
    assert 0 in [code for code, _text in said], said
    for code, text in said:
        assert code == 0 or (SAYS in text and "Traceback" not in text), text


def test_two_migrations(place: dict[str, str]) -> None:
    require_words(together(place, "db", "upgrade"))
    app = opened(place)
    with app.app_context():
        assert is_migrated(db.session())
        db.session.remove()
        db.engine.dispose()


def test_two_imports(place: dict[str, str], tmp_path: Path) -> None:
    app = opened(place)
    (tmp_path / "products.csv").write_text(as_csv([PRODUCT]))
    (tmp_path / "accounts.csv").write_text(as_csv([ACCOUNT]))
    rows = [SERVICE | {"reference": f"s-{number}", "name": f"{number}.example"} for number in range(ROWS)]
    (tmp_path / "services.csv").write_text(as_csv(rows))
    with app.app_context():
        upgrade()
        db.engine.dispose()
    for kind, count in (("products", 1), ("accounts", 1), ("services", ROWS)):
        said = together(place, "import", kind, str(tmp_path / f"{kind}.csv"))
        require_words(said)
        assert sum(f"{count} created" in text for _code, text in said) == 1, said
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Service)) == ROWS
        assert db.session.scalar(select(func.count()).select_from(Account)) == 1
        db.session.remove()
        db.engine.dispose()


@contextmanager
def no_room(engine: Engine) -> Iterator[None]:
    """The file of the database cannot grow."""

    def limit(connection: object, _record: object = None) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # type: ignore[attr-defined]

    engine.dispose()
    event.listen(engine, "connect", limit)
    try:
        yield
    finally:
        event.remove(engine, "connect", limit)
        engine.dispose()


def test_a_disk_without_room(tmp_path: Path) -> None:
    """Of SQLite; PostgreSQL says so itself, as of any other outage. A new file has no room left inside either."""
    app = create_app(Settings(var=tmp_path))
    with app.app_context():
        db.create_all()
        engine = db.engine
    world = World(app)
    client = world.client(world.account("Alice", handle="alice", email="alice@x.example"))
    client.get("/views")
    names = [ACCOUNT | {"handle": f"a-{number}", "email": f"a-{number}@x.example"} for number in range(3000)]
    (tmp_path / "accounts.csv").write_text(as_csv(names))
    with no_room(engine):
        result = app.test_cli_runner().invoke(args=["import", "accounts", str(tmp_path / "accounts.csv")])
        assert result.exit_code == 1
        assert SAYS in result.output
        assert client.get("/services").status_code == 200
        answers = [
            post(client, "/views", {"name": f"{'x' * 50}{number}", "query": "q=" + "y" * 900}) for number in range(60)
        ]
        full = [answer for answer in answers if answer.status_code == 503]
        assert full and "Nothing was changed" in said(full[0], "main")
        assert {answer.status_code for answer in answers} <= {303, 422, 503}
    kept = sum(answer.status_code == 303 for answer in answers)
    assert len(world.all(SavedView)) == kept
    assert len(world.all(Account)) == 1
    assert post(client, "/views", {"name": "there is room", "query": ""}).status_code in (303, 422)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
