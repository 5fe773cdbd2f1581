"""What a customer was told of ahead, and lost since they did not act."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from ..billing.payment import Failure
from ..money import Money
from ..service.service import Suspension
from .kinds import EventKind, Facts


@dataclass(frozen=True, slots=True)
class Reminded:
    """Its payer was told what happens on a day unless they act."""

    kind: ClassVar = EventKind.REMINDED
    day: date
    deleted: bool
    """Whether it will be deleted then; otherwise it will be suspended."""

    def stored(self) -> tuple[Facts, Facts]:
        return {}, {"day": self.day.isoformat(), "deleted": self.deleted}

    @classmethod
    def read(cls, old: Facts, new: Facts) -> Self:
        return cls(date.fromisoformat(new["day"]), new["deleted"])


@dataclass(frozen=True, slots=True)
class ToldOfADay:
    kind: ClassVar[EventKind]
    day: date

    def stored(self) -> tuple[Facts, Facts]:
        return {}, {"day": self.day.isoformat()}

    @classmethod
    def read(cls, old: Facts, new: Facts) -> Self:
        return cls(date.fromisoformat(new["day"]))


class AskedAgain(ToldOfADay):
    """What is unpaid was debited again, or its payer was asked for it; on that day it will be suspended."""

    kind = EventKind.ASKED_AGAIN


class Recapped(ToldOfADay):
    """Its payer was told that it renews by itself on that day."""

    kind = EventKind.RECAPPED


@dataclass(frozen=True, slots=True)
class NotDebited:
    """What it was renewed for could not be debited, and its payer was told so."""

    kind: ClassVar = EventKind.NOT_DEBITED
    bill: str
    """Its name in addresses."""
    amount: Money
    failure: Failure | None
    day: date | None
    """On which it will be suspended if that is not paid; None where it is not there any more."""

    def stored(self) -> tuple[Facts, Facts]:
        told = {"bill": self.bill, "minor": self.amount.minor, "currency": self.amount.currency}
        return {}, told | {"failure": self.failure and self.failure.value, "day": self.day and self.day.isoformat()}

    @classmethod
    def read(cls, old: Facts, new: Facts) -> Self:
        failure = Failure.of(new["failure"]) if new["failure"] else None
        day = date.fromisoformat(new["day"]) if new["day"] else None
        return cls(new["bill"], Money(new["minor"], new["currency"]), failure, day)


@dataclass(frozen=True, slots=True)
class Suspended:
    kind: ClassVar = EventKind.SUSPENDED
    reason: Suspension
    deleted_on: date | None
    """None where no source states it."""

    def stored(self) -> tuple[Facts, Facts]:
        deleted_on = self.deleted_on and self.deleted_on.isoformat()
        return {}, {"reason": self.reason.value, "deleted_on": deleted_on}

    @classmethod
    def read(cls, old: Facts, new: Facts) -> Self:
        day = date.fromisoformat(new["deleted_on"]) if new["deleted_on"] else None
        return cls(Suspension.of(new["reason"]), day)


@dataclass(frozen=True, slots=True)
class Deleted:
    kind: ClassVar = EventKind.DELETED
    credited: Money | None
    """What had been billed for a term that nobody had, tax included; None where nothing had."""

    def stored(self) -> tuple[Facts, Facts]:
        if self.credited is None:
            return {}, {}
        return {}, {"minor": self.credited.minor, "currency": self.credited.currency}

    @classmethod
    def read(cls, old: Facts, new: Facts) -> Self:
        return cls(Money(new["minor"], new["currency"]) if new else None)
