"""Files that are written while they are sent, the way their reader wants them."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from flask import Response, stream_with_context

from ..documents import csv, pdf, workbook
from ..documents.cells import Cells
from ..domain.files import CsvFormat, Separator
from ..wiring import now, settings
from . import access
from .reader import reader

Rows = Callable[[Cells], Iterable[Sequence[Any]]]
"""Those of a file, its headings first."""


def wanted_format() -> CsvFormat:
    """What the account chose once, else what its language's spreadsheets expect."""
    if chosen := access.account().csv_format:
        return CsvFormat.read(chosen)
    return CsvFormat(Separator.SEMICOLON if reader().decimal == "," else Separator.COMMA)


def as_csv(rows: Rows, name: str, form: CsvFormat) -> Response:
    written = csv.written(rows(csv.CsvCells(form)), form)
    return _kept(Response(stream_with_context(written), mimetype=csv.MIMETYPE), f"{name}.csv")


def as_workbook(rows: Rows, name: str, title: str) -> Response:
    """With the headings that the account chose for its files."""
    cells = workbook.SheetCells(wanted_format().headings)
    content = workbook.made(rows(cells), title, at=now(), folder=settings().var / "files")
    return _kept(Response(content, mimetype=workbook.MIMETYPE), f"{name}.xlsx")


def as_pdf(content: bytes, name: str) -> Response:
    return _kept(Response(content, mimetype=pdf.MIMETYPE), f"{name}.pdf")


def _kept(response: Response, name: str) -> Response:
    """To be kept under that name, as the link says, not shown."""
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
