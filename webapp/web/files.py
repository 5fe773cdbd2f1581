"""Files that are written while they are sent, the way their reader wants them."""

from collections.abc import Iterable, Sequence

from flask import Response, stream_with_context

from ..documents import pdf
from ..documents.csv import MIMETYPE, written
from ..domain.files import CsvFormat, Separator
from . import access
from .reader import reader


def wanted_format() -> CsvFormat:
    """What the account chose once, else what its language's spreadsheets expect."""
    if chosen := access.account().csv_format:
        return CsvFormat.read(chosen)
    return CsvFormat(Separator.SEMICOLON if reader().decimal == "," else Separator.COMMA)


def attached(rows: Iterable[Sequence[str]], name: str, form: CsvFormat) -> Response:
    return _kept(Response(stream_with_context(written(rows, form)), mimetype=MIMETYPE), name)


def as_pdf(content: bytes, name: str) -> Response:
    return _kept(Response(content, mimetype=pdf.MIMETYPE), name)


def _kept(response: Response, name: str) -> Response:
    """To be kept under that name, as the link says, not shown."""
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
