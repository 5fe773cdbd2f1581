"""Read a CSV inventory line by line."""

import csv
import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, BinaryIO

from .columns import MOST_COLUMNS, Column, Record
from .problems import Problems, UnreadableFile, quoted

if TYPE_CHECKING:
    from _csv import Reader as CsvReader

LONGEST_LINE = 1 << 20
"""Bytes; no honest line comes near it."""
SEPARATOR = re.compile("sep=([,;])", re.IGNORECASE)
"""The first line of files that a spreadsheet has written for itself."""
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
SHOWN_FAULTS = 20
"""Of a header that is wrong in many places."""


def read_csv(file: BinaryIO, columns: Collection[Column], problems: Problems) -> Iterator[Record]:
    """Every record under the header. Raises UnreadableFile where the rest of the file makes no sense."""
    lines = decoded_lines(file, problems)
    first = next(lines, "")
    told = SEPARATOR.fullmatch(first.strip())
    if told:
        first = next(lines, "")
    if "\t" in first and not {",", ";"} & set(first):
        raise UnreadableFile(1, "the columns are separated by tabs; separate them by commas or semicolons")
    delimiter = told[1] if told else ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(_again(first, lines), delimiter=delimiter, strict=True)
    header = read_header(reader, columns)
    before = 1 if told else 0
    for line, cells in _numbered(reader):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) == len(header):
            yield Record(line + before, dict(zip(header, cells, strict=True)))
        else:
            problems.add(line + before, f"the record has {len(cells)} cells, the header {len(header)}")


def decoded_lines(file: BinaryIO, problems: Problems) -> Iterator[str]:
    """Lines of UTF-8; what is not UTF-8 is reported and reading goes on."""
    number = 0
    while raw := file.readline(LONGEST_LINE):
        number += 1
        if len(raw) == LONGEST_LINE and not raw.endswith(b"\n"):
            raise UnreadableFile(number, f"the line is longer than {LONGEST_LINE} bytes")
        if number == 1 and (raw.startswith(UTF_16) or b"\0" in raw):
            raise UnreadableFile(1, "the file is UTF-16; save it as UTF-8")
        yield _decoded(raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw, number, problems)


def _decoded(raw: bytes, number: int, problems: Problems) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        position = len(raw[: error.start].decode()) + 1
        problems.add(
            number, f"character {position}: byte 0x{raw[error.start]:02x} is not UTF-8; save the file as UTF-8"
        )
        return raw.decode(errors="replace")


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    if first:
        yield first
    yield from rest


def _numbered(reader: "CsvReader") -> Iterator[tuple[int, list[str]]]:
    """Each record with its first line: a quoted cell may run over several."""
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableFile(line, f"malformed CSV: {error}") from error


def read_header(reader: "CsvReader", columns: Collection[Column]) -> list[str]:
    """The names of the columns. Raises UnreadableFile naming every one that is unknown, missing or twice there."""
    _, cells = next(_numbered(reader), (1, []))
    names = [cell.strip() for cell in cells]
    if not names:
        raise UnreadableFile(1, "the file has no header line")
    if len(names) > MOST_COLUMNS:
        raise UnreadableFile(1, f"the header has {len(names)} columns, allowed are {MOST_COLUMNS}")
    if faults := _header_faults(Counter(names), columns):
        more = [f"and {len(faults) - SHOWN_FAULTS} more"] if len(faults) > SHOWN_FAULTS else []
        allowed = "allowed are " + ", ".join(column.name for column in columns)
        raise UnreadableFile(1, "; ".join([*faults[:SHOWN_FAULTS], *more, allowed]))
    return names


def _header_faults(times: Counter[str], columns: Collection[Column]) -> list[str]:
    known = {column.name for column in columns}
    missing = [column.name for column in columns if column.required and column.name not in times]
    return [
        *(f"column {quoted(name)} is missing" for name in missing),
        *(f"column {quoted(name)} is unknown" for name in times if name not in known),
        *(f"column {quoted(name)} is there twice" for name, count in times.items() if count > 1),
    ]
