"""The sandbox provider (webapp/sandbox/), spoken to over HTTP."""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol
from urllib.parse import quote, urlsplit

import urllib3

from ...domain.billing.payment import Failure, PaymentRequest, Standing, Statement
from ...domain.money import Money
from .port import Forged, NoAnswer, Notice, Rejected

PATIENCE = 5.0
"""Seconds that a call may take."""
AT_ONCE = 4
"""Calls at a time, so that those who wait for an answer never take every thread that could give it."""
TRUSTED_FOR = timedelta(minutes=5)
REJECTING = (400, 409, 422)
"""Answers that the same request will be given for ever."""
SIGNATURE = re.compile(r"t=(\d{1,12}),v1=([0-9a-f]{64})")


class Answer(Protocol):
    @property
    def status(self) -> int: ...
    @property
    def data(self) -> bytes: ...


class Http(Protocol):
    """The one thing that is asked of an HTTP client."""

    def request(self, method: str, url: str, *, body: bytes | None, headers: Mapping[str, str]) -> Answer: ...


class Urllib3:
    """A few connections, and nobody waits for ever."""

    def __init__(self) -> None:
        timeout = urllib3.Timeout(total=PATIENCE)
        self._pool = urllib3.PoolManager(maxsize=AT_ONCE, block=True, timeout=timeout, retries=False)

    def request(self, method: str, url: str, *, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        """Raises NoAnswer."""
        try:
            return self._pool.urlopen(
                method, url, body=body, headers=dict(headers), redirect=False, pool_timeout=PATIENCE
            )
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise NoAnswer(type(error).__name__) from error


class SandboxProvider:
    """Has a page, and tells what becomes of payments; it keeps no methods."""

    name = "sandbox"

    def __init__(self, address: str, key: str, http: Http | None = None) -> None:
        self._address, self._key, self._http = address.rstrip("/"), key, http or Urllib3()
        parts = urlsplit(address)
        self.origins = (f"{parts.scheme}://{parts.netloc}",)

    def open(self, wanted: PaymentRequest) -> Statement:
        body = {
            "amount": wanted.amount.minor,
            "currency": wanted.amount.currency,
            "title": wanted.title,
            "return_to": wanted.return_to,
            "language": wanted.language,
        }
        answer = self._call("POST", "", json.dumps(body).encode(), {"Idempotency-Key": wanted.key})
        if answer.status in REJECTING:
            raise Rejected(f"{answer.status}")
        return _understood(answer)

    def ask(self, key: str) -> Statement | None:
        return _if_there(self._call("GET", f"/{quote(key, safe='')}"))

    def withdraw(self, key: str) -> Statement | None:
        return _if_there(self._call("POST", f"/{quote(key, safe='')}/withdraw"))

    def read(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Notice:
        match = SIGNATURE.fullmatch(headers.get("Sandbox-Signature", ""))
        if match is None:
            raise Forged("no signature")
        proof = hmac.new(self._key.encode(), match[1].encode() + b"." + body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(proof, match[2]):
            raise Forged("wrong signature")
        if abs(now.timestamp() - int(match[1])) > TRUSTED_FOR.total_seconds():
            raise Forged("too old")
        try:
            told = json.loads(body)
            return Notice(told["event"], told["payment"]["key"], _statement(told["payment"]))
        except (KeyError, TypeError, ValueError) as error:
            raise Forged("unreadable") from error

    def _call(self, method: str, path: str, body: bytes | None = None, more: Mapping[str, str] | None = None) -> Answer:
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json", **(more or {})}
        return self._http.request(method, f"{self._address}/v1/payments{path}", body=body, headers=headers)


def _if_there(answer: Answer) -> Statement | None:
    """An error of ours, such as a wrong key, says nothing about a payment: only a plain “not found” does."""
    return None if answer.status == 404 else _understood(answer)


def _understood(answer: Answer) -> Statement:
    """Raises NoAnswer for whatever is none."""
    if answer.status != 200:
        raise NoAnswer(f"{answer.status}")
    try:
        return _statement(json.loads(answer.data))
    except (KeyError, TypeError, ValueError) as error:
        raise NoAnswer("unreadable") from error


def _statement(told: Mapping[str, Any]) -> Statement:
    return Statement(
        standing=Standing.of(told["status"]),
        reference=str(told["id"]),
        amount=Money(int(told["amount"]), told["currency"]),
        address=str(told["address"]),
        failure=Failure.of(told["failure"]) if told["failure"] else None,
    )
