"""Processor time of a table page in a panel's frame against the same page in a window, and of a launch."""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).parents[1])

from flask.testing import FlaskClient

from tests.panel import ACME, Host, installed
from tests.world import World
from webapp import create_app
from webapp.extensions import db
from webapp.settings import Settings

SERVICES = 100
ROUNDS = 300
MOST_FRAMED = 1.1
"""Times the plain page."""
MOST_OF_A_LAUNCH = 0.35
"""The same: 3 ms where the page takes 8.6."""


def main() -> int:
    """Returns the exit code: 1 where a bound is not kept."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(var=Path(folder)))
        with app.app_context():
            db.create_all()
        world = World(app)
        alice = world.account("Alice")
        for number in range(SERVICES):
            world.service(alice, f"service-{number}.example")
        with installed(app, ACME):
            plain, framed, launch = measured(world, alice)
    print(f"Table page {plain:.2f} ms, in a frame {framed:.2f} ms ({framed / plain:.3f} times)")
    print(f"Launch {launch:.2f} ms ({launch / plain:.3f} times)")
    return 0 if framed <= MOST_FRAMED * plain and launch <= MOST_OF_A_LAUNCH * plain else 1


def measured(world: World, alice: int) -> tuple[float, float, float]:
    """Medians in milliseconds: the page in a window, in a frame, and a launch, each one right after the other."""
    host, own, frame = Host(datetime.now(UTC)), world.client(alice), world.app.test_client()
    frame.post("/in/acme/launch", data={"token": host.token()})
    times: dict[str, list[float]] = {"plain": [], "framed": [], "launch": []}
    for _round in range(ROUNDS):
        host.now = datetime.now(UTC)
        token = host.token()
        times["plain"].append(taken(lambda: own.get("/services").status_code, 200))
        times["framed"].append(taken(lambda: frame.get("/in/acme/services").status_code, 200))
        times["launch"].append(taken(lambda token=token: launched(world.app.test_client(), token), 303))  # type: ignore[misc]
    plain, framed, launch = (median(each[ROUNDS // 10 :]) for each in times.values())
    return plain, framed, launch


def launched(client: FlaskClient, token: str) -> int:
    return client.post("/launch", data={"token": token}).status_code


def taken(act: Callable[[], int], wanted: int) -> float:
    began = time.process_time()
    status = act()
    spent = (time.process_time() - began) * 1000
    if status != wanted:
        raise RuntimeError(f"answered {status}")
    return spent


if __name__ == "__main__":
    sys.exit(main())
