"""Codes by which people name things: unguessable, and without letters that are taken for one another on paper."""

import secrets

from ..domain.receipts import LETTERS

GROUPS = 4


def new_code() -> str:
    """``K7QM-…``: four groups of four, 78 bits of chance."""
    return "-".join("".join(secrets.choice(LETTERS) for _letter in range(4)) for _group in range(GROUPS))
