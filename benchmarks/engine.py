"""Measure how fast services renew whose day has come, against the same rows written by one statement for each table.

And what a run costs on which nothing is due among a million services.
"""

import argparse
import gc
import multiprocessing
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import NamedTuple

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).parents[1])

from sqlalchemy import Engine, NullPool, create_engine, make_url, text

from benchmarks.database import VAR, fill, postgresql
from benchmarks.inventory import SEED, Inventory, Values, account, card, service
from benchmarks.orders import PAID_SO_FAR
from tests.statements import statements
from webapp import create_app
from webapp.demo.till import Till
from webapp.domain.actors import DAYS
from webapp.domain.billing.payment import Standing
from webapp.domain.periods import Period
from webapp.domain.service.service import Availability, Kind, Mode
from webapp.extensions import db
from webapp.models import Service
from webapp.operations.lifecycle.engine import run
from webapp.settings import Settings
from webapp.wiring import desk_for, now

HOSTING, EACH = 2, 5
"""Key of a product, and how many services each account has."""
IDLE, RUNS = 1_000_000, 20
BEFORE, DONE = "before", "done"
"""Two databases: as it was, where the same rows are then written at once, and what the engine made of it."""
FOLDER = VAR / "engine"
ADDED = (
    "invoice",
    "invoice_line",
    "term",
    "event",
    "outbox",
    "customer_order",
    "order_line",
    "payment_attempt",
    "settlement",
    "ledger_entry",
)
"""Tables with keys to which the engine adds rows."""
CHANGED = (
    (
        "service",
        ("ends_on", "amount_due_minor", "billed_on", "noticed_on", "promised_on", "due_on", "version"),
        ("id",),
    ),
    ("listing", ("status", "effective_on", "price_minor", "amount_due_minor"), ("account_id", "service_id")),
)
"""Tables whose rows it changes: the columns, and the key."""


@dataclass(frozen=True, slots=True)
class Due(Inventory):
    """Hosting by the month that is paid until today; the accounts have a card each, or none."""

    number: int
    debited: bool

    def accounts(self) -> list[Values]:
        return [account(key) for key in self._owners()]

    def payment_methods(self) -> list[Values]:
        return [card(key, self.today) for key in self._owners()] if self.debited else []

    def services(self) -> Iterator[Values]:
        random, owners = Random(SEED), self._owners()
        for key in range(1, self.number + 1):
            owner = owners[key % len(owners)]
            yield service(random, key, owner, self.today) | {"technical_id": owner} | self._due()

    def _owners(self) -> range:
        return range(1, self.number // EACH + 1)

    def _due(self) -> Values:
        holder = {"product_id": HOSTING, "kind": Kind.RECURRING, "availability": Availability.ACTIVE}
        begun = self.today - timedelta(days=30)
        term = {"period": Period(1), "started_on": begun, "ends_on": self.today, "anchor_day": self.today.day}
        nothing = dict.fromkeys(("committed_until", "cancels_on", "suspension", "suspended_on", "billed_on"))
        return holder | term | nothing | {"mode": Mode.AUTOMATIC, "price_minor": 500, "amount_due_minor": 0}


class Measured(NamedTuple):
    seconds: float
    statements: int
    renewed: int
    grown: int
    """Kilobytes that the process needed at most, beyond what it needed before."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgresql", action="store_true", help="start a PostgreSQL server and use that")
    parser.add_argument("--services", type=int, default=20_000, help="how many are due (default: 20000)")
    parser.add_argument(
        "--idle", type=int, default=IDLE, help=f"how many there are where none is due (default: {IDLE})"
    )
    given = parser.parse_args()
    with postgresql() if given.postgresql else nullcontext("") as server:
        for debited in (False, True):
            renewing(server, given.services, debited=debited)
        if given.idle:
            idling(server, given.idle)


def renewing(server: str, number: int, *, debited: bool) -> None:
    urls = _databases(server)
    app = create_app(Settings(var=FOLDER, database_url=urls[BEFORE]))
    print(f"Building a database with {number:,} services …", file=sys.stderr)
    with app.app_context():
        _fill(Due(now().date(), number, debited=debited))
        db.engine.dispose()
    _copy(server, urls)
    with multiprocessing.get_context("spawn").Pool(1) as process:
        measured = process.apply(_run, (urls[DONE], debited))
    floor = _same_rows(server, urls)
    how = "debited" if debited else "billed"
    print(
        f"{measured.renewed:,} services of {number // EACH:,} accounts renewed and {how} in {measured.seconds:.1f} s,"
        f" {measured.renewed / measured.seconds:,.0f} a second, {measured.statements:,} statements,"
        f" memory grown by {measured.grown / 1024:.0f} MB; the same rows at once {floor:.2f} s,"
        f" share {floor / measured.seconds:.2f}"
    )


def _fill(inventory: Inventory) -> None:
    fill(inventory)
    db.session.execute(text(PAID_SO_FAR))
    db.session.commit()


def _run(url: str, debited: bool) -> Measured:
    """In a process of its own, as wsgi.py makes one, whose memory nothing else has filled."""
    app = create_app(Settings(var=FOLDER, database_url=url))
    provider = Till(Standing.SUCCEEDED) if debited else None
    with app.app_context(), statements(app) as counted:
        gc.freeze()
        before, began = _peak(), time.perf_counter()
        taken = run(desk_for(DAYS), provider)
        seconds = time.perf_counter() - began
        db.engine.dispose()
    return Measured(seconds, len(counted), sum(taken.steps.values()), _peak() - before)


def _peak() -> int:
    """The most memory that this process has needed, in kilobytes; what the system counts includes who started it."""
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1])


def idling(server: str, number: int) -> None:
    """A run each minute finds nothing to do, whatever there is."""
    url = _databases(server)[BEFORE]
    app = create_app(Settings(var=FOLDER, database_url=url))
    print(f"Building a database with {number:,} services …", file=sys.stderr)
    with app.app_context():
        _fill(Due(now().date(), EACH, debited=False))
        run(desk_for(DAYS), None)
        _multiply(number)
        taken = []
        for _time in range(RUNS):
            began = time.perf_counter()
            run(desk_for(DAYS), None)
            taken.append(time.perf_counter() - began)
        db.engine.dispose()
    print(f"A run on which none of {number:,} services is due: {median(taken) * 1000:.1f} ms")


def _multiply(number: int) -> None:
    """Copies of the first service, which is due in a month."""
    own = {"id": "n", "reference": "'I-' || n"}
    names = [column.name for column in Service.__table__.columns]
    copied = ", ".join(own.get(name, name) for name in names)
    with db.engine.begin() as connection:
        connection.exec_driver_sql(
            f"WITH RECURSIVE series(n) AS (SELECT {EACH + 1} UNION ALL SELECT n + 1 FROM series WHERE n < {number})"
            f" INSERT INTO service ({', '.join(names)}) SELECT {copied} FROM series, service WHERE service.id = 1"
        )


def _databases(server: str) -> dict[str, str]:
    """The addresses of both, which hold nothing any more."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    if not server:
        return {name: f"sqlite:///{FOLDER / f'{name}.sqlite3'}" for name in (BEFORE, DONE)}
    with _engine(server, isolation_level="AUTOCOMMIT").connect() as connection:
        for name in (BEFORE, DONE):
            connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}"')
        connection.exec_driver_sql(f'CREATE DATABASE "{BEFORE}"')
    addresses = {name: make_url(server).set(database=name) for name in (BEFORE, DONE)}
    return {name: url.render_as_string(hide_password=False) for name, url in addresses.items()}


