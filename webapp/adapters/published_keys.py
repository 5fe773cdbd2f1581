"""The keys that panels publish (RFC 7517), fetched when one is needed that is not known yet."""

import json
from collections.abc import Callable, Mapping
from threading import Lock
from time import monotonic
from typing import Any, Protocol

import urllib3

PATIENCE = 5.0
"""Seconds that fetching may take."""
KEPT_FOR = 600.0
"""Seconds for which keys are believed: so long a key that was withdrawn may still open something."""
NOT_BEFORE = 30.0
"""Seconds between two times, however many unknown keys are named."""
LARGEST = 64 * 1024


class KeysAway(Exception):
    """They cannot be fetched, or what is there is no set of keys."""


class KeySource(Protocol):
    def keys(self, address: str, key_id: str) -> list[Mapping[str, Any]]:
        """Those of that address; anew where the one of that id is not among those known. Raises KeysAway."""


class PublishedKeys:
    def __init__(self, seconds: Callable[[], float] = monotonic) -> None:
        timeout = urllib3.Timeout(total=PATIENCE)
        self._pool = urllib3.PoolManager(maxsize=1, timeout=timeout, retries=False)
        self._seconds, self._lock = seconds, Lock()
        self._kept: dict[str, tuple[float, list[Mapping[str, Any]]]] = {}

    def keys(self, address: str, key_id: str) -> list[Mapping[str, Any]]:
        with self._lock:
            since, kept = self._kept.get(address, (float("-inf"), []))
            age = self._seconds() - since
            known = not key_id or any(each.get("kid") == key_id for each in kept)
            if age > KEPT_FOR or (not known and age > NOT_BEFORE):
                kept = self._fetched(address)
                self._kept[address] = self._seconds(), kept
            return kept

    def _fetched(self, address: str) -> list[Mapping[str, Any]]:
        try:
            answer = self._pool.request("GET", address, redirect=False, preload_content=False)
            body = answer.read(LARGEST, decode_content=True)
            answer.release_conn()
            told = json.loads(body)["keys"] if answer.status == 200 else None
        except (urllib3.exceptions.HTTPError, OSError, KeyError, TypeError, ValueError) as error:
            raise KeysAway(f"{address}: {type(error).__name__}") from error
        if not isinstance(told, list) or not all(isinstance(each, dict) for each in told):
            raise KeysAway(f"{address}: status {answer.status}, or no keys")
        return told
