"""What came of a payment: a term, a bill that is owed no more, or neither."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from ..law.contracts import Tax
from ..money import Money, parse_money
from .kinds import EventKind, Facts, read_taxes, stored_taxes


def _stored(amount: Money) -> Facts:
    return {"amount": str(amount.decimal), "currency": amount.currency}


def _amount(facts: Facts) -> Money:
    return parse_money(facts["amount"], facts["currency"])


@dataclass(frozen=True, slots=True)
class Renewed:
    """A term was paid for and added; the amounts are those of the order."""

    kind: ClassVar = EventKind.RENEWED
    order: str
    """Its code."""
    start: date
    """Until when it was paid before."""
    end: date
    net: Money
    gross: Money
    taxes: tuple[Tax, ...]

    def stored(self) -> tuple[Facts, Facts]:
        after = {
            "end": self.end.isoformat(),
            "order": self.order,
            "price": str(self.net.decimal),
            "price_with_tax": str(self.gross.decimal),
            "currency": self.net.currency,
            "taxes": stored_taxes(self.taxes),
        }
        return {"end": self.start.isoformat()}, after

    @classmethod
    def read(cls, old: Facts, new: Facts) -> Self:
        net, gross = (parse_money(new[name], new["currency"]) for name in ("price", "price_with_tax"))
        days = date.fromisoformat(old["end"]), date.fromisoformat(new["end"])
        return cls(new["order"], *days, net, gross, read_taxes(new))


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
class BillCredited:
    """What a bill was for could not be given when its payment came: it is owed no more, and the money is credit."""

    kind: ClassVar = EventKind.BILL_CREDITED
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
