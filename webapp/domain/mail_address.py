"""E-mail addresses as accounts are found by them."""

import re
import unicodedata

LONGEST = 254
"""Characters (RFC 5321, 4.5.3.1.3, without the brackets)."""
WRITTEN = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
"""What looks like one; whether mail arrives there is another question."""
_UNSEEN = ("C", "Z")
"""First letters of the general categories that show nothing: controls, formats, unassigned ones, blanks."""


def mail_address(text: str) -> str:
    """In lower case, without what nobody sees: what is typed with or without it is one address.

    >>> mail_address(" Alice@Example.org\\u200b")
    'alice@example.org'
    """
    seen = "".join(char for char in text if unicodedata.category(char)[0] not in _UNSEEN)
    return unicodedata.normalize("NFC", seen).lower()
