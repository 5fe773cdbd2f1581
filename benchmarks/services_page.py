"""Measure the services page over a large inventory, against a bare Flask page in the same run."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).parents[1])

from benchmarks.cases import answer, cases, first_view
from benchmarks.database import VAR, ensure_built, postgresql
from benchmarks.inventory import SERVICES, SIZES
from benchmarks.report import CONNECTIONS, Row, broken_promises, printed
from benchmarks.serving import drive, served
from webapp import create_app
from webapp.settings import Settings

REQUESTS = {1: 12, 4: 4}
"""Per connection, round and case, by the number of connections."""


def main() -> int:
    """Returns the exit code: 1 where a promise is not kept."""
    given = parse()
    VAR.mkdir(parents=True, exist_ok=True)
    with postgresql() if given.postgresql else nullcontext(given.database) as database_url:
        app = create_app(Settings(var=VAR, database_url=database_url))
        ensure_built(app)
        rows = [Row(case, answer(app, case)) for key, size in enumerate(SIZES, 1) for case in cases(app, key, size)]
        view = first_view(app, rows[0].case)
        environment = {"ECHEANCE_VAR": str(VAR), "ECHEANCE_DATABASE_URL": database_url}
        with served("wsgi:app", environment) as ours, served("benchmarks.bare:app") as bare:
            for number in range(given.rounds):
                print(f"Round {number + 1} of {given.rounds}", file=sys.stderr)
                measure(rows, ours, bare, ours_first=number % 2 == 0)
    broken = broken_promises(rows, view)
    database = app.config["SQLALCHEMY_DATABASE_URI"].split(":")[0].split("+")[0]
    print(f"{SERVICES:,} services, {database}, {given.rounds} rounds\n")
    print("\n".join([*printed(rows, view), *broken]))
    return 1 if broken else 0


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--database", default="", help="SQLAlchemy address of an empty database, instead of SQLite")
    place.add_argument("--postgresql", action="store_true", help="start a PostgreSQL server and use that")
    parser.add_argument("--rounds", type=int, default=5, help="how often everything is measured (default: 5)")
    return parser.parse_args()


def measure(rows: Sequence[Row], ours: int, bare: int, *, ours_first: bool) -> None:
    """One round: every case and the bare page of as many bytes, one right after the other."""
    for row in rows:
        pages = {"ours": (ours, row.case.path), "bare": (bare, f"/page/{row.answer.written}")}
        for connections in CONNECTIONS:
            timings = {
                whose: drive(*pages[whose], row.case.headers, connections=connections, requests=REQUESTS[connections])
                for whose in sorted(pages, reverse=ours_first)
            }
            row.rounds[connections].append((timings["ours"], timings["bare"]))


if __name__ == "__main__":
    sys.exit(main())
