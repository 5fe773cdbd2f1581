"""Text as people search and sort it: without case, accents or surprises in numbers."""

import re
import unicodedata
from functools import lru_cache

_DIGITS = re.compile(r"\d+")
_SEPARATORS = re.compile(r"[\s,;]+")
_DIGITS_SORTED = 8


@lru_cache(4096)
def fold(text: str) -> str:
    """Lower case without accents: ``Été`` and ``ete`` are the same to someone who searches."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def sort_key(text: str) -> str:
    """Folded, with numbers in counting order: ``srv-2`` comes before ``srv-10``."""
    return _DIGITS.sub(lambda digits: digits[0].zfill(_DIGITS_SORTED), fold(text))


def pasted_terms(text: str) -> tuple[str, ...]:
    """The names or references of a pasted list (lines, commas, semicolons, spaces), folded, each once."""
    return tuple(dict.fromkeys(fold(term) for term in _SEPARATORS.split(text) if term))
