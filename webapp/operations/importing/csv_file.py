"""Read a CSV inventory line by line."""

import csv
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, BinaryIO

from .columns import Column, Record
from .problems import Problems, Unreadable, quoted

if TYPE_CHECKING:
    from _csv import Reader as CsvReader

LONGEST_LINE = 1 << 20
"""Bytes; no honest line comes near it."""


def read_csv(file: BinaryIO, columns: Collection[Column], problems: Problems) -> Iterator[Record]:
    """Every record under the header. Raises Unreadable where the rest of the file makes no sense."""
    lines = decoded_lines(file, problems)
    first = next(lines, "")
    reader = csv.reader(
        _again(first, lines), delimiter=";" if first.count(";") > first.count(",") else ",", strict=True
    )
    header = read_header(reader, columns)
    for line, cells in _numbered(reader):
        if len(cells) == len(header):
            yield Record(line, dict(zip(header, cells, strict=True)))
        elif cells:
            problems.add(line, f"the record has {len(cells)} cells, the header {len(header)}")


def decoded_lines(file: BinaryIO, problems: Problems) -> Iterator[str]:
    """Lines of UTF-8; what is not UTF-8 is reported and reading goes on."""
    number = 0
    while raw := file.readline(LONGEST_LINE):
        number += 1
        if len(raw) == LONGEST_LINE and not raw.endswith(b"\n"):
            raise Unreadable(number, f"the line is longer than {LONGEST_LINE} bytes")
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
            raise Unreadable(line, f"malformed CSV: {error}") from error


def read_header(reader: "CsvReader", columns: Collection[Column]) -> list[str]:
    """The names of the columns. Raises Unreadable naming every one that is unknown, missing or twice there."""
    _, cells = next(_numbered(reader), (1, []))
    names = [cell.strip() for cell in cells]
    if not names:
        raise Unreadable(1, "the file has no header line")
    known = [column.name for column in columns]
    faults = [f"column {quoted(name)} is unknown" for name in dict.fromkeys(names) if name not in known]
    faults += [f"column {quoted(name)} is there twice" for name in dict.fromkeys(names) if names.count(name) > 1]
    faults += [f"column {quoted(each.name)} is missing" for each in columns if each.required and each.name not in names]
    if faults:
        raise Unreadable(1, "; ".join(faults) + "; allowed are " + ", ".join(known))
    return names
