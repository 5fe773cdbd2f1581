"""Read, change, pay and batch over many connections while an import runs and things are killed: is anything lost?"""

import argparse
import csv
import shutil
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from statistics import quantiles
from threading import Event as Signal
from threading import Thread

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).parents[1])

from flask_migrate import upgrade
from sqlalchemy import func, select, text

from benchmarks.besiegers import Besieger, Seen
from benchmarks.database import VAR, postgresql
from benchmarks.fort import Fort
from webapp import create_app
from webapp.domain.actors import AUDITOR
from webapp.extensions import db
from webapp.models import Account, Attempt, Batch, Service
from webapp.operations.audit import audit
from webapp.operations.inventory import import_accounts, import_products, import_services
from webapp.operations.people.set_password import publish_password
from webapp.sandbox.books import Books, Payment
from webapp.settings import Settings
from webapp.wiring import desk_for, now

SERVICES = 20
"""Of each customer."""
PASSWORD = "siege"
STRIKE_EVERY, QUIET = 4.0, 120.0
"""Seconds between two kills, and that everything may take to come to rest."""
PRODUCTS = [
    {"product": "web", "name": "Web", "family": "hosting", "period": period, "currency": "EUR", "price": price}
    for period, price in (("P1M", "5.00"), ("P12M", "50.00"))
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="how long it lasts at least (default: 60)")
    parser.add_argument("--connections", type=int, default=32, help="how many customers at once (default: 32)")
    parser.add_argument("--rows", type=int, default=200_000, help="services that are imported meanwhile")
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL server of its own instead of SQLite")
    given = parser.parse_args()
    with postgresql() if given.postgresql else nullcontext("") as url:
        faults = besiege(url, given.seconds, given.connections, given.rows)
    for fault in faults:
        print(f"FAULT: {fault}")
    sys.exit(1 if faults else 0)


def besiege(url: str, seconds: int, connections: int, rows: int) -> list[str]:
    var = VAR / "siege" / ("postgresql" if url else "sqlite")
    shutil.rmtree(var, ignore_errors=True)
    var.mkdir(parents=True)
    names = [f"customer-{number}" for number in range(connections)]
    if url:
        url = _own_schema(url, var)
    _prepare(var, url, names)
    _write(var / "services.csv", _of_the_landlord(rows, names[0]))
    with Fort(var, url) as fort:
        crowd = [Besieger(fort.address, name, PASSWORD, SERVICES) for name in names]
        with ThreadPoolExecutor(connections) as pool:
            list(pool.map(Besieger.enter, crowd))
            begun, over = time.monotonic(), Signal()
            importing = fort.importing(var / "services.csv")
            strikes, watch = Thread(target=_strike, args=(fort, over)), Thread(target=fort.watch, args=(over,))
            for each in (strikes, watch):
                each.start()
            running = [pool.submit(each.besiege, over) for each in crowd]
            while time.monotonic() < begun + seconds or importing.poll() is None:
                if importing.poll() is None:
                    fort.imported_in = time.monotonic() - begun
                time.sleep(0.2)
            over.set()
            lasted = time.monotonic() - begun
            for each in (strikes, watch):
                each.join()
            seen = [future.result() for future in running]
        fort.rest()
        faults = [fault for each in seen for fault in each.faults]
        if importing.returncode:
            faults.append(f"the import ended with {importing.returncode}: {fort.said_by_import()}")
        faults += _lost(var, url, seen, rows, names)
        _report(seen, fort, lasted, rows)
    return faults


def _strike(fort: Fort, over: Signal) -> None:
    """Somebody else each time, until it is over."""
    for strike in cycle((fort.kill_a_process, fort.kill_the_provider, fort.kill_the_engine, fort.cut_connections)):
        if over.wait(STRIKE_EVERY):
            return
        strike()


def _prepare(var: Path, url: str, names: list[str]) -> None:
    app = create_app(Settings(var=var, database_url=url))
    with app.app_context():
        upgrade()
        desk, today = desk_for(AUDITOR), now().date()
        _write(var / "products.csv", PRODUCTS)
        _write(var / "accounts.csv", [_account(name) for name in names])
        _write(var / "first.csv", [row for name in names for row in _services(name, SERVICES, today + timedelta(40))])
        import_products(var / "products.csv", desk)
        import_accounts(var / "accounts.csv", desk)
        import_services(var / "first.csv", desk)
        for name in names:
            publish_password(name, PASSWORD, now=now())
        db.session.remove()
        db.engine.dispose()


def _account(name: str) -> dict[str, str]:
    told = {"handle": name, "email": f"{name}@siege.example", "name": name, "kind": "individual"}
    paid = {"payment_kind": "card", "payment_label": "Visa 4242", "payment_state": "valid", "payment_expiry": "2039-12"}
    return told | paid | {"country": "FR", "portal": "FR", "language": "en"}


