"""XLSX workbooks (ISO/IEC 29500): texts are texts, days are days, amounts are numbers that can be summed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from ..domain.files import Headings
from ..domain.money import MINOR_DIGITS

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTH = 20
"""Of each column, in characters."""
DAY = "yyyy-mm-dd"


@dataclass(frozen=True, slots=True)
class Amount:
    minor: int
    digits: int
    """How many of them come after the point."""


@dataclass(frozen=True, slots=True)
class SheetCells:
    """Fulfils Cells."""

    headings: Headings

    def text(self, typed: str) -> str:
        return typed

    def day(self, told: str) -> date | None:
        return _day(told) if told else None

    def amount(self, minor: int, currency: str) -> Amount:
        return Amount(minor, MINOR_DIGITS[currency])


@lru_cache(4096)
def _day(told: str) -> date:
    return date.fromisoformat(told)


def made(rows: Iterable[Sequence[Any]], title: str, *, at: datetime, folder: Path) -> bytes:
    """One sheet of that title, its headings first; rows are put down in that folder while the file is made."""
    folder.mkdir(parents=True, exist_ok=True)
    file = BytesIO()
    book = Workbook(file, {"constant_memory": True, "tmpdir": str(folder)})
    book.set_properties({"title": title, "created": at.replace(tzinfo=None)})
    sheet = _Sheet(book, title)
    for row in rows:
        sheet.add(row)
    sheet.finish()
    book.close()
    return file.getvalue()


class _Sheet:
    def __init__(self, book: Workbook, title: str) -> None:
        self._sheet = book.add_worksheet(title)
        self._head, self._day = book.add_format({"bold": True}), book.add_format({"num_format": DAY})
        self._amounts = {digits: book.add_format({"num_format": _number(digits)}) for digits in MINOR_DIGITS.values()}
        self._rows = self._columns = 0
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_column(0, 50, WIDTH)

    def add(self, row: Sequence[Any]) -> None:
        write, number = self._sheet, self._rows
        for column, cell in enumerate(row):
            match cell:
                case None | "":
                    pass
                case str():
                    write.write_string(number, column, cell, None if number else self._head)
                case date():
                    write.write_datetime(number, column, cell, self._day)
                case Amount(minor, digits):
                    write.write_number(number, column, minor / 10**digits, self._amounts[digits])
        self._rows, self._columns = number + 1, max(self._columns, len(row))

    def finish(self) -> None:
        """Each column can be filtered."""
        if self._rows:
            self._sheet.autofilter(0, 0, self._rows - 1, self._columns - 1)


def _number(digits: int) -> str:
    return f"#,##0.{'0' * digits}" if digits else "#,##0"
