"""What happened to a contract: brought by an inventory, configured, ended, kept after all."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Self

from ..law.contracts import Tax
from ..money import Money, parse_money
from ..periods import Period
from ..service.service import Mode
from .kinds import Columns, EventKind, Facts, read_taxes, stored_taxes


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


@dataclass(frozen=True, slots=True)
class RenewalWay:
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
    old: RenewalWay
    new: RenewalWay
    currency: str
    taxes: tuple[Tax, ...]
    """Those that the amounts with tax include; empty in events of version 0.1."""
    agreements: tuple[str, ...]
    """Titles of the agreements accepted with it."""
    day: date | None = None
    """When the paid time ended then: it expires, or is paid for anew; None in events of version 0.1."""

    def stored(self) -> tuple[Facts, Facts]:
        after = {
            **self.new.stored(self.currency),
            "day": self.day and self.day.isoformat(),
            "taxes": stored_taxes(self.taxes),
            "agreements": list(self.agreements),
        }
        return self.old.stored(self.currency), after

    @classmethod
    def read(cls, old: Facts, new: Facts) -> Self:
        agreements = tuple(new["agreements"])
        day = date.fromisoformat(new["day"]) if new.get("day") else None
        return cls(RenewalWay.read(old), RenewalWay.read(new), new["currency"], read_taxes(new), agreements, day)


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The admin contact ended the contract for the future."""

    kind: ClassVar = EventKind.CANCELLED
    day: date
    """The first one without the service."""
    undo_until: datetime
    owed: Money | None = None
    """What was billed and not paid then, tax included; None also where nobody kept it."""
    debited: bool = False
    """Whether it is paid for until then beyond the term that was paid."""

    def stored(self) -> tuple[Facts, Facts]:
        told: Facts = {"day": self.day.isoformat(), "undo_until": self.undo_until.isoformat()}
        owed = {"owed": self.owed.minor, "currency": self.owed.currency} if self.owed else {}
        return {}, {**told, **owed, **({"debited": True} if self.debited else {})}

    @classmethod
    def read(cls, old: Facts, new: Facts) -> Self:
        owed = Money(new["owed"], new["currency"]) if "owed" in new else None
        until = datetime.fromisoformat(new["undo_until"])
        return cls(date.fromisoformat(new["day"]), until, owed, debited="debited" in new)

    @property
    def proof(self) -> str:
        """All of it that a receipt says."""
        owed = f"{self.owed.decimal} {self.owed.currency}" if self.owed else ""
        return " ".join(filter(None, (self.day.isoformat(), owed, "debited" if self.debited else "")))


@dataclass(frozen=True, slots=True)
class CancellationUndone:
    """The service is kept after all; ``day`` is when it would have ended."""

    kind: ClassVar = EventKind.CANCELLATION_UNDONE
    day: date

    @property
    def proof(self) -> str:
        """All of it that a receipt says."""
        return self.day.isoformat()

    def stored(self) -> tuple[Facts, Facts]:
        return {"day": self.day.isoformat()}, {}

    @classmethod
    def read(cls, old: Facts, new: Facts) -> Self:
        return cls(date.fromisoformat(old["day"]))


@dataclass(frozen=True, slots=True)
class Ended:
    """The day came on which the cancellation takes effect."""

    kind: ClassVar = EventKind.ENDED
    day: date
    """The first one without the service."""
    erased_on: date | None
    """When its data is erased for good; None where no source states it."""

    def stored(self) -> tuple[Facts, Facts]:
        return {}, {"day": self.day.isoformat(), "erased_on": self.erased_on and self.erased_on.isoformat()}

    @classmethod
    def read(cls, old: Facts, new: Facts) -> Self:
        erased = date.fromisoformat(new["erased_on"]) if new["erased_on"] else None
        return cls(date.fromisoformat(new["day"]), erased)


Declaration = Cancelled | CancellationUndone
"""What a receipt proves."""
