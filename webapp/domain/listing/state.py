"""Lists whose state is their address: the same query string gives the same list to anyone who may see it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar, Self, TypeVar
from urllib.parse import urlencode

from ..folding import fold

T = TypeVar("T")
LONGEST_SEARCH = 4000
ADDRESS = {"since": "from", "until": "to"}
"""Filters whose name in the address is no Python name."""
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})")


class ListState:
    """Filters, an order and a page of a list: the base of frozen dataclasses whose fields have defaults.

    Several values of one filter widen the list, several filters narrow it.
    """

    __slots__ = ()
    FILTERS: ClassVar[tuple[str, ...]]
    KEPT: ClassVar[tuple[str, ...]] = ()
    """What stays besides the order when search and filters are cleared."""
    sort: Any
    descending: bool

    def having(self, **changes: Any) -> Self:
        """The same list with something changed; a change of anything but the page leads to page 1."""
        return replace(self, **{"page": 1} | changes)  # type: ignore[type-var]

    def without(self, name: str, value: Any) -> Self:
        """The same list with one filter value taken away."""
        kept = getattr(self, name)
        rest = tuple(each for each in kept if each != value) if isinstance(kept, tuple) else None
        return self.having(**{name: getattr(type(self)(), name) if rest is None else rest})

    def sorted_by(self, sort: Any) -> Self:
        """The same list by that column; the other way round if it is sorted by it already."""
        return self.having(sort=sort, descending=self.sort is sort and not self.descending)

    @property
    def filters(self) -> list[tuple[str, Any]]:
        """Every active filter value by its name."""
        active: list[tuple[str, Any]] = []
        for name in self.FILTERS:
            value = getattr(self, name)
            active += [(name, each) for each in value] if isinstance(value, tuple) else [(name, value)] if value else []
        return active

    def cleared(self) -> Self:
        """The same order without search and filters."""
        kept = {name: getattr(self, name) for name in ("sort", "descending", *self.KEPT)}
        return replace(type(self)(), **kept)  # type: ignore[type-var]

    @classmethod
    def written(cls, name: str, value: Any) -> str:
        """A filter value as the address has it."""
        return str(value)

    @property
    def query(self) -> str:
        """The state as a query string, defaults left out: equal states give equal strings."""
        blank = type(self)()
        pairs = [(ADDRESS.get(name, name), self.written(name, value)) for name, value in self.filters]
        if self.sort is not blank.sort or self.descending != blank.descending:
            pairs.append(("sort", ("-" if self.descending else "") + self.sort.value))
        numbers = ((name, getattr(self, name)) for name in ("page", *self.KEPT))
        pairs += [(name, str(value)) for name, value in numbers if value != getattr(blank, name)]
        return urlencode(pairs)

    def at(self, base: str) -> str:
        """The address of this state on the page of that address."""
        query = self.query
        return f"{base}?{query}" if query else base


@dataclass(frozen=True, slots=True)
class Unusable:
    """Something in an address that this list does not know; it was left out."""

    name: str
    value: str
    too_long: bool = False


class TooLong(ValueError):
    """More is searched for than one address can hold."""


class AddressReader:
    """Takes values out of an address and remembers those that make no sense.

    ``args`` holds every value of every parameter; parameters of other names are not looked at.
    """

    def __init__(self, args: Mapping[str, list[str]]) -> None:
        self._args = args
        self.unusable: list[Unusable] = []

    def many(self, name: str, read: Callable[[str], T]) -> tuple[T, ...]:
        values = (self._try(name, text, read) for text in self._args.get(name, ()) if text)
        return tuple(dict.fromkeys(value for value in values if value is not None))

    def one(self, name: str, read: Callable[[str], T], default: T) -> T:
        values = [self._try(name, text, read) for text in self._args.get(name, ())[:1] if text]
        return default if not values or values[0] is None else values[0]

    def order(self, of: Callable[[str], T], default: tuple[T, bool]) -> tuple[T, bool]:
        """The column, and whether it is the other way round, as in ``sort=-date``."""
        return self.one("sort", lambda text: (of(text.removeprefix("-")), text.startswith("-")), default)

    def _try(self, name: str, text: str, read: Callable[[str], T]) -> T | None:
        try:
            return read(text)
        except (KeyError, ValueError) as error:
            self.unusable.append(Unusable(name, text[:40], too_long=isinstance(error, TooLong)))
            return None


def read_day(text: str) -> date:
    """A day as ``2026-12-31``, ``31/12/2026`` or ``31.12.2026``. Raises ValueError."""
    text = text.strip()
    match = _DAY_FIRST.fullmatch(text)
    if match:
        day, month, year = map(int, match.groups())
        return date(year, month, day)
    return date.fromisoformat(text)


def read_search(text: str) -> str:
    """Raises ValueError."""
    if "\0" in text or "\ufffd" in text:
        raise ValueError("not text")
    if len(text) > LONGEST_SEARCH or len(fold(text)) > LONGEST_SEARCH:
        raise TooLong
    return " ".join(text.split())


def read_page(text: str) -> int:
    """Raises ValueError."""
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= 1_000_000:
        raise ValueError("not a page number")
    return int(text)
