"""What came of a payment: a term, a bill that is owed no more, or neither."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from ..billing.payment import Return
from ..law.contracts import Tax
from ..money import Money, parse_money
from .kinds import EventKind, Facts, read_taxes, stored_taxes

Prices = tuple[Money, Money, tuple[Tax, ...]]
"""Without tax, with it, and the taxes."""


def _stored(amount: Money) -> Facts:
    return {"amount": str(amount.decimal), "currency": amount.currency}


def _amount(facts: Facts) -> Money:
    return parse_money(facts["amount"], facts["currency"])


def _stored_prices(net: Money, gross: Money, taxes: tuple[Tax, ...]) -> Facts:
    return {
        "price": str(net.decimal),
        "price_with_tax": str(gross.decimal),
        "currency": net.currency,
        "taxes": stored_taxes(taxes),
    }


def _prices(facts: Facts) -> Prices:
    net, gross = (parse_money(facts[name], facts["currency"]) for name in ("price", "price_with_tax"))
    return net, gross, read_taxes(facts)


@dataclass(frozen=True, slots=True)
class Renewed:
    """A term was paid for and added; the amounts are those of the order."""

    kind: ClassVar = EventKind.RENEWED
    order: str | None
    """Its code; None where nothing was due."""
    start: date
    """Until when it was paid before."""
    end: date
    net: Money
    gross: Money
    taxes: tuple[Tax, ...]

    def stored(self) -> tuple[Facts, Facts]:
        prices = _stored_prices(self.net, self.gross, self.taxes)
        return {"end": self.start.isoformat()}, {"end": self.end.isoformat(), "order": self.order, **prices}

    @classmethod
    def read(cls, old: Facts, new: Facts) -> Self:
        return cls(new["order"], date.fromisoformat(old["end"]), date.fromisoformat(new["end"]), *_prices(new))


@dataclass(frozen=True, slots=True)
class RenewedOnBill:
    """It renewed by itself: the next term was given, and a bill for it was made."""

    kind: ClassVar = EventKind.BILLED
    bill: str | None
    """Its name in addresses; None where nothing was due."""
    start: date
    """When the term before ended."""
    end: date
    net: Money
    gross: Money
    taxes: tuple[Tax, ...]

    def stored(self) -> tuple[Facts, Facts]:
        prices = _stored_prices(self.net, self.gross, self.taxes)
        return {"end": self.start.isoformat()}, {"end": self.end.isoformat(), "bill": self.bill, **prices}

    @classmethod
    def read(cls, old: Facts, new: Facts) -> Self:
        return cls(new["bill"], date.fromisoformat(old["end"]), date.fromisoformat(new["end"]), *_prices(new))


@dataclass(frozen=True, slots=True)
class Aligned:
    """It renews on another day of the month; the days until there were paid for, if there are any."""

    kind: ClassVar = EventKind.ALIGNED
    order: str | None
    """Its code; None where nothing was due."""
    old_day: int
    day: int
    start: date
    """Until when it was paid before."""
    end: date
    net: Money
    gross: Money
    taxes: tuple[Tax, ...]

    def stored(self) -> tuple[Facts, Facts]:
        prices = _stored_prices(self.net, self.gross, self.taxes)
        new = {"end": self.end.isoformat(), "day": self.day, "order": self.order, **prices}
        return {"end": self.start.isoformat(), "day": self.old_day}, new

    @classmethod
    def read(cls, old: Facts, new: Facts) -> Self:
        start, end = date.fromisoformat(old["end"]), date.fromisoformat(new["end"])
        return cls(new["order"], old["day"], new["day"], start, end, *_prices(new))


@dataclass(frozen=True, slots=True)
class BillPaid:
    """A bill was paid; where it bought a term, that was added."""

    kind: ClassVar = EventKind.BILL_PAID
    order: str
    """Its code."""
    bill: str
    """Its name in addresses."""
    amount: Money
    """Tax included."""
    term: tuple[date, date] | None
    """``[start, end)``."""

    def stored(self) -> tuple[Facts, Facts]:
        start, end = (day.isoformat() for day in self.term) if self.term else (None, None)
        return {"end": start}, {"end": end, "order": self.order, "bill": self.bill, **_stored(self.amount)}

    @classmethod
    def read(cls, old: Facts, new: Facts) -> Self:
        term = (date.fromisoformat(old["end"]), date.fromisoformat(new["end"])) if new["end"] else None
        return cls(new["order"], new["bill"], _amount(new), term)


@dataclass(frozen=True, slots=True)
class OfBill:
    """So much of a bill, by an order."""

    order: str
    """Its code."""
    bill: str
    """Its name in addresses."""
    amount: Money
    """Tax included."""

    def stored(self) -> tuple[Facts, Facts]:
        return {}, {"order": self.order, "bill": self.bill, **_stored(self.amount)}

    @classmethod
    def read(cls, old: Facts, new: Facts) -> Self:
        return cls(new["order"], new["bill"], _amount(new))


@dataclass(frozen=True, slots=True)
class BillCredited(OfBill):
    """What a bill was for could not be given when its payment came: it is owed no more, and the money is credit."""

    kind: ClassVar = EventKind.BILL_CREDITED


@dataclass(frozen=True, slots=True)
class PaymentRestored(OfBill):
    """The payment stands after all: what was still owed again is owed no more."""

    kind: ClassVar = EventKind.PAYMENT_RESTORED


@dataclass(frozen=True, slots=True)
class PaymentReturned:
    """What was paid for it was taken back: what it was for is kept, and the amount is owed again."""

    kind: ClassVar = EventKind.PAYMENT_RETURNED
    order: str
    """Its code."""
    bill: str
    """The name of the payment request in addresses."""
    amount: Money
    """Tax included."""
    reason: Return | None
    """None where the provider gave none."""

    def stored(self) -> tuple[Facts, Facts]:
        reason = {"reason": self.reason.value} if self.reason else {}
        return {}, {"order": self.order, "bill": self.bill, **reason, **_stored(self.amount)}

    @classmethod
    def read(cls, old: Facts, new: Facts) -> Self:
        return cls(new["order"], new["bill"], _amount(new), Return.of(new["reason"]) if "reason" in new else None)
