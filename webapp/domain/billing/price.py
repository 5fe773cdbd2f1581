"""What an amount is made of, so that it can be told how it is reckoned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from ..law.contracts import ContractRules, Levy, TaxNote
from ..money import Money
from ..periods import Period


@dataclass(frozen=True, slots=True)
class Price:
    net: Money
    levies: Sequence[Levy]
    duration: Period | None
    """For how long; None for days that are no whole number of months."""
    netted: bool
    """Whether its reader is told prices without tax."""
    fee: Money | None = None
    """The part of the net price that restores a name from redemption."""
    note: TaxNote | None = None
    """Why there is no tax, where the law wants that to be said."""

    @classmethod
    def of(cls, net: Money, rules: ContractRules, duration: Period | None) -> Self:
        return cls(net, rules.levies(net), duration, rules.shows_net_prices, note=rules.tax_note)

    @property
    def gross(self) -> Money:
        return sum((levy.amount for levy in self.levies), start=self.net)

    @property
    def shown(self) -> Money:
        """As its reader is told it."""
        return self.net if self.netted else self.gross

    @property
    def shown_fee(self) -> Money | None:
        if self.fee is None or self.netted:
            return self.fee
        return sum((self.fee.percent(levy.tax.percent) for levy in self.levies), start=self.fee)

    def stored(self) -> Mapping[str, Any]:
        fee = {"fee": self.fee.minor} if self.fee else {}
        note = {"note": self.note.value} if self.note else {}
        told = {"net": self.net.minor, "currency": self.net.currency, "netted": self.netted, **fee, **note}
        duration = {"duration": str(self.duration)} if self.duration else {}
        return {**told, **duration, "levies": [levy.stored() for levy in self.levies]}

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        currency = stored["currency"]
        return cls(
            Money(stored["net"], currency),
            tuple(Levy.read(each, currency) for each in stored["levies"]),
            Period.parse(stored["duration"]) if "duration" in stored else None,
            stored["netted"],
            Money(stored["fee"], currency) if "fee" in stored else None,
            TaxNote.of(stored["note"]) if "note" in stored else None,
        )
