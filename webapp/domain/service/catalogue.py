"""What is sold: families that carry the renewal rules, and products that belong to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ..labels import N_, Labelled
from ..money import Money
from ..periods import Period


class Remains(Labelled):
    """What becomes of a service that has ended."""

    ERASED = "erased", N_("Its data is erased and cannot be recovered.")
    RELEASED = "released", N_("It goes back on the market, and others may order it.")


class RenewalDay(StrEnum):
    """To which day of the month the renewals of a service may be moved."""

    ANY = "any"
    FIRST = "first"
    """To the 1st, and to no other."""
    ANNIVERSARY = "anniversary"
    """To none: it is the anniversary of a registration."""


@dataclass(frozen=True, slots=True)
class Registry:
    """How a name is lost that nobody renews: what its ending stands for decides."""

    grace_days: int
    """From the end of its term on, on which it is renewed at its usual price."""
    redemption_days: int
    """After those, on which restoring it costs a fee as well; then it is lost."""
    restore_fees: tuple[Money, ...]
    """Net; none in a currency in which no source states it."""

    @property
    def days(self) -> int:
        return self.grace_days + self.redemption_days


@dataclass(frozen=True, slots=True)
class Family:
    """The rules that all products of one kind share (rules/families.toml)."""

    code: str
    label: str
    manual_allowed: bool
    named_together: bool
    """Whether its services belong to those of the same name and owner: a domain, its hosting, its mail."""
    deletion_after_days: int | None
    """Days between suspension and deletion; None where no source states them."""
    remains: Remains | None
    """None where no source states it."""
    kept_after_end_days: int | None
    """Days that data is kept after the end of a service that was cancelled; None where no source states them."""
    renewal_day: RenewalDay | None = None
    """Unknown: it cannot be moved."""
    registered_at_most_months: int | None = None
    """How far ahead a registry lets its names be paid for; None where nothing limits it or no source states it."""
    registries: Mapping[str, Registry] = field(default_factory=dict, hash=False)
    """By the ending of the names that they give, without the dot before it."""

    def registry_of(self, name: str) -> Registry | None:
        """The one with the longest ending that fits; None where no rule knows it."""
        labels = name.casefold().split(".")
        endings = (".".join(labels[start:]) for start in range(1, len(labels)))
        return next((self.registries[ending] for ending in endings if ending in self.registries), None)

    def days_until_deletion(self, name: str) -> int | None:
        """From the suspension of a service of that name on; None where no source states them."""
        registry = self.registry_of(name) if self.registries else None
        return registry.days if registry else self.deletion_after_days


@dataclass(frozen=True, slots=True)
class Product:
    """Something a provider sells."""

    code: str
    name: str
    family: Family
    forced: bool
    """The provider fixes mode and period: nothing to configure."""


PriceList = Mapping[Period, Money]
"""What one product costs in one currency: the net price of a term, for each period it is sold for."""
