"""What may stand only once in a file."""

from collections.abc import Iterable

from .columns import Row
from .problems import Problems, quoted


class Unique:
    """Remembers the first line of each value, or of each combination of several columns."""

    def __init__(self, *columns: str) -> None:
        self._columns = columns
        self._first: dict[object, int] = {}

    def check(self, rows: Iterable[Row], problems: Problems) -> None:
        for row in rows:
            if not row.sound(*self._columns):
                continue
            values = [row.values[column] for column in self._columns]
            key = values[0] if len(values) == 1 else tuple(values)
            if key in self._first:
                shown = quoted(" ".join(map(str, values)))
                problems.add(row.line, f"{shown} is already on line {self._first[key]}", self._columns[0])
            self._first.setdefault(key, row.line)
