"""How fast a batch is worked through, so that people's clicks get in between."""

import time
from collections.abc import Callable
from typing import Any

from ...extensions import db
from ..desk import Desk
from .work import work

AT_ONCE = 1.0
"""Seconds that a request spends on a batch before it leaves the rest to the worker."""
CHUNK = 0.15
"""Seconds that a transaction should take: SQLite has one writer, and people wait for it meanwhile."""
FIRST, LARGEST = 100, 1000
"""Rows of a transaction: of the first one, whose speed nobody knows, and at most."""


def carry_on(
    batch_id: int, desk: Callable[[int], Desk], *, seconds: float = AT_ONCE, rest: Callable[[float], Any] = time.sleep
) -> bool:
    """Work on for that long; True where something is left to do.

    After each transaction on SQLite everyone else gets as long as it took.
    """
    limit, began = FIRST, time.monotonic()
    while True:
        chunk_began = time.monotonic()
        if not work(batch_id, desk, limit):
            return False
        now = time.monotonic()
        if now - began > seconds:
            return True
        took = now - chunk_began
        if db.engine.dialect.name == "sqlite":
            rest(took)
        limit = min(LARGEST, max(1, int(limit * CHUNK / took)))
