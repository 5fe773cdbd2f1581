"""What the sandbox has in its books: payments, set-ups and methods.

A set-up is a payment of nothing that leaves a method behind: it goes the same ways.
"""

import json
import secrets
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from . import outgoing
from .methods import BEHAVIOURS, Left, told
from .outgoing import QueuedNotice
from .payments import LAPSED, PAID, Decision, Payment

LASTS = 30 * 60
"""Seconds that a payment page stays open."""
SETTLES_AFTER = 120
"""Seconds after which a debit that settles later does so by itself."""
A_DAY = 24 * 60 * 60
TABLES = """
CREATE TABLE IF NOT EXISTS payment (
  id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, body TEXT NOT NULL, amount INTEGER NOT NULL, currency TEXT NOT NULL,
  title TEXT NOT NULL, return_to TEXT NOT NULL, language TEXT NOT NULL, status TEXT NOT NULL, failure TEXT NOT NULL,
  confirming INTEGER NOT NULL DEFAULT 0, silent INTEGER NOT NULL DEFAULT 0, made_at REAL NOT NULL, settles_at REAL,
  saves TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS method (
  id TEXT PRIMARY KEY, setup_id TEXT NOT NULL UNIQUE, told TEXT NOT NULL, behaviour TEXT NOT NULL,
  forgotten INTEGER NOT NULL DEFAULT 0
);
"""


class OtherPayment(Exception):
    """The key was used for another payment before."""


class NotKept(Exception):
    """The seller may not charge it: nobody left it, or it is forgotten."""


FIELDS = tuple(Payment.__dataclass_fields__)
READ = f"SELECT {', '.join(FIELDS)} FROM payment"  # noqa: S608


