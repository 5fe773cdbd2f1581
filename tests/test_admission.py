"""Nothing is served that is not ready for customers, and whoever starts it is told why in one sentence."""

import os
import re
import socket
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
import urllib3
from flask import Flask
from flask_migrate import upgrade

from tests.browsers.site import PYTHON, ROOT, wait_for
from tests.demo.conftest import NOON
from tests.keys import KEY
from tests.provider import Till
from webapp import create_app
from webapp.adapters import Adapters
from webapp.adapters.clock import FixedClock
from webapp.demo.load import load_demo
from webapp.demo.people import SIGN_INS
from webapp.demo.year import SHORTEST
from webapp.serving import NotServable, admitted, on_starting
from webapp.settings import Environment, Settings
from webapp.wiring import now, rules

PRODUCTION = {"ECHEANCE_ENVIRONMENT": "production", "ECHEANCE_SECRET_KEY": KEY, "ECHEANCE_HOSTS": "portal.example"}
DEMO = {"ECHEANCE_ENVIRONMENT": "demo"}


def outcome(var: Path, environ: dict[str, str], *words: str) -> tuple[int, str]:
    """What a command or a server that cannot start leaves."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("ECHEANCE_", "FLASK_"))}
    clean |= {"ECHEANCE_VAR": str(var), "HOME": str(var.parent / "home")} | environ
    done = subprocess.run(
        [*PYTHON, *words], cwd=ROOT, env=clean, capture_output=True, text=True, timeout=60, check=False
    )
    return done.returncode, done.stdout + done.stderr


def served(var: Path, environ: dict[str, str], *options: str) -> tuple[int, str]:
    return outcome(var, environ, "gunicorn", "--bind", "127.0.0.1:0", *options, "wsgi:app")


@pytest.fixture
def var(tmp_path: Path) -> Path:
    """Where the database has the version of the program."""
    migrated(tmp_path / "var")
    return tmp_path / "var"


def migrated(var: Path) -> Flask:
    app = create_app(Settings(var=var), Adapters(FixedClock(NOON), Till()))
    with app.app_context():
        upgrade()
    return app


CONFIG = ("--config", "python:webapp.serving")


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({}, "set ECHEANCE_ENVIRONMENT"),
        (PRODUCTION | {"ECHEANCE_HOSTS": ""}, "ECHEANCE_HOSTS must be set in production"),
        (PRODUCTION | {"ECHEANCE_SECRET_KEY": ""}, "ECHEANCE_SECRET_KEY must be set in production"),
        (PRODUCTION | {"ECHEANCE_SECRET_KEY": "k" * 64}, "ECHEANCE_SECRET_KEY must be made by chance"),
        (PRODUCTION | {"FLASK_DEBUG": "1"}, "FLASK_DEBUG must be off"),
        (PRODUCTION | {"WEB_CONCURRENCY": "3"}, "3 processes count attempts each by itself"),
    ],
)
def test_what_is_not_ready_is_refused(
    monkeypatch: pytest.MonkeyPatch, var: Path, environ: dict[str, str], says: str
) -> None:
    for name, value in {"ECHEANCE_VAR": str(var), **environ}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(RuntimeError, match=says):
        on_starting(SimpleNamespace(cfg=SimpleNamespace(workers=1)))


def test_a_server_that_is_not_ready_says_so_in_a_sentence(var: Path) -> None:
    code, said = served(var, {}, *CONFIG)
    assert code != 0
    assert "set ECHEANCE_ENVIRONMENT" in said and "Traceback" not in said


@pytest.mark.parametrize("options", [CONFIG, ()], ids=["our settings", "any server"])
def test_a_database_that_is_not_migrated_is_not_served(tmp_path: Path, options: tuple[str, ...]) -> None:
    code, said = served(tmp_path / "var", DEMO, *options)
    assert code != 0
    assert "run flask --app wsgi db upgrade" in said


def test_the_command_that_it_names_makes_it_serve(tmp_path: Path) -> None:
    assert outcome(tmp_path / "var", DEMO, "flask", "--app", "wsgi", "db", "upgrade")[0] == 0
    assert admitted(create_app(Settings(var=tmp_path / "var", environment=Environment.DEMO)))


def production(app: Flask) -> Flask:
    """The same database, served to customers."""
    url = str(app.config["SQLALCHEMY_DATABASE_URI"])
    var = Path(url.removeprefix("sqlite:///")).parent
    return create_app(
        Settings(var=var, environment=Environment.PRODUCTION, secret_key=KEY, hosts="portal.example", database_url=url)
    )


def test_what_the_demo_brought_is_not_served_to_customers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.demo.inventory.large_items", lambda _seed: iter(()))
    app = migrated(tmp_path)
    assert admitted(production(app))
    with app.app_context():
        load_demo(tmp_path / "demo", rules=rules(), now=now(), tell=lambda _desk: None, lived=SHORTEST)
    with pytest.raises(NotServable, match=f"accounts of the demo \\({SIGN_INS[0].handle}"):
        admitted(production(app))


def test_a_database_that_is_away_comes_back_later(tmp_path: Path) -> None:
    away = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"
    assert admitted(create_app(Settings(var=tmp_path, environment=Environment.DEMO, database_url=away)))


def test_nothing_is_written_but_in_its_folder(var: Path) -> None:
    home = var.parent / "home"
    home.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ECHEANCE_")}
    clean |= DEMO | {"ECHEANCE_VAR": str(var), "HOME": str(home), "TMPDIR": str(home)}
    words = [*PYTHON, "gunicorn", *CONFIG, "--bind", f"127.0.0.1:{port}", "wsgi:app"]
    program = subprocess.Popen(words, cwd=ROOT, env=clean, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/login")
        assert urllib3.request("GET", f"http://127.0.0.1:{port}/healthz").status == 200
        assert list(home.iterdir()) == []
    finally:
        program.terminate()
        program.wait(20)
    assert list(home.iterdir()) == []


def test_a_server_writes_lines_that_say_when_and_what(var: Path) -> None:
    away = DEMO | {"ECHEANCE_DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:1/nothing"}
    words = "import wsgi; wsgi.app.test_client().get('/readyz')"
    _code, said = outcome(var, away, "timeit", "-n1", "-r1", words)
    assert re.search(r"^\[20[-0-9]+ [:,0-9]+\] WARNING in views \([0-9a-f]{16}\): Not ready: ", said, re.M)
