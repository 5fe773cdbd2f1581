"""One file, one transaction: everything in it or nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from sqlalchemy import Insert, Update
from sqlalchemy.orm import Session

from ...database import ONE_IMPORT
from ..transaction import wait_for_turn, writing
from .columns import Column, Record, Row, read_row
from .csv_file import read_csv
from .json_file import read_json
from .problems import Problems, UnreadableFile

CHUNK = 1000
READERS = {".csv": read_csv, ".json": read_json, ".jsonl": read_json}
Progress = Callable[[int], None]
"""Told how many bytes have been read since it was last told."""


@dataclass(slots=True)
class Report:
    """What an import did, in records of its kind."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0


class Importer(Protocol):
    """Knows one kind of inventory."""

    columns: tuple[Column, ...]
    report: Report

    def take(self, session: Session, rows: list[Row], problems: Problems) -> None:
        """Check these rows and, as long as there is no problem at all, write them."""

    def finish(self, session: Session, problems: Problems) -> None:
        """Do, and check, what can be only after the last row."""


def import_file(path: Path, importer: Importer, progress: Progress | None) -> Report:
    """Raises ImportRefused with everything that is wrong; OSError when the file cannot be opened."""
    problems = Problems(path.name)
    told = 0
    with path.open("rb") as file, writing(long=True) as session:
        wait_for_turn(session, ONE_IMPORT)
        for rows in _chunks(_records(file, path, importer.columns, problems), importer.columns, problems):
            importer.take(session, rows, problems)
            if progress:
                progress(file.tell() - told)
                told = file.tell()
        problems.refuse_if_any()
        importer.finish(session, problems)
        problems.refuse_if_any()
    return importer.report


def _records(file: BinaryIO, path: Path, columns: tuple[Column, ...], problems: Problems) -> Iterator[Record]:
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        problems.add(1, "the name of the file must end in " + ", ".join(READERS))
        return
    try:
        yield from reader(file, columns, problems)
    except UnreadableFile as error:
        problems.add(error.line, error.says)


def _chunks(records: Iterator[Record], columns: tuple[Column, ...], problems: Problems) -> Iterator[list[Row]]:
    while rows := [read_row(record, columns, problems) for record in islice(records, CHUNK)]:
        yield rows


def write_all(session: Session, statement: Insert | Update, entries: list[dict[str, Any]]) -> None:
    """Execute the statement for every entry, if there is any."""
    if entries:
        session.execute(statement, entries)