class Books:
    """One file; each act is one transaction."""

    def __init__(self, path: Path, clock: Callable[[], float]) -> None:
        self._path, self._clock = path, clock
        with self._open() as books:
            books.executescript(TABLES + outgoing.TABLE)
            if "saves" not in {row[1] for row in books.execute("PRAGMA table_info(payment)")}:
                books.execute("ALTER TABLE payment ADD COLUMN saves TEXT NOT NULL DEFAULT ''")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self._path, isolation_level=None, timeout=5)
        try:
            yield connection
        finally:
            connection.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._open() as books:
            books.execute("BEGIN IMMEDIATE")
            try:
                yield books
            except BaseException:
                books.execute("ROLLBACK")
                raise
            books.execute("COMMIT")

    def make(self, key: str, wanted: Mapping[str, Any]) -> Payment:
        """The payment or set-up of that key, made where there is none. Raises OtherPayment, KeyError, ValueError."""
        body = json.dumps(wanted, sort_keys=True)
        values = (
            int(wanted["amount"]),
            *(str(wanted[name]) for name in ("currency", "title", "return_to", "language")),
            self._clock(),
            str(wanted.get("saves", "")),
        )
        with self._writing() as books:
            books.execute(
                "INSERT INTO payment (id, key, body, amount, currency, title, return_to, language, status, failure,"
                " made_at, saves) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting', '', ?, ?) ON CONFLICT (key) DO NOTHING",
                (secrets.token_urlsafe(18), key, body, *values),
            )
            if books.execute("SELECT body FROM payment WHERE key = ?", (key,)).fetchone() != (body,):
                raise OtherPayment(key)
            return _one(books, "key", key)

    def by_key(self, key: str) -> Payment | None:
        return self._found("key", key)

    def by_id(self, id_: str) -> Payment | None:
        return self._found("id", id_)

    def _found(self, column: str, value: str) -> Payment | None:
        self.tick()
        with self._open() as books:
            row = books.execute(f"{READ} WHERE {column} = ?", (value,)).fetchone()
        return _payment(row) if row else None

    def silent(self, key: str) -> bool:
        """Whether a question about that payment stays without an answer; each is counted down."""
        with self._writing() as books:
            done = books.execute("UPDATE payment SET silent = silent - 1 WHERE key = ? AND silent > 0", (key,))
            return done.rowcount > 0

    def confirm(self, id_: str) -> None:
        """The bank asks once more."""
        with self._writing() as books:
            books.execute("UPDATE payment SET confirming = 1 WHERE id = ? AND status = 'waiting'", (id_,))

    def decide(self, id_: str, decision: Decision, left: Left | None = None) -> None:
        """What is final stays; silent about a payment, the sandbox sends no notice either.

        ``left`` is the method that a set-up leaves behind.
        """
        with self._writing() as books:
            settles_at = self._clock() + SETTLES_AFTER if decision.status == "settling" else None
            done = books.execute(
                "UPDATE payment SET status = ?, failure = ?, silent = ?, settles_at = ?"
                " WHERE id = ? AND status IN (SELECT value FROM json_each(?))",
                (decision.status, decision.failure, decision.silent, settles_at, id_, json.dumps(decision.of)),
            )
            payment = _one(books, "id", id_)
            if done.rowcount and left:
                self._leave(books, payment, left)
            if done.rowcount and not decision.silent:
                self._tell(books, payment)

    def _leave(self, books: sqlite3.Connection, payment: Payment, left: Left) -> None:
        reference, today = f"method_{secrets.token_hex(12)}", datetime.fromtimestamp(self._clock(), UTC).date()
        books.execute(
            "INSERT INTO method (id, setup_id, told, behaviour) VALUES (?, ?, ?, ?) ON CONFLICT (setup_id) DO NOTHING",
            (reference, payment.id, json.dumps(told(reference, payment.saves, left, today)), left.behaviour),
        )

    def behaviour(self, method: str) -> str:
        """What a charge of it leads to. Raises NotKept."""
        with self._open() as books:
            row = books.execute("SELECT behaviour FROM method WHERE id = ? AND NOT forgotten", (method,)).fetchone()
        behaviour = row[0] if row else BEHAVIOURS.get(method)
        if behaviour is None:
            raise NotKept(method)
        return str(behaviour)

    def forget(self, method: str) -> None:
        with self._writing() as books:
            books.execute("UPDATE method SET forgotten = 1 WHERE id = ?", (method,))

    def on_its_way(self, key: str, wanted: Mapping[str, Any], lasting: float) -> None:
        """Take over a debit that another provider had begun and told of; it settles after so many seconds."""
        payment = self.make(key, wanted)
        with self._writing() as books:
            books.execute(
                "UPDATE payment SET status = 'settling', settles_at = ? WHERE id = ? AND status = 'waiting'",
                (self._clock() + lasting, payment.id),
            )

    def let_a_day_pass(self) -> None:
        """For what is on its way: whoever asks next is told what has settled then."""
        with self._writing() as books:
            books.execute("UPDATE payment SET settles_at = settles_at - ? WHERE status = 'settling'", (A_DAY,))
        self.tick()

    def tick(self) -> None:
        """Let happen what time brings: pages close, debits settle."""
        now = self._clock()
        with self._open() as books:
            lapsed = books.execute("SELECT id FROM payment WHERE status = 'waiting' AND made_at <= ?", (now - LASTS,))
            late = [row[0] for row in lapsed]
            due = books.execute("SELECT id FROM payment WHERE status = 'settling' AND settles_at <= ?", (now,))
            settled = [row[0] for row in due]
        for id_ in late:
            self.decide(id_, LAPSED)
        for id_ in settled:
            self.decide(id_, PAID)

    def _tell(self, books: sqlite3.Connection, payment: Payment) -> None:
        what = "setup" if payment.saves else "payment"
        outgoing.queue(books, {what: _told(books, payment, "")}, self._clock())

    def told(self, payment: Payment, address: str) -> dict[str, Any]:
        """What the seller is told of it."""
        with self._open() as books:
            return _told(books, payment, address)

    def due(self) -> list[QueuedNotice]:
        with self._open() as books:
            return outgoing.due(books, self._clock())

    def sent(self, notice: QueuedNotice, *, taken: bool) -> None:
        with self._writing() as books:
            outgoing.count_delivery(books, notice, self._clock(), taken=taken)

    def all(self) -> list[Payment]:
        """Everything, the oldest first."""
        with self._open() as books:
            return [_payment(row) for row in books.execute(f"{READ} ORDER BY rowid")]


def _one(books: sqlite3.Connection, column: str, value: str) -> Payment:
    return _payment(books.execute(f"{READ} WHERE {column} = ?", (value,)).fetchone())


def _told(books: sqlite3.Connection, payment: Payment, address: str) -> dict[str, Any]:
    there = address if payment.status == "waiting" else ""
    said = {"id": payment.id, "key": payment.key, "status": payment.status, "failure": payment.failure}
    if not payment.saves:
        return said | {"address": there, "amount": payment.amount, "currency": payment.currency}
    row = books.execute("SELECT told FROM method WHERE setup_id = ?", (payment.id,)).fetchone()
    return said | {"address": there, "method": json.loads(row[0]) if row else None}


def _payment(row: tuple[Any, ...]) -> Payment:
    values = dict(zip(FIELDS, row, strict=True))
    return Payment(**values | {"confirming": bool(values["confirming"])})
