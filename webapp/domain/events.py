"""What happened to a service, as facts that are recorded for ever and never reinterpreted.

An event keeps the amounts, the currency, the tax and the rules of its time. It is stored as what was before and
what came after (``old`` and ``new``); every form that was ever stored has a reader here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Self

from .labels import N_, Labelled
from .law.contracts import Tax
from .money import Money, parse_money
from .periods import Period
from .service.service import Mode

Facts = Mapping[str, Any]
Columns = Mapping[str, str | None]


class EventKind(Labelled):
    IMPORTED = "imported", N_("Added to your services")
    IMPORT_CHANGED = "import-changed", N_("Changed by an inventory import")
    RENEWAL_CONFIGURED = "renewal-configured", N_("Renewal configured")
    CANCELLED = "cancelled", N_("Cancellation")
    CANCELLATION_UNDONE = "cancellation-undone", N_("Cancellation undone")
    RENEWED = "renewed", N_("Renewed")
    BILL_PAID = "bill-paid", N_("Bill paid")
    BILL_CREDITED = "bill-credited", N_("Bill taken back by a credit note")


@dataclass(frozen=True, slots=True)
class Imported:
    """The provider's inventory brought the service; ``columns`` as its file is written."""

    kind: ClassVar = EventKind.IMPORTED
    columns: Columns

    def stored(self) -> tuple[Facts, Facts]:
        return {}, dict(self.columns)

    @classmethod
    def read(cls, old: Facts, new: Facts) -> Self:
        return cls(new)


@dataclass(frozen=True, slots=True)
class InventoryChanged:
    """The provider's inventory said something new; the columns that changed, as its file is written."""

    kind: ClassVar = EventKind.IMPORT_CHANGED
    old: Columns
    new: Columns
    currency: str | None
    """Of the amounts; None in events of version 0.1, which did not keep it."""

    def stored(self) -> tuple[Facts, Facts]:
        currency = {"currency": self.currency}
        return {**currency, **self.old}, {**currency, **self.new}

    @classmethod
    def read(cls, old: Facts, new: Facts) -> Self:
        currency = new.get("currency")
        if old.get("currency") == currency:
            old, new = (
                {name: value for name, value in columns.items() if name != "currency"} for columns in (old, new)
            )
        return cls(old, new, currency)


def _stored(taxes: Iterable[Tax]) -> list[Mapping[str, str]]:
    return [{"name": tax.name, "percent": str(tax.percent)} for tax in taxes]


def _read_taxes(facts: Facts) -> tuple[Tax, ...]:
    return tuple(Tax(tax["name"], Decimal(tax["percent"])) for tax in facts.get("taxes", ()))


@dataclass(frozen=True, slots=True)
class Renewing:
    """A way of renewing, with what one term costs."""

    mode: Mode
    period: Period | None = None
    net: Money | None = None
    gross: Money | None = None
    """With tax; None in events of version 0.1, which did not keep it, and where nothing is debited."""

    def stored(self, currency: str) -> Facts:
        return {
            "mode": self.mode.value,
            "period": self.period and str(self.period),
            "price": self.net and str(self.net.decimal),
            "price_with_tax": self.gross and str(self.gross.decimal),
            "currency": currency,
        }

    @classmethod
    def read(cls, facts: Facts) -> Self:
        def amount(name: str) -> Money | None:
            return parse_money(facts[name], facts["currency"]) if facts.get(name) else None

        period = Period.parse(facts["period"]) if facts["period"] else None
        return cls(Mode.of(facts["mode"]), period, amount("price"), amount("price_with_tax"))


@dataclass(frozen=True, slots=True)
class RenewalConfigured:
    """The billing contact chose another way of renewing."""

    kind: ClassVar = EventKind.RENEWAL_CONFIGURED
    old: Renewing
    new: Renewing
    currency: str
    taxes: tuple[Tax, ...]
    """Those that the amounts with tax include; empty in events of version 0.1."""
    agreements: tuple[str, ...]
    """Titles of the agreements accepted with it."""

    def stored(self) -> tuple[Facts, Facts]:
        after = {
            **self.new.stored(self.currency),
            "taxes": _stored(self.taxes),
            "agreements": list(self.agreements),
        }
        return self.old.stored(self.currency), after

    @classmethod
    def read(cls, old: Facts, new: Facts) -> Self:
        agreements = tuple(new["agreements"])
        return cls(Renewing.read(old), Renewing.read(new), new["currency"], _read_taxes(new), agreements)


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The admin contact ended the contract for the future."""

    kind: ClassVar = EventKind.CANCELLED
    day: date
    """The first one without the service."""
    undo_until: datetime

    def stored(self) -> tuple[Facts, Facts]:
        return {}, {"day": self.day.isoformat(), "undo_until": self.undo_until.isoformat()}

    @classmethod
    def read(cls, old: Facts, new: Facts) -> Self:
        return cls(date.fromisoformat(new["day"]), datetime.fromisoformat(new["undo_until"]))


@dataclass(frozen=True, slots=True)
class CancellationUndone:
    """The service is kept after all; ``day`` is when it would have ended."""

    kind: ClassVar = EventKind.CANCELLATION_UNDONE
    day: date

    def stored(self) -> tuple[Facts, Facts]:
        return {"day": self.day.isoformat()}, {}

    @classmethod
    def read(cls, old: Facts, new: Facts) -> Self:
        return cls(date.fromisoformat(old["day"]))


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
            "taxes": _stored(self.taxes),
        }
        return {"end": self.start.isoformat()}, after

    @classmethod
    def read(cls, old: Facts, new: Facts) -> Self:
        net, gross = (parse_money(new[name], new["currency"]) for name in ("price", "price_with_tax"))
        days = date.fromisoformat(old["end"]), date.fromisoformat(new["end"])
        return cls(new["order"], *days, net, gross, _read_taxes(new))


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
        amount = {"amount": str(self.amount.decimal), "currency": self.amount.currency}
        return {"end": start}, {"end": end, "order": self.order, "bill": self.bill, **amount}

    @classmethod
    def read(cls, old: Facts, new: Facts) -> Self:
        term = (date.fromisoformat(old["end"]), date.fromisoformat(new["end"])) if new["end"] else None
        return cls(new["order"], new["bill"], parse_money(new["amount"], new["currency"]), term)


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
        amount = {"amount": str(self.amount.decimal), "currency": self.amount.currency}
        return {}, {"order": self.order, "bill": self.bill, **amount}

    @classmethod
    def read(cls, old: Facts, new: Facts) -> Self:
        return cls(new["order"], new["bill"], parse_money(new["amount"], new["currency"]))


Declaration = Cancelled | CancellationUndone
"""What a receipt proves."""
ServiceEvent = Imported | InventoryChanged | RenewalConfigured | Renewed | BillPaid | BillCredited | Declaration
KINDS: Mapping[EventKind, type[ServiceEvent]] = {
    kind.kind: kind
    for kind in (
        Imported,
        InventoryChanged,
        RenewalConfigured,
        Cancelled,
        CancellationUndone,
        Renewed,
        BillPaid,
        BillCredited,
    )
}


def read(kind: EventKind, old: Facts, new: Facts) -> ServiceEvent:
    """The event that was stored, in whichever version."""
    return KINDS[kind].read(old, new)


def read_declaration(kind: EventKind, old: Facts, new: Facts) -> Declaration:
    """One of the events of a receipt. Raises TypeError for any other."""
    event = read(kind, old, new)
    if not isinstance(event, Cancelled | CancellationUndone):
        raise TypeError(f"no receipt is given for {kind}")
    return event
