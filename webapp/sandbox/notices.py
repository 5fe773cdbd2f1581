"""Signed notices to the seller: after the answer, twice, and again until they are taken."""

import hashlib
import hmac
import logging
from collections.abc import Callable, Mapping
from threading import Event, Thread
from time import time

import urllib3

from .books import Books

SIGNATURE = "Sandbox-Signature"
PAUSE = 0.5
"""Seconds between two looks at what is due."""
Send = Callable[[bytes, Mapping[str, str]], int]
"""Hands a body with its headers to the seller; the status of the answer, 0 where there was none."""


def signed(body: bytes, key: str, at: float) -> dict[str, str]:
    """The header that proves who sent the body, and when."""
    stamp = str(int(at))
    proof = hmac.new(key.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return {SIGNATURE: f"t={stamp},v1={proof}", "Content-Type": "application/json"}


def deliver(books: Books, key: str, send: Send, clock: Callable[[], float] = time) -> int:
    """Send what is due now; how many notices that were."""
    books.tick()
    due = books.due()
    for notice in due:
        status = send(notice.body, signed(notice.body, key, clock()))
        books.sent(notice, taken=200 <= status < 300)
    return len(due)


class Courier:
    """Delivers in a thread of its own until it is ended."""

    def __init__(self, books: Books, key: str, address: str) -> None:
        self._books, self._key, self._address = books, key, address
        self._http = urllib3.PoolManager(timeout=urllib3.Timeout(total=5), retries=False)
        self._ended = Event()
        Thread(target=self._run, name="sandbox", daemon=True).start()

    def end(self) -> None:
        self._ended.set()

    def _send(self, body: bytes, headers: Mapping[str, str]) -> int:
        try:
            return self._http.request("POST", self._address, body=body, headers=dict(headers)).status
        except urllib3.exceptions.HTTPError:
            return 0

    def _run(self) -> None:
        while not self._ended.wait(PAUSE):
            try:
                deliver(self._books, self._key, self._send)
            except Exception:
                logging.getLogger(__name__).exception("The sandbox cannot deliver its notices")
