"""Which passwords are taken, and how they are kept: Argon2id with the parameters that pwdlib recommends (RFC 9106)."""

import re
import secrets
from collections.abc import Iterable
from functools import cache

from pwdlib import PasswordHash
from zxcvbn import zxcvbn

from ...domain.passwords import LONGEST, PASSWORD_COMMON, PASSWORD_LONG, PASSWORD_SHORT, SHORTEST
from ...domain.refusals import Refused

_hasher = PasswordHash.recommended()
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_ESTIMATED = 72
"""Characters that the estimate looks at."""
_SAFE = 3
"""Of its scores: more than 10^8 guesses."""


def require_fit(text: str, about: Iterable[str]) -> None:
    """Raises Refused for a password that is too short, too long or easily guessed by who knows that about its owner."""
    if len(text) < SHORTEST:
        raise Refused(PASSWORD_SHORT())
    if len(text) > LONGEST:
        raise Refused(PASSWORD_LONG())
    known = [piece for told in about for piece in (told, *_BETWEEN_WORDS.split(told)) if piece]
    if zxcvbn(text[:_ESTIMATED], user_inputs=known)["score"] < _SAFE:
        raise Refused(PASSWORD_COMMON())


def hash_password(text: str) -> str:
    """The hash to store; it carries its own salt and parameters."""
    return _hasher.hash(text)


def verify_password(text: str, stored: str) -> tuple[bool, str | None]:
    """Whether the password is right, and the hash to store instead where the kept one is out of date."""
    return _hasher.verify_and_update(text, stored)


def waste_time(text: str) -> None:
    """Take as long as checking a password does, so that an unknown e-mail address is not told by the clock."""
    _hasher.verify(text, _nobodys_hash())


@cache
def _nobodys_hash() -> str:
    return hash_password(secrets.token_urlsafe())
