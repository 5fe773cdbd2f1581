"""Text as people search and sort it: without case, accents or surprises in numbers."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_DIGITS = re.compile(r"\d+")
_SEPARATORS = re.compile(r"[\s,;]+")
_DIGITS_SORTED = 8
MOST_WORDS = 12
"""Of one search."""


@lru_cache(4096)
def fold(text: str) -> str:
    """Lower case without accents: ``Été`` and ``ete`` are the same to someone who searches."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@lru_cache(4096)
def spellings(name: str) -> tuple[str, ...]:
    """The name, folded, and what else it goes by: an internationalised one in letters, and as ``xn--`` (RFC 5891)."""
    other = ""
    try:
        if "xn--" in name.lower():
            other = name.lower().encode("ascii").decode("idna")
        elif not name.isascii() and not any(map(str.isspace, name)):
            other = name.lower().encode("idna").decode("ascii")
    except UnicodeError:
        pass
    return tuple(dict.fromkeys(fold(each) for each in (name, other) if each))


def sort_key(text: str) -> str:
    """Folded, with numbers in counting order: ``srv-2`` comes before ``srv-10``."""
    return _DIGITS.sub(lambda digits: digits[0].zfill(_DIGITS_SORTED), fold(text))


def search_text(texts: Iterable[str]) -> str:
    """What a search looks through: the texts apart from each other, once as they are and once without hyphens."""
    text = "\n".join(texts)
    return f"{text}\n{text.replace('-', '')}" if "-" in text else text


def is_list(text: str) -> bool:
    """Whether a search is a list of names rather than words to look for."""
    return len(pasted_terms(text)) > MOST_WORDS


def searched_words(text: str) -> list[tuple[str, ...]]:
    """The words of a search, folded, each with what its hyphens may stand for; empty where they are too many.

    So many that are not sought word by word are a list of names.
    """
    if is_list(text):
        return []
    words = fold(text).split()
    return [tuple(dict.fromkeys((word, word.replace("-", ""), word.replace("-", " ")))) for word in words]


def pasted_terms(text: str) -> tuple[str, ...]:
    """The names or references of a pasted list (lines, commas, semicolons, spaces), folded, each once."""
    return tuple(dict.fromkeys(fold(term) for term in _SEPARATORS.split(text) if term))


def pasted_spellings(text: str) -> frozenset[str]:
    """All that the names of a pasted list go by."""
    return frozenset(spelling for term in _SEPARATORS.split(text) if term for spelling in spellings(term))
