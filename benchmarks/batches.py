"""Measure a batch over 12,000 services, what each renewal day would cost them, and an export of 50,000.

Against what the database alone needs for the same.
"""

import argparse
import shutil
import sqlite3
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from statistics import median

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).parents[1])

from flask import Flask

from benchmarks.database import VAR, fill, sign_in
from benchmarks.inventory import SEED, Inventory, Values, service
from benchmarks.serving import HOST, PATIENCE, served
from tests.statements import statements
from webapp import create_app
from webapp.domain.batches.kinds import BatchAction
from webapp.domain.listing.table import Table
from webapp.extensions import db
from webapp.operations.batches.begin import begin
from webapp.operations.batches.decide import confirm
from webapp.operations.batches.pace import carry_on
from webapp.operations.batches.page import show_batch
from webapp.operations.case import held_by, select_cases
from webapp.operations.listing.matching import Viewer
from webapp.settings import Settings
from webapp.wiring import desk_of, now

BATCH, EXPORT, ALIGNED = (1, 12_000), (2, 50_000), (3, 12_000)
"""Keys of three accounts, and how many services each has."""
HOSTING, FIXED = 2, (1, 4, 10)
"""Keys of products: one whose renewal day can be moved to any other, and those where that is not so."""
FILE = "echeance.sqlite3"
SAME_ROWS = (
    "UPDATE service SET mode = made.mode, version = made.version FROM done.service AS made"
    " WHERE made.id = service.id AND made.version <> service.version",
    "INSERT INTO event SELECT * FROM done.event WHERE batch_id IS NOT NULL",
    "INSERT OR REPLACE INTO listing SELECT * FROM done.listing"
    " WHERE service_id IN (SELECT service_id FROM done.event WHERE batch_id IS NOT NULL)",
)
"""One statement for each table that writes what the batch wrote."""
EXPORTED = """
SELECT s.display_name, s.name, s.reference, l.family, p.name, l.availability, l.status, l.mode, s.period,
  l.effective_on, s.ends_on, l.price_minor, l.currency, a.kind, l.roles
FROM listing l JOIN service s ON s.id = l.service_id
  JOIN product p ON p.id = s.product_id JOIN account a ON a.id = s.owner_id
WHERE l.account_id = 2 ORDER BY l.effective_on, l.name_key, l.service_id
"""


class Owners(Inventory):
    """Only the services of the measured accounts; those of the one that aligns have no fixed day."""

    def services(self) -> Iterator[Values]:
        random = Random(SEED)
        owners = [key for key, size in (BATCH, EXPORT, ALIGNED) for _ in range(size)]
        random.shuffle(owners)
        for key, owner in enumerate(owners, 1):
            made = service(random, key, owner, self.today)
            fixed = owner == ALIGNED[0] and made["product_id"] in FIXED
            yield made | {"product_id": HOSTING} if fixed else made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often everything is measured (default: 3)")
    rounds = parser.parse_args().rounds
    fresh = built()
    print(f"{rounds} rounds, SQLite\n")
    batches(fresh, rounds)
    days(fresh, rounds)
    exports(fresh, rounds)


def built() -> Path:
    """The database before anything is done to it."""
    folder = VAR / "batches" / "fresh"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    app = create_app(Settings(var=folder))
    print("Building the database …", file=sys.stderr)
    with app.app_context():
        fill(Owners(now().date()))
        db.engine.dispose()
    with sqlite3.connect(folder / FILE) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder


def copied(fresh: Path, name: str) -> Path:
    folder = fresh.parent / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copy(fresh / FILE, folder)
    return folder


def batches(fresh: Path, rounds: int) -> None:
    measured = [_batch(fresh) for _ in range(rounds)]
    preview, run, floor = (median(seconds) for seconds in zip(*(each[:3] for each in measured), strict=True))
    changed, asked = measured[0][3:]
    print(
        f"{BATCH[1]:,} services previewed in {preview:.2f} s, {changed:,} of them changed in {run:.2f} s,"
        f" {asked} statements"
    )
    print(f"One statement for each table that writes the same rows: {floor:.2f} s, ratio {(preview + run) / floor:.1f}")


