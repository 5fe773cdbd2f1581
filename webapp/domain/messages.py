"""What is told to the world outside: typed, each with the key that makes it once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Protocol

from .labels import N_, Labelled
from .money import Money

LONGEST_KEY = 80
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
"""Before it is told again where that failed; after the last one it is given up."""


class MessageState(Labelled):
    WAITING = "waiting", N_("Waiting")
    DONE = "done", N_("Told")
    FAILED = "failed", N_("Given up")


class Message(Protocol):
    """Something that belongs to a change and is told after its commit."""

    kind: ClassVar[str]

    @property
    def key(self) -> str:
        """What it tells, and of what: nothing is told twice under one key."""

    @property
    def facts(self) -> Mapping[str, str]:
        """What whoever tells it has to know."""


@dataclass(frozen=True, slots=True)
class BalanceLow:
    """A balance was spent to below what its account wants to be told of."""

    kind: ClassVar = "balance-low"
    payment: str
    """The key of the payment that it was spent on."""
    left: Money

    @property
    def key(self) -> str:
        return f"{self.kind} {self.payment}"

    @property
    def facts(self) -> Mapping[str, str]:
        return {"left": str(self.left.minor), "currency": self.left.currency}


@dataclass(frozen=True, slots=True)
class OrderPaid:
    """All of an order was paid, and what came of it was given."""

    kind: ClassVar = "order-paid"
    order: str
    """Its code."""

    @property
    def key(self) -> str:
        return f"{self.kind} {self.order}"

    @property
    def facts(self) -> Mapping[str, str]:
        return {"order": self.order}


@dataclass(frozen=True, slots=True)
class PaymentTakenBack:
    """Money that had been paid was taken back."""

    kind: ClassVar = "payment-taken-back"
    payment: str
    """Its key."""
    amount: Money

    @property
    def key(self) -> str:
        return f"{self.kind} {self.payment}"

    @property
    def facts(self) -> Mapping[str, str]:
        return {"payment": self.payment, "amount": str(self.amount.minor), "currency": self.amount.currency}
