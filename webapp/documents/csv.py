"""CSV (RFC 4180) that a spreadsheet opens without running anything."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from io import StringIO
from itertools import islice

from ..domain.files import CsvFormat
from ..domain.money import Money

MIMETYPE = "text/csv"
DANGEROUS = frozenset("=+-@\t\r\n＝＋－＠|")
"""First characters that make a spreadsheet take a text for a formula or a command (OWASP, CSV injection)."""
AT_ONCE = 500
"""Rows that are sent together."""


def written(rows: Iterable[Sequence[str]], form: CsvFormat) -> Iterator[str]:
    """The file in pieces; ``rows`` are fetched as they are sent."""
    page = StringIO()
    write = csv.writer(page, delimiter=form.separator.character, lineterminator="\r\n").writerows
    if form.mark:
        page.write("\ufeff")
    remaining = iter(rows)
    while piece := list(islice(remaining, AT_ONCE)):
        write(piece)
        yield page.getvalue()
        page.seek(0)
        page.truncate()


class CsvCells:
    """Fulfils Cells; amounts are written as the separator's programs read them."""

    def __init__(self, form: CsvFormat) -> None:
        self.headings = form.headings
        self.text, self.amount = harmless, partial(_amount, form.separator.decimal)

    def day(self, told: str) -> str:
        return told


@lru_cache(4096)
def _amount(point: str, minor: int, currency: str) -> str:
    return str(Money(minor, currency).decimal).replace(".", point)


def harmless(text: str) -> str:
    """The same text, kept from being taken for a formula: for every cell that somebody may have typed."""
    first = text[:1]
    if first == " ":
        first = text.lstrip(" ")[:1]
    return f"'{text}" if first in DANGEROUS else text