def _copy(server: str, urls: Mapping[str, str]) -> None:
    """To one that the engine will change; a server writes into no other database, so it keeps both in that one."""
    if not server:
        with sqlite3.connect(FOLDER / f"{BEFORE}.sqlite3") as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(FOLDER / f"{BEFORE}.sqlite3", FOLDER / f"{DONE}.sqlite3")
        return
    with _engine(server, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{DONE}" TEMPLATE "{BEFORE}"')
    with _engine(urls[DONE], isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {BEFORE}")
        for table in (*ADDED, "service", "listing"):
            connection.exec_driver_sql(f"CREATE TABLE {BEFORE}.{table} (LIKE public.{table} INCLUDING ALL)")
            connection.exec_driver_sql(f"INSERT INTO {BEFORE}.{table} SELECT * FROM public.{table}")
        connection.exec_driver_sql("VACUUM ANALYZE")


def _same_rows(server: str, urls: Mapping[str, str]) -> float:
    """Seconds that one transaction takes with one statement for each table."""
    with _engine(urls[DONE] if server else urls[BEFORE]).connect() as connection:
        old, new = (BEFORE, "public") if server else ("main", DONE)
        if not server:
            for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=OFF"):
                connection.exec_driver_sql(f"PRAGMA {pragma}")
            connection.exec_driver_sql(f"ATTACH '{FOLDER / f'{DONE}.sqlite3'}' AS {DONE}")
        began = time.perf_counter()
        for statement in _statements(old, new):
            connection.exec_driver_sql(statement)
        connection.commit()
        return time.perf_counter() - began


def _engine(url: str, **options: str) -> Engine:
    """One that leaves no connection open: a database that somebody is connected to cannot be emptied."""
    return create_engine(url, poolclass=NullPool, **options)


def _statements(old: str, new: str) -> Iterator[str]:
    for table in ADDED:
        last = f"(SELECT COALESCE(MAX(id), 0) FROM {old}.{table})"
        yield f"INSERT INTO {old}.{table} SELECT * FROM {new}.{table} WHERE id > {last}"
    for table, columns, keys in CHANGED:
        written = ", ".join(f"{column} = made.{column}" for column in columns)
        same = " AND ".join(f"made.{key} = kept.{key}" for key in keys)
        yield f"UPDATE {old}.{table} AS kept SET {written} FROM {new}.{table} AS made WHERE {same}"


if __name__ == "__main__":
    main()
