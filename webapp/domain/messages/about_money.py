"""What is paid, owed, or taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from ..billing.payment import Failure
from ..money import Money
from .kinds import Mentioned, counted, stored, stored_amount


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
        return told | {"services": stored(self.services)}


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
        return told | {"services": stored(self.services)}


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
    suspended_on: date | None
    """The first of them; None where none is there any more."""
    services: tuple[Mentioned, ...]
    """Each with the first day that is not paid for by its bill, as far as that is known, and what was to be debited."""

    @property
    def key(self) -> str:
        return f"{self.kind} {self.payment}"

    @property
    def facts(self) -> Mapping[str, Any]:
        why, day = self.failure and self.failure.value, self.suspended_on and self.suspended_on.isoformat()
        told = {"bills": self.bills, "suspended_on": day, **stored_amount(self.amount)}
        return told | {"failure": why, "services": stored(self.services)}


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
    amount: Money | None = None
    services: tuple[Mentioned, ...] = ()
    """What was paid of it and given: each with the first day that is not paid for."""
    invoices: tuple[str, ...] = ()
    """Their names in addresses."""

    @property
    def key(self) -> str:
        return f"{self.kind} {self.order}"

    @property
    def facts(self) -> Mapping[str, Any]:
        told = {"order": self.order, "invoices": self.invoices, **stored_amount(self.amount)}
        return {**told, **counted(self.services)}


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


@dataclass(frozen=True, slots=True)
class PaymentUnderWay:
    """Somebody has paid, and it takes days until it is known whether the money arrives."""

    kind: ClassVar = "payment-under-way"
    payment: str
    """Its key."""
    order: str
    """The code of what it pays."""
    amount: Money

    @property
    def key(self) -> str:
        return f"{self.kind} {self.payment}"

    @property
    def facts(self) -> Mapping[str, Any]:
        return {"order": self.order, **stored_amount(self.amount)}
