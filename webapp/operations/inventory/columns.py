"""Columns as they are declared, and how a record becomes a row of typed values."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .problems import Problems, quoted

MOST_COLUMNS = 100
"""That a file may have, right or wrong."""


class Unfit(ValueError):
    """Raised by a parser with a reason that what is allowed does not make plain."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an inventory file."""

    name: str
    what: str
    """What its values are, as in "is not a period"."""
    allowed: str
    """What may be written, for people."""
    parse: Callable[[str], Any]
    """Reads a value that is not empty. Raises ValueError."""
    required: bool = False
    flag: bool = False
    """Whether true and false are natural values in JSON."""

    def problem(self, value: object, reason: str = "") -> str:
        shown = "a list or an object" if isinstance(value, list) else quoted(value)
        return f"{shown} is not {self.what}; {reason or self.allowed}"


@dataclass(frozen=True, slots=True)
class Record:
    """What a file says, unread: texts, or whatever JSON allows."""

    line: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """What a record means; a value is None where nothing, or nothing sound, is given."""

    line: int
    values: dict[str, Any]
    bad: frozenset[str]
    """Columns whose value could not be read."""

    def sound(self, *columns: str) -> bool:
        return self.bad.isdisjoint(columns)


Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Consistency:
    """Something that several columns of one row must agree on."""

    at: str
    """The column that the message points at."""
    reads: tuple[str, ...]
    broken: Callable[[Values], bool]
    says: str

    def problem(self, values: Values) -> str:
        return misplaced(values[self.at], self.says)


def misplaced(value: object, says: str) -> str:
    """A value that is sound by itself and wrong beside the others."""
    shown = "an empty cell" if value is None else quoted(value)
    return f"{shown} is wrong here: {says}"


def check(row: Row, rules: Iterable[Consistency], problems: Problems) -> None:
    """Report every rule that the row breaks, as far as the columns it reads are sound."""
    for rule in rules:
        if (not row.bad or row.sound(rule.at, *rule.reads)) and rule.broken(row.values):
            problems.add(row.line, rule.problem(row.values), rule.at)


def read_row(record: Record, columns: Iterable[Column], problems: Problems) -> Row:
    """Read every column, reporting each that is missing or cannot be read."""
    values: dict[str, Any] = {}
    bad = set()
    for column in columns:
        values[column.name] = None
        try:
            values[column.name] = _read(column, record.values.get(column.name))
        except _Wrong as error:
            problems.add(record.line, str(error), column.name)
            bad.add(column.name)
    return Row(record.line, values, frozenset(bad))


class _Wrong(Exception):
    pass


def _read(column: Column, value: Any) -> Any:
    text = _text(column, value)
    if not text:
        if column.required:
            raise _Wrong(f"an empty cell is not {column.what}; {column.allowed}")
        return None
    try:
        return column.parse(text)
    except Unfit as error:
        raise _Wrong(column.problem(text, str(error))) from error
    except ValueError as error:
        raise _Wrong(column.problem(text)) from error


def _text(column: Column, value: Any) -> str:
    """The value as a CSV file would have it."""
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, bool) and column.flag:
        return "yes" if value else "no"
    raise _Wrong(column.problem(value))
