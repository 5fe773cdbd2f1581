"""The sandbox provider (webapp/sandbox/), spoken to over HTTP."""

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Protocol, TypeVar
from urllib.parse import quote, urlsplit

import urllib3

from ...domain.billing.payment import Failure, PaymentRequest, Return, Standing, Statement
from ...domain.billing.setup import KeptMethod, Mandate, SetupRequest, SetupStatement
from ...domain.money import Money
from .port import Forged, NoAnswer, Notice, Rejected

PATIENCE = 5.0
"""Seconds that a call may take."""
AT_ONCE = 4
"""Calls at a time, so that those who wait for an answer never take every thread that could give it."""
TRUSTED_FOR = timedelta(minutes=5)
REJECTING = (400, 409, 422)
"""Answers that the same request will be given for ever."""
T = TypeVar("T")
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
    """Has a page for payments and for methods to keep, and tells what becomes of either."""

    name = "sandbox"

    def __init__(self, address: str, key: str, http: Http | None = None) -> None:
        self._address, self._key, self._http = address.rstrip("/"), key, http or Urllib3()
        parts = urlsplit(address)
        self.origins = (f"{parts.scheme}://{parts.netloc}",)

    def open(self, wanted: PaymentRequest) -> Statement:
        return _understood(self._make("payments", wanted.key, _asked(wanted)), _statement)

    def ask(self, key: str) -> Statement | None:
        return _if_there(self._call("GET", f"payments/{_part(key)}"), _statement)

    def withdraw(self, key: str) -> Statement | None:
        return _if_there(self._call("POST", f"payments/{_part(key)}/withdraw"), _statement)

    def save(self, wanted: SetupRequest) -> SetupStatement:
        body = {"kind": wanted.kind.value, "return_to": wanted.return_to, "language": wanted.language}
        return _understood(self._make("setups", wanted.key, body), _setup)

    def ask_saved(self, key: str) -> SetupStatement | None:
        return _if_there(self._call("GET", f"setups/{_part(key)}"), _setup)

    def charge(self, method: str, wanted: PaymentRequest) -> Statement:
        return _understood(self._make(f"methods/{_part(method)}/charges", wanted.key, _asked(wanted)), _statement)

    def forget(self, method: str) -> None:
        answer = self._call("POST", f"methods/{_part(method)}/forget")
        if answer.status not in (204, 404):
            raise NoAnswer(f"{answer.status}")

    def let_a_day_pass(self) -> None:
        if (answer := self._call("POST", "days")).status != 204:
            raise NoAnswer(f"{answer.status}")

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
            if "setup" in told:
                return Notice(told["event"], told["setup"]["key"], _setup(told["setup"]))
            return Notice(told["event"], told["payment"]["key"], _statement(told["payment"]))
        except (KeyError, TypeError, ValueError) as error:
            raise Forged("unreadable") from error

    def _make(self, what: str, key: str, body: Mapping[str, Any]) -> Answer:
        """The same however often it is asked for. Raises Rejected."""
        answer = self._call("POST", what, json.dumps(body).encode(), {"Idempotency-Key": key})
        if answer.status in REJECTING:
            raise Rejected(f"{answer.status}")
        return answer

    def _call(self, method: str, path: str, body: bytes | None = None, more: Mapping[str, str] | None = None) -> Answer:
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json", **(more or {})}
        return self._http.request(method, f"{self._address}/v1/{path}", body=body, headers=headers)


def _part(text: str) -> str:
    return quote(text, safe="")


def _asked(wanted: PaymentRequest) -> Mapping[str, Any]:
    return {
        "amount": wanted.amount.minor,
        "currency": wanted.amount.currency,
        "title": wanted.title,
        "return_to": wanted.return_to,
        "language": wanted.language,
    }


def _if_there(answer: Answer, read: Callable[[Mapping[str, Any]], T]) -> T | None:
    """An error of ours, such as a wrong key, says nothing about a payment: only a plain “not found” does."""
    return None if answer.status == 404 else _understood(answer, read)


def _understood(answer: Answer, read: Callable[[Mapping[str, Any]], T]) -> T:
    """Raises NoAnswer for whatever is none."""
    if answer.status != 200:
        raise NoAnswer(f"{answer.status}")
    try:
        return read(json.loads(answer.data))
    except (KeyError, TypeError, ValueError) as error:
        raise NoAnswer("unreadable") from error


def _statement(told: Mapping[str, Any]) -> Statement:
    standing, reason = Standing.of(told["status"]), told["failure"]
    back = standing is Standing.RETURNED
    return Statement(
        standing=standing,
        reference=str(told["id"]),
        amount=Money(int(told["amount"]), told["currency"]),
        address=str(told["address"]),
        failure=Failure.of(reason) if reason and not back else None,
        returned=Return.of(reason) if back else None,
    )


def _setup(told: Mapping[str, Any]) -> SetupStatement:
    return SetupStatement(
        standing=Standing.of(told["status"]),
        address=str(told["address"]),
        failure=Failure.of(told["failure"]) if told["failure"] else None,
        method=_kept(told["method"]) if told["method"] else None,
    )


def _kept(told: Mapping[str, Any]) -> KeptMethod:
    mandate = told["mandate"]
    return KeptMethod(
        reference=str(told["id"]),
        label=str(told["label"]),
        expires_on=date.fromisoformat(told["expires_on"]) if told["expires_on"] else None,
        mandate=Mandate(mandate["reference"], mandate["creditor"], date.fromisoformat(mandate["signed_on"]))
        if mandate
        else None,
    )
