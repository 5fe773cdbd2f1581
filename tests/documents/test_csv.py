"""CSV that a spreadsheet opens without running anything."""

import csv
from io import StringIO

import pytest

from webapp.documents.csv import AT_ONCE, harmless, written
from webapp.domain.files import CsvFormat, Headings, Separator


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "|", " ="])
def test_no_text_is_taken_for_a_formula(first: str) -> None:
    assert harmless(f"{first}1+1") == f"'{first}1+1"


@pytest.mark.parametrize("text", ["example.org", "2026-12-31", "12.99", "a=1", "Café", "", " x"])
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_what_is_written_is_read_again() -> None:
    rows = [["a;b", 'say "x"', "two\nlines"], ["é", "", "x"]]
    for separator in Separator:
        text = "".join(written(rows, CsvFormat(separator, mark=False)))
        read = list(csv.reader(StringIO(text, newline=""), delimiter=separator.character))
        assert read == [["a;b", 'say "x"', "two\nlines"], ["é", "", "x"]]


def test_the_mark_comes_first_and_once() -> None:
    pieces = list(written([["x"]] * (AT_ONCE + 1), CsvFormat()))
    assert len(pieces) == 2
    assert pieces[0].startswith("\ufeffx\r\n") and "\ufeff" not in pieces[1]


def test_rows_are_fetched_as_they_are_sent() -> None:
    fetched = 0

    def rows():  # type: ignore[no-untyped-def]
        nonlocal fetched
        for number in range(10 * AT_ONCE):
            fetched += 1
            yield [str(number)]

    next(iter(written(rows(), CsvFormat())))
    assert fetched == AT_ONCE


def test_a_choice_is_stored_and_read_again() -> None:
    for separator in Separator:
        for headings in Headings:
            for mark in (True, False):
                form = CsvFormat(separator, mark, headings)
                assert CsvFormat.read(form.stored()) == form
