"""A payment provider without a network: it keeps books, and answers, or does not, as it is told."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from webapp.adapters.payments.port import Forged, NoAnswer, Notice, Rejected
from webapp.domain.billing.payment import HELD, Failure, PaymentRequest, Return, Standing, Statement
from webapp.domain.billing.setup import KeptMethod, SetupRequest, SetupStatement


class Killed(BaseException):
    """The program was ended while it waited for the provider."""


@dataclass
class Till:
    """Takes payments of the people who are at its page."""

    name: str = "till"
    origins: tuple[str, ...] = ("https://till.example",)
    books: dict[str, Statement] = field(default_factory=dict)
    wanted: dict[str, PaymentRequest] = field(default_factory=dict)
    setups: dict[str, SetupStatement] = field(default_factory=dict)
    forgotten: set[str] = field(default_factory=set)
    """Methods that may not be charged any more."""
    charges: Standing = Standing.SUCCEEDED
    """Where a charge of a saved method stands at once."""
    silent: int = 0
    """How many of the next calls it does not answer, although it does what it was asked for."""
    rejects: bool = False
    killing: bool = False
    """Whether whoever asks is ended before the answer arrives."""

    def open(self, wanted: PaymentRequest) -> Statement:
        if self.rejects:
            raise Rejected
        assert self.wanted.setdefault(wanted.key, wanted) == wanted, "one key, two payments"
        waiting = Statement(Standing.WAITING, f"pay-{wanted.key}", wanted.amount, f"https://till.example/{wanted.key}")
        return self._answer(self.books.setdefault(wanted.key, waiting))

    def ask(self, key: str) -> Statement | None:
        return self._answer(self.books.get(key))

    def withdraw(self, key: str) -> Statement | None:
        if key in self.books and self.books[key].standing is Standing.WAITING:
            self.decide(key, Standing.FAILED, Failure.GIVEN_UP)
        return self._answer(self.books.get(key))

    def save(self, wanted: SetupRequest) -> SetupStatement:
        if self.rejects:
            raise Rejected
        waiting = SetupStatement(Standing.WAITING, f"https://till.example/save/{wanted.key}")
        return self._answer(self.setups.setdefault(wanted.key, waiting))

    def ask_saved(self, key: str) -> SetupStatement | None:
        return self._answer(self.setups.get(key))

    def leave(self, key: str, standing: Standing = Standing.SUCCEEDED, **told: Any) -> SetupStatement:
        """What the person leaves, or what their bank says of it."""
        method = self.setups[key].method or KeptMethod(f"kept-{key}", "Visa 1881")
        failure = told.pop("failure", None)
        self.setups[key] = SetupStatement(standing, failure=failure, method=replace(method, **told))
        return self.setups[key]

    def leave_nothing(self, key: str, failure: Failure) -> SetupStatement:
        self.setups[key] = SetupStatement(Standing.FAILED, failure=failure)
        return self.setups[key]

    def charge(self, method: str, wanted: PaymentRequest) -> Statement:
        if self.rejects or method in self.forgotten:
            raise Rejected
        assert self.wanted.setdefault(wanted.key, wanted) == wanted, "one key, two payments"
        address = f"https://till.example/{wanted.key}" if self.charges is Standing.WAITING else ""
        failure = Failure.REFUSED if self.charges is Standing.FAILED else None
        returned = Return.DEBIT if self.charges is Standing.RETURNED else None
        charged = Statement(self.charges, f"pay-{wanted.key}", wanted.amount, address, failure, returned)
        return self._answer(self.books.setdefault(wanted.key, charged))

    def read(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Notice:
        if headers.get("Till") != "genuine":
            raise Forged
        told = json.loads(body)
        key = told["key"]
        return Notice(told["event"], key, self.setups[key] if key in self.setups else self.books[key])

    def forget(self, method: str) -> None:
        self.forgotten.add(method)
        self._answer(None)

    def empty(self) -> None:
        """No books, and nothing amiss."""
        for kept in (self.books, self.wanted, self.setups, self.forgotten):
            kept.clear()
        self.charges = Standing.SUCCEEDED
        self.silent, self.rejects, self.killing = 0, False, False

    def decide(self, key: str, standing: Standing, failure: Failure | None = None) -> Statement:
        """What the person, or their bank, does."""
        returned = Return.DISPUTE if standing is Standing.RETURNED else None
        told = {"standing": standing, "address": "", "failure": failure, "returned": returned}
        self.books[key] = replace(self.books[key], **told)
        return self.books[key]

    @property
    def taken(self) -> int:
        """All the money it has taken and kept, in minor units."""
        amounts = [each.amount for each in self.books.values() if each.standing.taken in HELD]
        return sum(amount.minor for amount in amounts if amount)

    def _answer(self, answer: Any) -> Any:
        if self.killing:
            raise Killed
        if self.silent:
            self.silent -= 1
            raise NoAnswer
        return answer
