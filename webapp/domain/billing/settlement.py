"""How what is due is paid: in parts, each by one means."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..labels import N_, Labelled
from ..methods import PaymentMethod
from ..money import Money


class Means(Labelled):
    """By which a part is paid."""

    BALANCE = "balance", N_("From your balance")
    CHECKOUT = "checkout", N_("On the page of our payment provider")
    SAVED = "saved", N_("With a saved payment method")


class Fund(Labelled):
    """Where the money for a renewal comes from that nobody orders."""

    BALANCE = "balance", N_("Your balance")
    METHOD = "method", N_("Your default payment method")
    BILL = "bill", N_("A bill")


def order_of_funds(on: date, method: PaymentMethod | None, balance: Money | None = None) -> tuple[Fund, ...]:
    """From where what is due on that day is taken, one after the other: the balance, the default method, else a bill.

    No bill that a balance pays in part is sent for more than the rest.
    """
    first = (Fund.BALANCE,) if balance and balance.minor > 0 else ()
    return (*first, Fund.METHOD if method and method.usable_on(on) else Fund.BILL)


@dataclass(frozen=True, slots=True)
class Part:
    """An amount, with tax, that is asked for by one means."""

    means: Means
    amount: Money


def plan(
    due: Money, taken: Iterable[Money], means: Means = Means.CHECKOUT, balance: Money | None = None
) -> tuple[Part, ...]:
    """The parts by which the rest is to be paid: the balance is spent first, then the means that was chosen is asked.

    None where nothing is left.
    """
    paid = tuple(taken)
    left = due.minor - sum(paid, start=Money(0, due.currency)).minor
    spent = max(0, min(left, balance.minor)) if balance else 0
    parts = (Part(Means.BALANCE, Money(spent, due.currency)), Part(means, Money(left - spent, due.currency)))
    planned = tuple(part for part in parts if part.amount.minor > 0)
    return planned if planned or paid else parts[1:]


def demanded(kept: Iterable[int], returned: int) -> list[int]:
    """What is owed again of each line that keeps what was paid for it, where so much was taken back of the payment.

    All in minor units; line by line, and never more than a line cost.
    """
    demands = []
    for minor in kept:
        demands.append(min(minor, returned))
        returned -= demands[-1]
    return demands


def covered(due: Money, taken: Iterable[Money]) -> bool:
    """Whether the parts that were taken pay all of it."""
    return sum(taken, start=Money(0, due.currency)).minor >= due.minor
