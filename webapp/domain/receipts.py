"""Dated proof of what somebody declared: a code that anyone may check, and why they did it if they like to tell."""

from collections.abc import Iterable
from datetime import datetime

from .confirmation import fingerprint
from .events import Declaration, EventKind
from .labels import N_, Labelled

LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
"""Without those that are taken for another one on paper."""
CODE = "-".join([f"[{LETTERS}]{{4}}"] * 4)
"""What a code looks like: 78 bits of chance."""


class Cause(Labelled):
    """Why somebody leaves. Asked after the act, never needed."""

    NOT_NEEDED = "not-needed", N_("I do not need it any more")
    PRICE = "price", N_("It costs too much")
    OTHER_PROVIDER = "other-provider", N_("I am moving to another provider")
    OTHER_PRODUCT = "other-product", N_("I replace it with another service here")
    MISSING = "missing", N_("Something that I need is missing")
    TROUBLE = "trouble", N_("It did not work well enough")
    SUPPORT = "support", N_("I was not helped well")
    OTHER = "other", N_("Another reason")


LONGEST_COMMENT = 2000


def proof(kind: EventKind, at: datetime, services: Iterable[tuple[str, Declaration]]) -> str:
    """The fingerprint of an act: its kind, its instant in UTC, and what it says of each service."""
    told = {f"service {reference}": declaration.proof for reference, declaration in services}
    return fingerprint({"kind": str(kind), "at": at.isoformat(), **told})
