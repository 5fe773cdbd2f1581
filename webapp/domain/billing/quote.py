"""What an act will cost: rows, each a term with its price, and their totals.

Taxes are rounded line by line and added up, so that quote, order, invoice and debit agree to the cent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from ..labels import N_, Labelled
from ..law.contracts import Levy, Tax
from ..money import Money
from ..periods import Period
from ..refusals import Refusal


class Purpose(Labelled):
    """Why a term is paid for."""

    RENEW = "renew", N_("Renewal")
    ANTICIPATE = "anticipate", N_("Payment brought forward")
    BILL = "bill", N_("Bill")
    ALIGN = "align", N_("Renewal date aligned")


@dataclass(frozen=True, slots=True)
class Item:
    """One term of one service, and what it costs."""

    reference: str
    portal: str
    """The seller."""
    purpose: Purpose
    duration: Period | None
    """None where it is no whole number of months."""
    start: date
    """The present end: the first day that is bought."""
    end: date
    net: Money
    levies: tuple[Levy, ...]
    anchor_day: int | None = None
    """The day of the month on which it renews from then on; None for the one that it has."""
    restore_fee: Money | None = None
    """The part of the net price that restores a name from redemption; None where it needs no restoring."""

    @property
    def gross(self) -> Money:
        return sum((levy.amount for levy in self.levies), start=self.net)

    @property
    def term_net(self) -> Money:
        """The price of the term alone, net."""
        return Money(self.net.minor - self.restore_fee.minor, self.net.currency) if self.restore_fee else self.net

    @property
    def at_once(self) -> bool:
        """Whether nothing is due, so that it is given without a payment."""
        return not self.gross.minor

    @property
    def seller(self) -> tuple[str, str]:
        """One order has one seller and one currency."""
        return self.portal, self.net.currency


@dataclass(frozen=True)
class SellerPart:
    """What one seller is paid in one currency."""

    items: Sequence[Item]

    @cached_property
    def net(self) -> Money:
        return total(item.net for item in self.items)

    @cached_property
    def gross(self) -> Money:
        return total(item.gross for item in self.items)

    @cached_property
    def levies(self) -> tuple[Levy, ...]:
        """Each tax over all items: the sum of what was rounded line by line."""
        return summed(levy for item in self.items for levy in item.levies)


@dataclass(frozen=True, slots=True)
class Quote:
    items: Sequence[Item]
    refused: Sequence[tuple[str, Refusal]]
    """References, each with the reason."""

    @property
    def parts(self) -> list[SellerPart]:
        """One for each order that it takes."""
        by_seller = sorted(self.items, key=lambda item: item.seller)
        return [SellerPart(tuple(items)) for _seller, items in groupby(by_seller, key=lambda item: item.seller)]


def total(amounts: Iterable[Money]) -> Money:
    """The sum of at least one amount. Raises MoneyError where the currencies differ."""
    first, *more = amounts
    return sum(more, start=first)


def summed(levies: Iterable[Levy]) -> tuple[Levy, ...]:
    """One levy for each tax, in the order in which the taxes are met."""
    amounts: dict[Tax, Money] = {}
    for levy in levies:
        amounts[levy.tax] = amounts[levy.tax] + levy.amount if levy.tax in amounts else levy.amount
    return tuple(Levy(tax, amount) for tax, amount in amounts.items())
