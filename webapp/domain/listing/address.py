"""How an address is read: whatever makes no sense in it is left out and told of."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from ..folding import fold
from ..roles import ROLES
from ..service.service import Availability, Mode
from ..service.status import Status
from .table import BLANK, FLAGS, SIZES, Due, Sort, Table

T = TypeVar("T")
LONGEST_SEARCH = 4000
_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")


@dataclass(frozen=True, slots=True)
class Unusable:
    """Something in an address that this table does not know; it was left out."""

    name: str
    value: str
    too_long: bool = False


def read_table(args: Mapping[str, list[str]], families: Iterable[str]) -> tuple[Table, list[Unusable]]:
    """The state that an address asks for, and what of it could not be used.

    ``args`` holds every value of every parameter; parameters of other names are not looked at.
    """
    reader = _Reader(args)
    sort = reader.one("sort", lambda text: (Sort.of(text.removeprefix("-")), text.startswith("-")), (BLANK.sort, False))
    table = Table(
        q=reader.one("q", _search, ""),
        type=reader.many("type", {code: code for code in families}.__getitem__),
        availability=reader.many("availability", Availability.of),
        status=reader.many("status", Status.of),
        mode=reader.many("mode", Mode.of),
        due=reader.many("due", Due.of),
        since=reader.one("from", read_day, None),
        until=reader.one("to", read_day, None),
        role=reader.many("role", {role.word: role for role in ROLES}.__getitem__),
        bill=reader.one("bill", _flag("bill"), False),
        selected=reader.one("selected", _flag("selected"), False),
        sort=sort[0],
        descending=sort[1],
        page=reader.one("page", _page, 1),
        size=reader.one("size", {str(size): size for size in SIZES}.__getitem__, BLANK.size),
    )
    return table, reader.unusable


class TooLong(ValueError):
    """More is searched for than one address can hold."""


class _Reader:
    """Takes values out of an address and remembers those that make no sense."""

    def __init__(self, args: Mapping[str, list[str]]) -> None:
        self._args = args
        self.unusable: list[Unusable] = []

    def many(self, name: str, read: Callable[[str], T]) -> tuple[T, ...]:
        values = (self._try(name, text, read) for text in self._args.get(name, ()) if text)
        return tuple(dict.fromkeys(value for value in values if value is not None))

    def one(self, name: str, read: Callable[[str], T], default: T) -> T:
        values = [self._try(name, text, read) for text in self._args.get(name, ())[:1] if text]
        return default if not values or values[0] is None else values[0]

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


def _search(text: str) -> str:
    if "\0" in text or "\ufffd" in text:
        raise ValueError("not text")
    if len(text) > LONGEST_SEARCH or len(fold(text)) > LONGEST_SEARCH:
        raise TooLong
    return " ".join(text.split())


def _flag(name: str) -> Callable[[str], bool]:
    return {FLAGS[name]: True}.__getitem__


def _page(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= 1_000_000:
        raise ValueError("not a page number")
    return int(text)
