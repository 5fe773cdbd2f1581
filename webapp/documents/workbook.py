"""XLSX workbooks (ISO/IEC 29500): texts are texts, days are days, amounts are numbers that can be summed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from ..domain.files import Headings
from ..domain.money import MINOR_DIGITS, Money

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTH = 20
"""Of each column, in characters."""
DAY = "yyyy-mm-dd"


@dataclass(frozen=True, slots=True)
class SheetCells:
    """Fulfils Cells."""

    headings: Headings

    def text(self, typed: str) -> str:
        return typed

    def day(self, told: str) -> date | None:
        return date.fromisoformat(told) if told else None

    def amount(self, minor: int, currency: str) -> Money:
        return Money(minor, currency)


def made(rows: Iterable[Sequence[Any]], title: str, *, at: datetime, folder: Path) -> bytes:
    """One sheet of that title, its headings first; rows are put down in that folder while the file is made."""
    folder.mkdir(parents=True, exist_ok=True)
    file = BytesIO()
    book = Workbook(file, {"constant_memory": True, "tmpdir": str(folder)})
    book.set_properties({"title": title, "created": at.replace(tzinfo=None)})
    _write(book, book.add_worksheet(title), rows)
    book.close()
    return file.getvalue()


def _write(book: Any, sheet: Any, rows: Iterable[Sequence[Any]]) -> None:
    """The headings stay in sight, and each column can be filtered."""
    head, day = book.add_format({"bold": True}), book.add_format({"num_format": DAY})
    amounts = {code: book.add_format({"num_format": _number(digits)}) for code, digits in MINOR_DIGITS.items()}
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            match cell:
                case None | "":
                    pass
                case str():
                    sheet.write_string(number, column, cell, None if number else head)
                case date():
                    sheet.write_datetime(number, column, cell, day)
                case Money():
                    sheet.write_number(number, column, cell.decimal, amounts[cell.currency])
    sheet.set_column(0, len(row) - 1, WIDTH)
    sheet.autofilter(0, 0, number, len(row) - 1)


def _number(digits: int) -> str:
    return f"#,##0.{'0' * digits}" if digits else "#,##0"
