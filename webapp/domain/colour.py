"""Colours, as far as people have to read what is written on them."""

import re

WHITE = "#ffffff"
WRITTEN = re.compile(r"#[0-9a-f]{6}")
LEGIBLE = 4.5
"""The least contrast of text (WCAG 2.2, 1.4.3)."""


def contrast(one: str, other: str) -> float:
    """From 1 to 21 (WCAG 2.2), of two colours written ``#rrggbb``.

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return round((light + 0.05) / (dark + 0.05), 2)


def mixed(one: str, other: str, percent: int) -> str:
    """So much of the other one in the first.

    >>> mixed("#000000", "#ffffff", 50)
    '#808080'
    """
    parts = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{(first * (100 - percent) + second * percent + 50) // 100:02x}" for first, second in parts)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
