"""What the product asks of any payment provider."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from ...domain.billing.payment import PaymentRequest, Statement
from ...domain.billing.setup import SetupRequest, SetupStatement


class NoAnswer(Exception):
    """The provider did not answer, or not in time: nobody knows what it did."""


class Rejected(Exception):
    """The provider answered that it does not take the request, and will not if it is repeated."""


class Forged(Exception):
    """A notice is not the provider's, or it is too old to be trusted."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a provider tells of its own accord, once, twice, late or out of order."""

    event: str
    """The provider's name for it, by which a second delivery is known."""
    key: str
    """Of the payment or the set-up."""
    statement: Statement | SetupStatement


class Checkout(Protocol):
    """A page at which a person pays. Amounts are in minor units; every call is safe to repeat."""

    @property
    def name(self) -> str:
        """Of the provider; part of the address that its notices are sent to."""

    @property
    def origins(self) -> tuple[str, ...]:
        """Where its pages lie, as a content security policy names them."""

    def open(self, wanted: PaymentRequest) -> Statement:
        """Make the payment, or give the one of that key. Raises NoAnswer, Rejected."""

    def ask(self, key: str) -> Statement | None:
        """Where it stands; None where the provider has never heard of it. Raises NoAnswer."""

    def withdraw(self, key: str) -> Statement | None:
        """Take it back where the person has not paid yet; where it stands then. Raises NoAnswer."""


class Debiting(Checkout, Protocol):
    """Takes payments without anybody at its page, too."""

    def charge(self, method: str, wanted: PaymentRequest) -> Statement:
        """Debit the method of that reference; it waits for the person where their bank asks for them.

        From then on it is a payment like any other. Raises NoAnswer, Rejected.
        """


class SavedMethods(Protocol):
    """Payment methods that a provider keeps for later, each under a reference of its own."""

    @property
    def name(self) -> str:
        """Of the provider."""

    def save(self, wanted: SetupRequest) -> SetupStatement:
        """Make the set-up, or give the one of that key. Raises NoAnswer, Rejected."""

    def ask_saved(self, key: str) -> SetupStatement | None:
        """Where it stands; None where the provider has never heard of it. Raises NoAnswer."""

    def forget(self, method: str) -> None:
        """Never debit it again. Raises NoAnswer."""


class Notices(Protocol):
    """What a provider tells of its own accord."""

    @property
    def name(self) -> str:
        """Of the provider."""

    def read(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Notice:
        """A notice that was sent to us. Raises Forged."""


class PaymentProvider(Debiting, SavedMethods, Notices, Protocol):
    """What any provider has that this program can be put in front of."""


@runtime_checkable
class Playing(PaymentProvider, Protocol):
    """One that takes no money, for whom days pass as they do for us."""

    def let_a_day_pass(self) -> None:
        """What is on its way comes a day nearer. Raises NoAnswer."""
