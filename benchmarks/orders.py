"""Measure how fast paid orders of one line and of a thousand are settled, against the same rows written at once."""

import argparse
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from statistics import median

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).parents[1])

from sqlalchemy import select, text

from benchmarks.batches import FILE, copied
from benchmarks.database import VAR, fill
from benchmarks.inventory import SEED, Inventory, Values, service
from benchmarks.serving import PATIENCE
from tests.statements import statements
from webapp import create_app
from webapp.demo.history import Till
from webapp.domain.actors import PAYMENTS
from webapp.domain.batches.kinds import BatchAction
from webapp.domain.batches.states import RowState
from webapp.domain.billing.payment import Standing, Statement
from webapp.domain.listing.table import Table
from webapp.domain.money import Money
from webapp.extensions import db
from webapp.models import Attempt, BatchRow, Order, Service
from webapp.operations.batches.begin import begin
from webapp.operations.batches.decide import confirm
from webapp.operations.batches.pace import carry_on
from webapp.operations.listing.matching import Viewer
from webapp.operations.payments.learn import learn
from webapp.operations.payments.pay import begin_payment
from webapp.settings import Settings
from webapp.wiring import desk_for, desk_of, now

BUYER, SERVICES, LINES, SINGLE = 1, 1_500, 1_000, 100
"""Key of the account, how many services it has, the lines of the large order, and how many small ones there are."""
OF_ORDER = "SELECT id FROM done.order_line WHERE order_id = :order"
SAME_ROWS = (
    "UPDATE customer_order SET state = 'paid', ended_at = made.ended_at FROM done.customer_order AS made"
    " WHERE made.id = customer_order.id AND made.id = :order",
    "UPDATE order_line SET claiming = 0 WHERE order_id = :order",
    "UPDATE payment_attempt SET state = 'succeeded', ended_at = made.ended_at FROM done.payment_attempt AS made"
    " WHERE made.id = payment_attempt.id AND made.order_id = :order",
    f"INSERT INTO term SELECT * FROM done.term WHERE order_line_id IN ({OF_ORDER})",
    "UPDATE service SET ends_on = made.ends_on, version = made.version FROM done.service AS made"
    " WHERE made.id = service.id AND made.id IN (SELECT service_id FROM done.order_line WHERE order_id = :order)",
    "INSERT INTO event SELECT event.* FROM done.event JOIN done.customer_order AS made ON made.id = :order"
    " WHERE event.kind = 'renewed' AND event.new ->> 'order' = made.code",
    "INSERT OR REPLACE INTO listing SELECT * FROM done.listing"
    " WHERE service_id IN (SELECT service_id FROM done.order_line WHERE order_id = :order)",
    "INSERT INTO invoice SELECT * FROM done.invoice WHERE order_id = :order",
    "INSERT INTO invoice_line SELECT * FROM done.invoice_line"
    " WHERE invoice_id IN (SELECT id FROM done.invoice WHERE order_id = :order)",
    "INSERT INTO outbox SELECT made.* FROM done.outbox AS made JOIN done.customer_order AS o ON o.id = :order"
    " WHERE made.key = 'order-paid ' || o.code",
)
"""One statement for each table that writes what settling an order wrote."""


PAID_SO_FAR = (
    "INSERT INTO term (service_id, starts_on, ends_on) SELECT id, started_on, ends_on FROM service"
    " WHERE started_on < ends_on"
)


class OneOwner(Inventory):
    """Only the services of the buyer."""

    def services(self) -> Iterator[Values]:
        random = Random(SEED)
        for key in range(1, SERVICES + 1):
            yield service(random, key, BUYER, self.today)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often everything is measured (default: 3)")
    rounds = parser.parse_args().rounds
    fresh = built()
    print(f"{rounds} rounds, SQLite\n")
    measured = [_settled(fresh) for _ in range(rounds)]
    for name, column in ((f"{SINGLE} orders with one line", 0), (f"One order with {LINES:,} lines", 1)):
        ours, floor = (median(each[column][part] for each in measured) for part in (0, 1))
        count = SINGLE if column == 0 else 1
        print(
            f"{name}: settled in {ours:.2f} s, {count / ours:.1f} a second, {measured[0][column][2]} statements;"
            f" the same rows at once {floor:.2f} s, ratio {ours / floor:.1f}"
        )


def built() -> Path:
    """The database with orders whose payments are under way."""
    folder = VAR / "orders" / "fresh"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    app = create_app(Settings(var=folder))
    print("Building the database …", file=sys.stderr)
    with app.app_context():
        fill(OneOwner(now().date()))
        db.session.execute(text(PAID_SO_FAR))
        db.session.commit()
        references = _renewable()
        for chosen in ([each] for each in references[LINES : LINES + SINGLE]):
            _order(chosen)
        _order(references[:LINES])
        db.engine.dispose()
    with sqlite3.connect(folder / FILE) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder


def _renewable() -> Sequence[str]:
    batch = _judged(None)
    query = select(Service.reference).join(BatchRow, BatchRow.service_id == Service.id)
    planned = query.where(BatchRow.batch_id == batch, BatchRow.state == RowState.PLANNED)
    return db.session.scalars(planned.order_by(Service.id)).all()


def _judged(references: Sequence[str] | None) -> int:
    batch = begin(BatchAction.RENEW, Table(), Viewer(desk_of(BUYER), "none", now().date(), ()), references)
    carry_on(batch, desk_of, seconds=PATIENCE, rest=lambda took: None)
    return batch


def _order(references: Sequence[str]) -> None:
    desk, batch = desk_of(BUYER), _judged(references)
    confirm(batch, (), desk)
    carry_on(batch, desk_of, seconds=PATIENCE, rest=lambda took: None)
    (order,) = db.session.scalars(select(Order.code).where(Order.batch_id == batch)).all()
    begin_payment(order, desk, Till(Standing.SETTLING), return_to="", language="en")


def _settled(fresh: Path) -> list[tuple[float, float, int]]:
    """For the small orders and the large one: seconds, seconds of the same rows written at once, statements."""
    done = copied(fresh, "done")
    app = create_app(Settings(var=done))
    taken = []
    with app.app_context():
        attempts = db.session.execute(select(Attempt.key, Attempt.order_id, Attempt.minor, Attempt.currency)).all()
        db.session.rollback()
        for chosen in (attempts[:SINGLE], attempts[SINGLE:]):
            with statements(app) as counted:
                began = time.perf_counter()
                for key, _order_id, minor, currency in chosen:
                    learn(key, Statement(Standing.SUCCEEDED, "", Money(minor, currency)), desk_for(PAYMENTS))
                taken.append((time.perf_counter() - began, len(counted)))
        db.engine.dispose()
    same = _same_rows(copied(fresh, "same"), done)
    orders = ([each.order_id for each in chosen] for chosen in (attempts[:SINGLE], attempts[SINGLE:]))
    return [(ours, same(ids), asked) for (ours, asked), ids in zip(taken, orders, strict=True)]


def _same_rows(folder: Path, done: Path):  # type: ignore[no-untyped-def]
    connection = sqlite3.connect(folder / FILE, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=OFF"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("ATTACH ? AS done", (str(done / FILE),))

    def write(orders: Sequence[int]) -> float:
        """A transaction for each order; the seconds of all."""
        began = time.perf_counter()
        for order in orders:
            connection.execute("BEGIN IMMEDIATE")
            for statement in SAME_ROWS:
                connection.execute(statement, {"order": order})
            connection.execute("COMMIT")
        return time.perf_counter() - began

    return write


if __name__ == "__main__":
    main()
