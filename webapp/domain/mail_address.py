"""E-mail addresses as accounts are found by them."""

import re
import unicodedata

from .labels import N_
from .refusals import Reason, Refused

LONGEST = 254
"""Characters (RFC 5321, 4.5.3.1.3, without the brackets)."""
WRITTEN = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
"""What looks like one; whether mail arrives there is another question."""
MAIL_ADDRESS_UNFIT = Reason("mail-address-unfit", N_("An e-mail address looks like name@example.org."))
SAME_ADDRESS = Reason("same-address", N_("That is your address already."))
ADDRESS_TAKEN = Reason("address-taken", N_("Another account signs in with this address."))
_UNSEEN = ("C", "Z")
"""First letters of the general categories that show nothing: controls, formats, unassigned ones, blanks."""


def mail_address(text: str) -> str:
    """In lower case, without what nobody sees: what is typed with or without it is one address.

    >>> mail_address(" Alice@Example.org\\u200b")
    'alice@example.org'
    """
    seen = "".join(char for char in text if unicodedata.category(char)[0] not in _UNSEEN)
    return unicodedata.normalize("NFC", seen).lower()


def read_mail_address(text: str) -> str:
    """The same, where it can be one. Raises Refused."""
    address = mail_address(text)
    if len(address) > LONGEST or not WRITTEN.fullmatch(address):
        raise Refused(MAIL_ADDRESS_UNFIT())
    return address
