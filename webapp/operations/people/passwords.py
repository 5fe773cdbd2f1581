"""How passwords are kept: Argon2id with the parameters that pwdlib recommends (RFC 9106)."""

import secrets
from functools import cache

from pwdlib import PasswordHash

_hasher = PasswordHash.recommended()


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
