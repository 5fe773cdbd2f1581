"""Finds the texts for translators in the rule files: labels of families, titles of agreements."""

import tomllib
from collections.abc import Iterator
from typing import IO, Any

KEYS = ("label", "title", "order_button", "net_basis", "gross_basis")


def extract(
    file: IO[bytes], keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[int, str, str, list[str]]]:
    """An extraction method as Babel wants it: line, function name, message, comments."""
    content = file.read().decode("utf-8")
    lines = content.splitlines()
    for text in _texts(tomllib.loads(content)):
        line = next(number for number, line in enumerate(lines, 1) if f'"{text}"' in line)
        yield line, "N_", text, []


def _texts(entry: Any) -> Iterator[str]:
    if isinstance(entry, list):
        for each in entry:
            yield from _texts(each)
    elif isinstance(entry, dict):
        for key, value in entry.items():
            if key in KEYS and isinstance(value, str):
                yield value
            else:
                yield from _texts(value)
