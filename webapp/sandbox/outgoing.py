"""Notices that are still to be sent, in the file of what they tell of: they are queued with that, or not at all."""

import json
import secrets
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TWICE = 2
"""Every notice is sent this often, the way providers sometimes do."""
MOST_TRIES = 10
TABLE = """
CREATE TABLE IF NOT EXISTS notice (
  id TEXT PRIMARY KEY, body TEXT NOT NULL, due_at REAL NOT NULL, left INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0
);
"""


@dataclass(frozen=True, slots=True)
class QueuedNotice:
    id: str
    body: bytes


def queue(books: sqlite3.Connection, told: Mapping[str, Any], now: float) -> None:
    """Under a name of its own."""
    id_ = secrets.token_urlsafe(12)
    values = (id_, json.dumps({"event": id_, **told}), now, TWICE)
    books.execute("INSERT INTO notice (id, body, due_at, left) VALUES (?, ?, ?, ?)", values)


def due(books: sqlite3.Connection, now: float) -> list[QueuedNotice]:
    """Those to send now, the youngest first, so that some come out of order."""
    query = "SELECT id, body FROM notice WHERE left > 0 AND due_at <= ? ORDER BY due_at DESC, rowid DESC"
    return [QueuedNotice(id_, body.encode()) for id_, body in books.execute(query, (now,))]


def count_delivery(books: sqlite3.Connection, notice: QueuedNotice, now: float, *, taken: bool) -> None:
    """One that was not taken is tried again, each time later, for about an hour."""
    books.execute(
        "UPDATE notice SET tries = tries + 1, due_at = ? + (1 << min(tries, 11)),"
        " left = CASE WHEN ? THEN left - 1 WHEN tries >= ? THEN 0 ELSE left END WHERE id = ?",
        (now, taken, MOST_TRIES, notice.id),
    )