def _services(owner: str, count: int, end: object) -> Iterator[dict[str, str]]:
    for number in range(count):
        yield {
            "reference": f"{owner}-{number}",
            "name": f"site-{number}.{owner}.example",
            "product": "web",
            "owner": owner,
            "state": "active",
            "mode": "automatic",
            "period": "P1M",
            "start": "2026-01-15",
            "expiry": f"{end}",
            "price": "5.00",
            "currency": "EUR",
        }


def _of_the_landlord(rows: int, owner: str) -> Iterator[dict[str, str]]:
    """Of one of the customers, so that whoever is kept waiting by it is seen."""
    for row in _services(owner, rows, "2027-01-15"):
        yield row | {"reference": f"bulk-{row['reference']}"}


def _write(path: Path, rows: "Iterator[dict[str, str]] | list[dict[str, str]]") -> None:
    rows = iter(rows)
    first = next(rows)
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(first))
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(rows)


def _own_schema(url: str, var: Path) -> str:
    app = create_app(Settings(var=var, database_url=url))
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("DROP SCHEMA IF EXISTS siege CASCADE"))
        connection.execute(text("CREATE SCHEMA siege"))
    return f"{url}{'&' if '?' in url else '?'}options=-csearch_path%3Dsiege"


@contextmanager
def _database(var: Path, url: str) -> Iterator[None]:
    with create_app(Settings(var=var, database_url=url)).app_context():
        yield
        db.session.remove()
        db.engine.dispose()


def _lost(var: Path, url: str, seen: list[Seen], rows: int, names: list[str]) -> Iterator[str]:
    """What was acknowledged and is not so; what does not agree."""
    with _database(var, url):
        end = time.monotonic() + QUIET
        while (waiting := _unsettled(var)) and time.monotonic() < end:
            db.session.rollback()
            time.sleep(0.5)
        if waiting:
            yield f"never came to rest: {waiting}"
        modes = {row.reference: row.mode for row in db.session.execute(select(Service.reference, Service.mode))}
        for each in seen:
            for reference, possible in each.acknowledged.items():
                if modes[reference] not in possible:
                    yield f"{reference} is {modes[reference]}, acknowledged was {possible}"
        landlord = select(Account.id).where(Account.handle == names[0]).scalar_subquery()
        held = db.session.scalar(select(func.count()).where(Service.owner_id == landlord))
        if held != rows + SERVICES:
            yield f"{held} services instead of {rows + SERVICES}"
        ours = {each.key: each.minor for each in db.session.scalars(select(Attempt)) if each.state == "succeeded"}
        books = {each.key: each.amount for each in _books(var) if each.status == "succeeded"}
        if ours != books:
            yield f"the provider took {len(books)} payments, the program knows of {len(ours)}"
        yield from map(str, audit(db.session(), desk_for(AUDITOR)).differences)


def _books(var: Path) -> list[Payment]:
    return Books(var / "books.sqlite3", time.time).all()


def _unsettled(var: Path) -> list[str]:
    """What is still under way; a payment that nobody decided at the provider’s page is not."""
    decided = {each.key for each in _books(var) if each.status in ("succeeded", "failed")}
    attempts = [each for each in db.session.scalars(select(Attempt)) if each.state.open and each.key in decided]
    batches = db.session.scalars(select(Batch).where(Batch.state.in_(("judging", "running")))).all()
    return [*(f"payment {each.key}" for each in attempts), *(f"batch {each.id}" for each in batches)]


def _report(seen: list[Seen], fort: Fort, lasted: float, rows: int) -> None:
    kinds = sorted({kind for each in seen for kind in each.waits})
    print(f"{len(seen)} connections for {lasted:.0f} s while {rows:,} rows were imported ({fort.imported_in:.0f} s)")
    print(f"killed: {fort.told_strikes()}; memory of the program at most {fort.most_memory // 1024} MB\n")
    print(f"{'':18}{'requests':>9}{'p50 ms':>9}{'p99 ms':>9}{'longest':>9}{'503':>7}{'cut':>6}")
    for kind in kinds:
        waits = sorted(wait for each in seen for wait in each.waits[kind])
        cuts = quantiles(waits, n=100) if len(waits) > 1 else waits * 99
        busy, cut = (sum(each.count[kind, what] for each in seen) for what in ("busy", "cut"))
        print(
            f"{kind:18}{len(waits):9}{1000 * cuts[49]:9.0f}{1000 * cuts[98]:9.0f}{1000 * waits[-1]:9.0f}{busy:7}{cut:6}"
        )
    kept = sum(len(each.acknowledged) for each in seen)
    print(f"\n{kept} services with acknowledged changes, {sum(each.paid for each in seen)} payments")


if __name__ == "__main__":
    main()
