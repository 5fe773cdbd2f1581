"""What a message is, the key that makes it once, and how what many of them tell is stored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, ClassVar, Protocol, Self

from ..billing.price import Price
from ..labels import N_, Labelled
from ..money import Money
from ..periods import DaysFrom

LONGEST_KEY = 120
MOST_NAMED = 50
"""Services that a mail names; the others are counted."""
MOST_EXPLAINED = 5
"""Services of which a mail says why their days and amounts are what they are."""
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
"""Before it is told again where that failed; after the last one it is given up."""


class MessageState(Labelled):
    WAITING = "waiting", N_("Waiting")
    DONE = "done", N_("Sent")
    FAILED = "failed", N_("Not delivered")
    UNSURE = "unsure", N_("Perhaps sent")
    GATHERED = "gathered", N_("Waits for the next digest")


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
    dearer_on: date | None = None
    """From then on, the amount is to be paid as well, to have a name restored."""
    price: Price | None = None
    """What the amount is made of, where that is known."""
    counted: DaysFrom | None = None
    """What the day follows from, where it is counted from another one."""

    def unpriced(self) -> Self:
        """For whoever may not know what it costs."""
        return replace(self, amount=None, dearer_on=None, price=None)

    def unexplained(self) -> Self:
        return replace(self, price=None, counted=None)

    def stored(self) -> Mapping[str, Any]:
        day = self.day and self.day.isoformat()
        dearer = {"dearer_on": self.dearer_on.isoformat()} if self.dearer_on else {}
        price = {"price": self.price.stored()} if self.price else {}
        counted = {"since": self.counted.day.isoformat(), "days": self.counted.days} if self.counted else {}
        told = {"reference": self.reference, "name": self.name, "day": day, **stored_amount(self.amount)}
        return {**told, **dearer, **price, **counted}

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        day = date.fromisoformat(stored["day"]) if stored["day"] else None
        dearer_on = date.fromisoformat(stored["dearer_on"]) if "dearer_on" in stored else None
        price = Price.read(stored["price"]) if "price" in stored else None
        counted = DaysFrom(date.fromisoformat(stored["since"]), stored["days"]) if "since" in stored else None
        return cls(stored["reference"], stored["name"], day, read_amount(stored), dearer_on, price, counted)


def most_pressing_first(services: Iterable[Mentioned]) -> tuple[Mentioned, ...]:
    return tuple(sorted(services, key=lambda each: (each.day or date.max, each.reference)))


def counted(services: Sequence[Mentioned], count: int | None = None) -> Mapping[str, Any]:
    """The first of them, and how many they are, for messages that may be about thousands."""
    return {"services": stored(services[:MOST_NAMED]), "count": count or len(services)}


def stored(services: Sequence[Mentioned]) -> Sequence[Mapping[str, Any]]:
    """Of as many as are explained, with all that this takes."""
    rest = (each.unexplained() for each in services[MOST_EXPLAINED:])
    return [each.stored() for each in (*services[:MOST_EXPLAINED], *rest)]


def stored_amount(amount: Money | None) -> Mapping[str, Any]:
    return {"minor": amount.minor, "currency": amount.currency} if amount else {}


def read_amount(stored: Mapping[str, Any]) -> Money | None:
    return Money(stored["minor"], stored["currency"]) if "minor" in stored else None
