"""Amounts of money: whole minor units, one currency, one rounding rule."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

# ISO 4217 exponents of the currencies that portals sell in: how many digits the minor unit has.
MINOR_DIGITS = {
    "AUD": 2,
    "CAD": 2,
    "CHF": 2,
    "CZK": 2,
    "EUR": 2,
    "GBP": 2,
    "INR": 2,
    "MAD": 2,
    "PLN": 2,
    "SGD": 2,
    "TND": 3,
    "USD": 2,
    "XOF": 0,
}


_AMOUNT = re.compile(r"([0-9]{1,13})(?:[.,]([0-9]{1,3}))?")


class MoneyError(ValueError):
    """The text is not an amount of that currency."""


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in the currency's minor unit (cents for EUR, millimes for TND, francs for XOF)."""

    minor: int
    currency: str

    def __add__(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise MoneyError(f"cannot add {other.currency} to {self.currency}")
        return Money(self.minor + other.minor, self.currency)

    @property
    def decimal(self) -> Decimal:
        """The amount in major units, exact: ``Money(1299, "EUR")`` is ``12.99``."""
        return Decimal(self.minor).scaleb(-MINOR_DIGITS[self.currency])

    def percent(self, rate: Decimal) -> "Money":
        """``rate`` per cent of this amount, rounded by :func:`rounded`."""
        return Money(rounded(Decimal(self.minor) * rate / 100), self.currency)

    def share(self, parts: int, whole: int) -> "Money":
        """So many of ``whole`` equal parts, rounded by :func:`rounded`."""
        return Money(rounded(Decimal(self.minor * parts) / whole), self.currency)

    def over(self, parts: int) -> "Money":
        """One of so many parts, rounded by :func:`rounded`: to compare, never to charge."""
        return Money(rounded(Decimal(self.minor) / parts), self.currency)


def rounded(minor: Decimal) -> int:
    """Whole minor units, halves away from zero: the only rounding rule, applied line by line."""
    return int(minor.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def parse_money(text: str, currency: str) -> Money:
    """Read ``"12.99"`` or ``"12,99"``. Raises MoneyError when it is not an exact, unsigned amount."""
    digits = MINOR_DIGITS.get(currency)
    if digits is None:
        raise MoneyError(f"unknown currency {currency}")
    match = _AMOUNT.fullmatch(text)
    if match is None or len(match[2] or "") > digits:
        raise MoneyError(f"not an amount with at most {digits} decimals")
    return Money(int(match[1] + (match[2] or "").ljust(digits, "0")), currency)
