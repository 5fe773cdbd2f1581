"""CSV (RFC 4180) that a spreadsheet opens without running anything."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import islice

from ..domain.labels import N_, Labelled

MIMETYPE = "text/csv"
DANGEROUS = frozenset("=+-@\t\r\n＝＋－＠|")
"""First characters that make a spreadsheet take a text for a formula or a command (OWASP, CSV injection)."""
AT_ONCE = 500
"""Rows that are sent together."""


class Separator(Labelled):
    COMMA = "comma", N_("Comma (programs)")
    SEMICOLON = "semicolon", N_("Semicolon (Excel in most of Europe)")

    @property
    def character(self) -> str:
        return {Separator.COMMA: ",", Separator.SEMICOLON: ";"}[self]


class Headings(Labelled):
    LABELS = "labels", N_("In my language")
    NAMES = "names", N_("Names for programs")


@dataclass(frozen=True, slots=True)
class CsvFormat:
    """How somebody wants their files."""

    separator: Separator = Separator.COMMA
    mark: bool = False
    """Whether it begins with a byte order mark, by which Excel knows that it is UTF-8."""
    headings: Headings = Headings.LABELS


def written(rows: Iterable[Sequence[str | None]], form: CsvFormat) -> Iterator[str]:
    """The file in pieces; ``rows`` are fetched as they are sent."""
    page = StringIO()
    write = csv.writer(page, delimiter=form.separator.character, lineterminator="\r\n").writerows
    if form.mark:
        page.write("\ufeff")
    remaining = iter(rows)
    while piece := [[harmless(cell) for cell in row] for row in islice(remaining, AT_ONCE)]:
        write(piece)
        yield page.getvalue()
        page.seek(0)
        page.truncate()


def harmless(cell: str | None) -> str:
    """The same text, kept from being taken for a formula; nothing for what is not known."""
    if not cell:
        return ""
    first = cell[0] if cell[0] != " " else cell.lstrip(" ")[:1]
    return f"'{cell}" if first in DANGEROUS else cell
