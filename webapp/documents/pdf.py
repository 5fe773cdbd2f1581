"""PDF files: tagged (PDF/UA-1), with the fonts in them, made without a network and dated by our clock."""

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import typst

MIMETYPE = "application/pdf"
TEMPLATE = Path(__file__).parent / "sheet.typ"
STAND_IN = "?"
"""Instead of a character that no font of ours has, such as an emoji in a name: PDF/UA wants each to be displayed."""
MOST_ROUNDS = 100
_UNDISPLAYABLE = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Party:
    label: str
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class SheetFact:
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that stands on it, in the words of its reader."""

    language: str
    title: str
    state: str
    author: str
    parties: Sequence[Party]
    facts: Sequence[SheetFact]
    headings: Sequence[str]
    rows: Sequence[Sequence[Sequence[str]]]
    """Of each cell its lines."""
    totals: Sequence[SheetFact]
    notes: Sequence[str]
    logo: str = ""
    """SVG."""


def pdf(sheet: Sheet, at: datetime) -> bytes:
    """The same bytes for the same sheet and instant. Raises typst.TypstError."""
    text = "".join(filter(_is_ink, json.dumps(asdict(sheet), ensure_ascii=False)))
    for _round in range(MOST_ROUNDS):
        try:
            return _compiled(text, at)
        except typst.TypstError as error:
            unknown = _undisplayable(str(error))
            if not unknown:
                raise
            text = text.translate(dict.fromkeys(map(ord, unknown), STAND_IN))
    return _compiled(text, at)


def _is_ink(char: str) -> bool:
    """Whether it stands for itself: what joins or varies others has nothing to join once those are replaced."""
    return unicodedata.category(char) != "Cf" and not "\N{VARIATION SELECTOR-1}" <= char <= "\N{VARIATION SELECTOR-16}"


def _undisplayable(error: str) -> str:
    """The characters that the error names, which writes some as ``\\u{200d}``; ASCII is in every font."""
    named = _UNDISPLAYABLE.search(error)
    plain = re.sub(r"\\u\{([0-9a-f]+)\}", lambda match: chr(int(match[1], 16)), named[1]) if named else ""
    return "".join(char for char in plain if not char.isascii())


def _compiled(text: str, at: datetime) -> bytes:
    compiler = typst.Compiler(TEMPLATE, ignore_system_fonts=True, sys_inputs={"sheet": text})
    compiled = compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=at.replace(microsecond=0))
    if not isinstance(compiled, bytes):
        raise TypeError("a PDF is one file")
    return compiled
