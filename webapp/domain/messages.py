"""What is told to the world outside: typed, each with the key that makes it once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar, Protocol, Self

from .billing.payment import Failure
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
    def facts(self) -> Mapping[str, Any]:
        """What whoever tells it has to know, as JSON has it."""


@dataclass(frozen=True, slots=True)
class Mentioned:
    """One service that a message is about."""

    reference: str
    name: str
    """As it is displayed."""
    day: date | None = None
    """What the message is about happens, or ends, on it."""
    amount: Money | None = None
    """Tax included."""

    def stored(self) -> Mapping[str, Any]:
        day = self.day and self.day.isoformat()
        return {"reference": self.reference, "name": self.name, "day": day, **stored_amount(self.amount)}

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        day = date.fromisoformat(stored["day"]) if stored["day"] else None
        return cls(stored["reference"], stored["name"], day, read_amount(stored))


def stored_amount(amount: Money | None) -> Mapping[str, Any]:
    return {"minor": amount.minor, "currency": amount.currency} if amount else {}


def read_amount(stored: Mapping[str, Any]) -> Money | None:
    return Money(stored["minor"], stored["currency"]) if "minor" in stored else None


@dataclass(frozen=True, slots=True)
class AboutServices:
    """What happened or will happen to services of one payer; to each of them once a day."""

    kind: ClassVar[str]
    on: date
    """The day on which it is told."""
    services: tuple[Mentioned, ...]
    """Each with the day that it is about, where that is known."""

    @property
    def key(self) -> str:
        return f"{self.kind} {self.services[0].reference} {self.on}"

    @property
    def facts(self) -> Mapping[str, Any]:
        return {"services": [each.stored() for each in self.services]}


class ServicesEnded(AboutServices):
    """The day came on which cancellations take effect; data is erased on the day of each."""

    kind = "services-ended"


class ServicesExpire(AboutServices):
    """What is renewed by hand is suspended on the day of each, unless it is."""

    kind = "services-expire"


class ServicesUnpaid(AboutServices):
    """What is owed for them was not paid yet; they are suspended on the day of each."""

    kind = "services-unpaid"


class ServicesLapsed(AboutServices):
    """Nobody renewed them: they are suspended, and deleted on the day of each, where that is known."""

    kind = "services-lapsed"


class ServicesInDebt(AboutServices):
    """Nobody paid for them: they are suspended, and deleted on the day of each, where that is known."""

    kind = "services-in-debt"


class DeletionAhead(AboutServices):
    """They are deleted on the day of each."""

    kind = "deletion-ahead"


class ServicesDeleted(AboutServices):
    """They are deleted; the amount of each was credited."""

    kind = "services-deleted"


@dataclass(frozen=True, slots=True)
class BillToPay:
    """Services renewed by themselves, and there is nothing that could be debited for all of it."""

    kind: ClassVar = "bill-to-pay"
    bill: str
    """Its name in addresses."""
    amount: Money
    """What is left to be paid of it."""
    suspended_on: date
    """What happens then, if it is not."""
    services: tuple[Mentioned, ...]
    """Each with the first day that is not paid for by it."""

    @property
    def key(self) -> str:
        return f"{self.kind} {self.bill}"

    @property
    def facts(self) -> Mapping[str, Any]:
        told = {"bill": self.bill, "suspended_on": self.suspended_on.isoformat(), **stored_amount(self.amount)}
        return told | {"services": [each.stored() for each in self.services]}


@dataclass(frozen=True, slots=True)
class BillSettled:
    """Services renewed by themselves, and all of their bill was taken."""

    kind: ClassVar = "bill-settled"
    bill: str
    """Its name in addresses."""
    amount: Money
    services: tuple[Mentioned, ...]
    """Each with the first day that is not paid for by it."""

    @property
    def key(self) -> str:
        return f"{self.kind} {self.bill}"

    @property
    def facts(self) -> Mapping[str, Any]:
        told = {"bill": self.bill, **stored_amount(self.amount)}
        return told | {"services": [each.stored() for each in self.services]}


@dataclass(frozen=True, slots=True)
class DebitRefused:
    """What renewed by itself could not be debited."""

    kind: ClassVar = "debit-refused"
    payment: str
    """Its key."""
    bills: tuple[str, ...]
    """Their names in addresses."""
    amount: Money
    failure: Failure | None
    suspended_on: date

    @property
    def key(self) -> str:
        return f"{self.kind} {self.payment}"

    @property
    def facts(self) -> Mapping[str, Any]:
        told = {"bills": self.bills, "suspended_on": self.suspended_on.isoformat(), **stored_amount(self.amount)}
        return told | {"failure": self.failure and self.failure.value}


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


NOTICES = frozenset(
    message.kind
    for message in (
        BillToPay,
        DebitRefused,
        ServicesExpire,
        ServicesUnpaid,
        ServicesLapsed,
        ServicesInDebt,
        DeletionAhead,
    )
)
"""Kinds of those that name the day of a loss: as long as one of them was not told, nothing is taken away."""
