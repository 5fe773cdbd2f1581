"""How what is due is paid: in parts, each by one means."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..labels import N_, Labelled
from ..money import Money


class Means(Labelled):
    """By which a part is paid."""

    CHECKOUT = "checkout", N_("On the page of our payment provider")
    SAVED = "saved", N_("With a saved payment method")


@dataclass(frozen=True, slots=True)
class Part:
    """An amount, with tax, that is asked for by one means."""

    means: Means
    amount: Money


def plan(due: Money, taken: Iterable[Money], means: Means = Means.CHECKOUT) -> tuple[Part, ...]:
    """The parts by which the rest is to be paid: all of it by the means that was chosen. None where nothing is left."""
    paid = tuple(taken)
    left = Money(due.minor - sum(paid, start=Money(0, due.currency)).minor, due.currency)
    return (Part(means, left),) if left.minor > 0 or not paid else ()


def covered(due: Money, taken: Iterable[Money]) -> bool:
    """Whether the parts that were taken pay all of it."""
    return sum(taken, start=Money(0, due.currency)).minor >= due.minor
