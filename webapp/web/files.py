"""Files that are written while they are sent, the way their reader wants them."""

from collections.abc import Iterable, Sequence

from flask import Response, stream_with_context

from ..documents.csv import MIMETYPE, CsvFormat, written


def attached(rows: Iterable[Sequence[str | None]], name: str, form: CsvFormat | None = None) -> Response:
    """To be kept under that name, not shown."""
    response = Response(stream_with_context(written(rows, form or CsvFormat())), mimetype=MIMETYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