def _batch(fresh: Path) -> tuple[float, float, float, int, int]:
    """Seconds of the preview, of the run, and of the same rows written at once; rows changed; statements."""
    done = copied(fresh, "done")
    app = create_app(Settings(var=done))
    with statements(app) as counted, app.app_context():
        viewer = Viewer(desk_of(BATCH[0]), "none", now().date(), ())
        began = time.perf_counter()
        batch = begin(BatchAction.DISABLE_AUTOMATIC, Table(), viewer)
        _work(batch)
        previewed = time.perf_counter()
        confirm(batch, (), viewer.desk)
        _work(batch)
        ended = time.perf_counter()
        db.engine.dispose()
    seconds, changed = _same_rows(copied(fresh, "same"), done)
    return previewed - began, ended - previewed, seconds, changed, len(counted)


def _work(batch: int) -> None:
    """Without the pauses that let others in."""
    carry_on(batch, desk_of, seconds=PATIENCE, rest=lambda took: None)


def _same_rows(folder: Path, done: Path) -> tuple[float, int]:
    connection = sqlite3.connect(folder / FILE, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=OFF"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("ATTACH ? AS done", (str(done / FILE),))
    began = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    written = [connection.execute(statement).rowcount for statement in SAME_ROWS]
    connection.execute("COMMIT")
    seconds = time.perf_counter() - began
    connection.close()
    return seconds, written[0]


def days(fresh: Path, rounds: int) -> None:
    """All days of the month side by side, as the page of a batch shows them that aligns."""
    app = create_app(Settings(var=copied(fresh, "days")))
    with app.app_context():
        viewer = Viewer(desk_of(ALIGNED[0]), "none", now().date(), ())
        batch = begin(BatchAction.ALIGN, Table(), viewer)
    measured = [_compared(app, batch) for _ in range(rounds)]
    seconds, floor = (median(values) for values in zip(*(each[:2] for each in measured), strict=True))
    count, asked = measured[0][2:]
    print(
        f"\n31 renewal days compared for {ALIGNED[1]:,} services, {count:,} of which can be moved, in {seconds:.2f} s,"
        f" {asked} statements"
    )
    print(f"The database reading the same rows: {floor:.2f} s, ratio {seconds / floor:.1f}")


def _compared(app: Flask, batch: int) -> tuple[float, float, int, int]:
    """Seconds of the comparison, and of its rows alone; services that can be moved; statements."""
    with statements(app) as counted, app.app_context():
        viewer = Viewer(desk_of(ALIGNED[0]), "none", now().date(), ())
        began = time.perf_counter()
        shown = show_batch(db.session(), batch, "", 1, viewer)
        compared = time.perf_counter()
        asked = len(counted)
        db.session.execute(select_cases().where(held_by(ALIGNED[0]))).all()
        read = time.perf_counter()
        db.engine.dispose()
    return compared - began, read - compared, shown.compared.count if shown.compared else 0, asked


def exports(fresh: Path, rounds: int) -> None:
    app = create_app(Settings(var=fresh))
    cookie = sign_in(app, EXPORT[0])
    with served("wsgi:app", {"ECHEANCE_VAR": str(fresh), "ECHEANCE_EXPORTS": "1000 per minute"}) as port:
        measured = [(*_downloaded(port, cookie), _floor(fresh)) for _ in range(rounds)]
    first, total, size, floor = (median(values) for values in zip(*measured, strict=True))
    print(
        f"\n{EXPORT[1]:,} services exported: first byte after {first:.3f} s,"
        f" all {size / 1e6:.1f} MB after {total:.2f} s"
    )
    print(f"sqlite3 -csv over the same rows: {floor:.2f} s, ratio {total / floor:.1f}")
    print(f"Python's memory at its highest: {_memory(app, cookie):.1f} MB")


def _downloaded(port: int, cookie: str) -> tuple[float, float, int]:
    connection = HTTPConnection(HOST, port, timeout=PATIENCE)
    began = time.perf_counter()
    connection.request("GET", "/services/export.csv", headers={"Cookie": cookie})
    response = connection.getresponse()
    size = len(response.read(1))
    first = time.perf_counter() - began
    size += len(response.read())
    total = time.perf_counter() - began
    connection.close()
    return first, total, size


def _floor(fresh: Path) -> float:
    began = time.perf_counter()
    command = [shutil.which("sqlite3") or "sqlite3", "-csv", "-header", str(fresh / FILE), EXPORTED]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def _memory(app: Flask, cookie: str) -> float:
    """Megabytes that the export itself allocates at most, its rows thrown away as they come."""
    client = app.test_client(use_cookies=False)
    client.get("/services/export.csv?page=1&q=nothing", headers={"Cookie": cookie})
    tracemalloc.start()
    response = client.get("/services/export.csv", headers={"Cookie": cookie}, buffered=False)
    for _piece in response.iter_encoded():
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


if __name__ == "__main__":
    main()
