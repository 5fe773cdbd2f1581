"""A payment provider without a network: it keeps books, and answers, or does not, as it is told."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from webapp.adapters.payments.port import Forged, NoAnswer, Notice, Rejected
from webapp.domain.billing.payment import Failure, PaymentRequest, Standing, Statement


class Killed(BaseException):
    """The program was ended while it waited for the provider."""


@dataclass
class Till:
    """Takes payments of the people who are at its page."""

    name: str = "till"
    origins: tuple[str, ...] = ("https://till.example",)
    books: dict[str, Statement] = field(default_factory=dict)
    wanted: dict[str, PaymentRequest] = field(default_factory=dict)
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

    def read(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Notice:
        if headers.get("Till") != "genuine":
            raise Forged
        told = json.loads(body)
        return Notice(told["event"], told["key"], self.books[told["key"]])

    def forget(self) -> None:
        """Empty books, and nothing amiss."""
        self.books.clear()
        self.wanted.clear()
        self.silent, self.rejects, self.killing = 0, False, False

    def decide(self, key: str, standing: Standing, failure: Failure | None = None) -> Statement:
        """What the person, or their bank, does."""
        self.books[key] = replace(self.books[key], standing=standing, address="", failure=failure)
        return self.books[key]

    @property
    def taken(self) -> int:
        """All the money it has taken, in minor units."""
        amounts = [each.amount for each in self.books.values() if each.standing is Standing.SUCCEEDED]
        return sum(amount.minor for amount in amounts if amount)

    def _answer(self, answer: Any) -> Any:
        if self.killing:
            raise Killed
        if self.silent:
            self.silent -= 1
            raise NoAnswer
        return answer
