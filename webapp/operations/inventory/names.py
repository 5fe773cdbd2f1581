"""How references, codes and names are written in inventory files. Every function raises ValueError."""

import re
import unicodedata
from collections.abc import Callable

from ...domain.billing.invoice import looks_printed
from ...domain.folding import fold, sort_key
from .columns import Column, Unfit

RESERVED = ("export", "export.csv", "export.xlsx", "export.ics")
"""Addresses below /services that are not those of a service."""
LONGEST_FOLDED, LONGEST_SORTED = 300, 600
"""Characters that the tables keep of a name, once folded for searching and once for sorting."""
_CODE = re.compile(r"[A-Za-z0-9._-]+")
_UNFIT = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]"
    r"|[\U000e0000-\U000e007f]"
)
"""Controls, of direction too (UAX #9); tags; what is there unseen, except the joiners that scripts need."""
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and symbols, says Unicode, that have no ink: Hangul fillers and the Braille pattern without dots."""
_INKED = "LNPS"
"""First letters of the general categories that show something by themselves: letters, numbers, signs, symbols."""


def code_column(name: str, what: str, longest: int, *, required: bool = False) -> Column:
    """A handle or code."""
    return Column(name, what, _code_allowed(longest), lambda text: code(text, longest), required)


def reference_column(name: str, what: str, longest: int) -> Column:
    """A key that is also the last part of an address."""
    allowed = f"{_code_allowed(longest)}, first a letter or digit; already taken are {', '.join(RESERVED)}"
    return Column(name, what, allowed, lambda text: reference(text, longest), required=True)


def _code_allowed(longest: int) -> str:
    return f"1 to {longest} of A-Z a-z 0-9 . _ -"


def text_column(name: str, what: str, longest: int, *, required: bool = False) -> Column:
    """A text that people read."""
    return _read_by_people(name, what, longest, parse=visible, required=required)


def name_column(name: str, what: str, longest: int, *, required: bool = False) -> Column:
    """A text that services are also searched and sorted by."""
    return _read_by_people(name, what, longest, parse=sortable, required=required)


def _read_by_people(name: str, what: str, longest: int, *, parse: Callable[[str, int], str], required: bool) -> Column:
    allowed = f"1 to {longest} characters on one line"
    return Column(name, what, allowed, lambda text: parse(text, longest), required)


def code(text: str, longest: int) -> str:
    if not _CODE.fullmatch(text) or len(text) > longest:
        raise ValueError("not a code")
    return text


def reference(text: str, longest: int) -> str:
    """A code that a browser leaves as it is in an address (RFC 3986, 5.2.4) and that no page has taken."""
    if not text[0].isalnum() or text in RESERVED:
        raise ValueError("no address of a service")
    return code(text, longest)


def number_of_bill(text: str) -> str:
    """As its issuer gave it; part of an address. Those that this program gives itself are taken."""
    if looks_printed(text):
        raise Unfit("numbers like this one are given to the documents that are made here")
    if text.endswith((".pdf", ".csv")):
        raise Unfit("it would be the address of a file")
    return reference(text, 40)


def one_line(text: str, longest: int) -> str:
    """Databases refuse NUL and half surrogates; other controls, of direction too (UAX #9), only mislead a reader."""
    if len(text) > longest:
        raise ValueError("too long")
    if _UNFIT.search(text):
        raise Unfit("it must be one line, without characters that are not seen or turn the text")
    return text


def visible(text: str, longest: int) -> str:
    """One line with something to see in it, and so to click on."""
    if not any(map(_has_ink, one_line(text, longest))):
        raise Unfit("none of its characters is visible")
    return text


def _has_ink(char: str) -> bool:
    return unicodedata.category(char)[0] in _INKED and char not in _BLANK


def sortable(text: str, longest: int) -> str:
    """Visible, and not too long for the tables either, where ligatures are spelt out and numbers padded."""
    folded, sorted_by = len(fold(visible(text, longest))), len(sort_key(text))
    if folded > LONGEST_FOLDED:
        raise Unfit(f"spelt out for searching it has {folded} characters, allowed are {LONGEST_FOLDED}")
    if sorted_by > LONGEST_SORTED:
        raise Unfit(
            f"with its numbers padded for sorting it has {sorted_by} characters, allowed are {LONGEST_SORTED}; "
            "write fewer separate numbers"
        )
    return text
