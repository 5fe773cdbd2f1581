"""A database of the version before is upgraded while its customers go on."""

import os
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Event as Signal

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Engine, text

from tests.browsers.site import PYTHON, ROOT
from tests.conftest import NOON
from tests.markup import said
from tests.operations.test_migrations import VERSION_0_1, fill
from tests.schemas import schema_of_its_own
from webapp import create_app
from webapp.adapters import Adapters
from webapp.adapters.clock import FixedClock
from webapp.commands.group import SAYS
from webapp.extensions import db
from webapp.operations.outage import DatabaseError, unavailable
from webapp.operations.readiness import is_migrated
from webapp.settings import Settings

CUSTOMERS, SERVICES = 4, 2000
BREATH, PATIENCE = 0.01, 120.0
"""Seconds between two changes of one customer, and that an upgrade may take with all its tries."""
MANY = """
INSERT INTO service (id, reference, name, folded_name, display_name, product_id, owner_id, admin_id, technical_id,
  billing_id, kind, availability, mode, period, anchor_day, started_on, ends_on, currency, price_minor,
  amount_due_minor, version, imported)
  SELECT :id, 'S-' || :id, :id || '.example', :id || '.example', '', 1, 1, 1, 1, 1, kind, availability, mode, period,
    anchor_day, started_on, ends_on, currency, price_minor, 0, 1, '{}' FROM service WHERE id = 1
"""
LISTED = """
INSERT INTO listing (account_id, service_id, roles, name_key, search_text, family, availability, status, mode,
  effective_on, currency, price_minor)
  SELECT 1, :id, roles, :id || '.example', 's-' || :id, family, availability, status, mode, effective_on, currency,
    price_minor FROM listing WHERE service_id = 1
"""


@dataclass(slots=True)
class Seen:
    """What a customer was told."""

    changed: int = 0
    read: int = 0
    told_to_wait: int = 0


@pytest.fixture
def app(tmp_path: Path, database_url: str) -> Iterator[Flask]:
    """With a database of version 0.1."""
    settings = Settings(var=tmp_path, database_url=schema_of_its_own("upgraded", database_url, tmp_path))
    app = create_app(settings, Adapters(clock=FixedClock(NOON)))
    with app.app_context():
        upgrade(revision="0001")
        fill(VERSION_0_1)
        with db.engine.begin() as connection:
            for statement in (MANY, LISTED):
                connection.execute(text(statement), [{"id": number} for number in range(2, SERVICES + 2)])
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def go_on(engine: Engine, service: int, over: Signal) -> Seen:
    """Read a page of the table and change a service, with the columns that either version knows."""
    seen = Seen()
    while not over.wait(BREATH):
        try:
            with engine.begin() as connection:
                rows = connection.execute(
                    text("SELECT name_key FROM listing WHERE account_id = 1 ORDER BY name_key LIMIT 25")
                )
                seen.read += len(rows.all()) == 25
            with engine.begin() as connection:
                connection.execute(text("UPDATE service SET version = version + 1 WHERE id = :id"), {"id": service})
            seen.changed += 1
        except DatabaseError as error:
            if not unavailable(error):
                raise
            seen.told_to_wait += 1
    return seen


def upgraded(place: dict[str, str]) -> None:
    """The command is repeated as often as it says that the database was busy."""
    end = time.monotonic() + PATIENCE
    while True:
        words = [*PYTHON, "flask", "--app", "wsgi", "db", "upgrade"]
        done = subprocess.run(words, cwd=ROOT, env=place, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return
        assert SAYS in done.stderr and "Traceback" not in done.stderr, done.stderr
        assert time.monotonic() < end


def test_customers_go_on_while_it_is_upgraded(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        engine = db.engine
    place = {name: value for name, value in os.environ.items() if not name.startswith("ECHEANCE_")}
    place |= {"ECHEANCE_VAR": str(tmp_path)}
    if engine.dialect.name == "postgresql":
        place |= {"ECHEANCE_DATABASE_URL": engine.url.render_as_string(hide_password=False)}
    over = Signal()
    with ThreadPoolExecutor(CUSTOMERS) as pool:
        going_on = [pool.submit(go_on, engine, service, over) for service in range(2, CUSTOMERS + 2)]
        try:
            upgraded(place)
        finally:
            over.set()
        seen = [each.result() for each in going_on]
    with app.app_context():
        assert is_migrated(db.session())
        counted = db.session.execute(text("SELECT version - 1 FROM service WHERE id > 1 ORDER BY id")).scalars().all()
        assert counted == [*(each.changed for each in seen), *[0] * (SERVICES - CUSTOMERS)]
    assert all(each.read for each in seen) and any(each.changed for each in seen)
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["language"] = "signed-in-before", "en"
    assert f"{SERVICES + 1:,} services" in said(client.get("/services"), "title")
