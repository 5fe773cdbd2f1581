"""What a preview tells, as typed values with one notation: a confirmation binds to it, a difference is told by it.

The notation is JSON: each value is a pair of its kind and of what it is made of. It comes back from browsers, so
whoever reads it gets these types with values that can be said, or nothing.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from .law.contracts import Tax
from .methods import MethodKind
from .money import MINOR_DIGITS, Money
from .periods import Period
from .service.catalogue import Remains

MOST_MINOR = 10**15
LONGEST = 16_000
"""Characters of a notation that is read."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """``[start, end)``."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class DebitDay:
    """A debit: the day it is taken, and the stretch that it pays."""

    on: date
    stretch: Stretch


@dataclass(frozen=True, slots=True)
class Duration:
    """One that can be paid for, until when, and its price with tax."""

    period: Period
    end: date
    price: Money


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    day: int


@dataclass(frozen=True, slots=True)
class Method:
    """A payment method, as its owner knows it."""

    kind: MethodKind
    label: str


@dataclass(frozen=True, slots=True)
class Owing:
    """A bill, and what is owed of it."""

    bill: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Alongside:
    """A service that belongs to another one, by its reference, with what is told of it."""

    reference: str
    told: "Fact"


Fact = (
    str
    | date
    | Money
    | Tax
    | Remains
    | Stretch
    | DebitDay
    | Duration
    | DayOfMonth
    | Method
    | Owing
    | Alongside
    | tuple[Any, ...]
)
Facts = Mapping[str, Fact]
T = TypeVar("T")


class Unreadable(ValueError):
    """It is no notation of a fact."""


@dataclass(frozen=True, slots=True)
class Notation:
    """How values of one type are written."""

    name: str
    type: type[Any]
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]
    """Raises whatever it likes for what it cannot read."""


def _days(told: Sequence[str]) -> Stretch:
    start, end = map(date.fromisoformat, told)
    return Stretch(start, end)


def _exactly(kind: type[T], value: Any) -> T:
    if type(value) is not kind:
        raise Unreadable(f"not of type {kind.__name__}")
    return value


def _money(told: Sequence[Any]) -> Money:
    minor, currency = told
    if currency not in MINOR_DIGITS or abs(_exactly(int, minor)) >= MOST_MINOR:
        raise Unreadable("no amount")
    return Money(minor, currency)


def _tax(told: Any) -> Tax:
    name, percent = _parts(told, _text, Decimal)
    if not 0 <= percent <= 100:
        raise Unreadable("no rate")
    return Tax(name, percent)


def _day_of_month(told: Any) -> DayOfMonth:
    if _exactly(int, told) not in range(1, 32):
        raise Unreadable("no day of a month")
    return DayOfMonth(told)


def _parts(told: Any, *read: Callable[[Any], Any]) -> list[Any]:
    return [reader(part) for reader, part in zip(read, _exactly(list, told), strict=True)]


def _text(value: Any) -> str:
    return _exactly(str, value)


NOTATIONS = (
    Notation("text", str, str, _text),
    Notation("day", date, date.isoformat, date.fromisoformat),
    Notation("money", Money, lambda value: [value.minor, value.currency], _money),
    Notation("tax", Tax, lambda value: [value.name, str(value.percent)], _tax),
    Notation("remains", Remains, lambda value: value.value, Remains.of),
    Notation("stretch", Stretch, lambda value: [str(value.start), str(value.end)], _days),
    Notation(
        "due",
        DebitDay,
        lambda value: [str(value.on), str(value.stretch.start), str(value.stretch.end)],
        lambda told: DebitDay(date.fromisoformat(told[0]), _days(told[1:])),
    ),
    Notation(
        "duration",
        Duration,
        lambda value: [str(value.period), str(value.end), value.price.minor, value.price.currency],
        lambda told: Duration(Period.parse(told[0]), date.fromisoformat(told[1]), _money(told[2:])),
    ),
    Notation("day-of-month", DayOfMonth, lambda value: value.day, _day_of_month),
    Notation(
        "method",
        Method,
        lambda value: [value.kind.value, value.label],
        lambda told: Method(*_parts(told, MethodKind.of, _text)),
    ),
    Notation(
        "owing",
        Owing,
        lambda value: [value.bill, value.amount.minor, value.amount.currency],
        lambda told: Owing(_text(told[0]), _money(told[1:])),
    ),
    Notation(
        "companion",
        Alongside,
        lambda value: [value.reference, _written(value.told)],
        lambda told: Alongside(*_parts(told, _text, _read)),
    ),
    Notation(
        "several", tuple, lambda value: list(map(_written, value)), lambda told: tuple(map(_read, _exactly(list, told)))
    ),
)
BY_TYPE = {each.type: each for each in NOTATIONS}
BY_NAME = {each.name: each for each in NOTATIONS}
UNFIT = (ArithmeticError, LookupError, RecursionError, TypeError, ValueError)


def _written(fact: Fact) -> list[Any]:
    notation = BY_TYPE[type(fact)]
    return [notation.name, notation.write(fact)]


def _read(told: Any) -> Any:
    name, content = _exactly(list, told)
    return BY_NAME[name].read(content)


def given(**facts: Fact | None) -> Facts:
    """Those that there are: nothing is told of what is None or empty."""
    return {name: fact for name, fact in facts.items() if fact not in (None, "", ())}


def written(facts: Facts) -> str:
    """The facts in the one way they are written."""
    return json.dumps({name: _written(fact) for name, fact in facts.items()}, sort_keys=True, separators=(",", ":"))


def read(text: str) -> Facts:
    """Raises Unreadable."""
    try:
        told = _exactly(dict, json.loads(text[:LONGEST]))
        return {_text(name): _read(fact) for name, fact in told.items()}
    except UNFIT as error:
        raise Unreadable(str(error)) from error
