"""What a password must be, and why one is refused (OWASP ASVS 5.0, 6.2)."""

from .labels import N_
from .refusals import Reason

SHORTEST, LONGEST = 12, 500
"""Characters of a password that is set."""
PASSWORD_SHORT = Reason("password-short", N_("A password has at least 12 characters."))
PASSWORD_LONG = Reason("password-long", N_("A password has at most 500 characters."))
PASSWORD_COMMON = Reason(
    "password-common",
    N_(
        "This password is among the first that somebody would try: well known, a word with a few signs, or made of "
        "your name. Choose some words that have nothing to do with each other."
    ),
)
PASSWORD_WRONG = Reason("password-wrong", N_("This is not your present password."))
PASSWORDS_DIFFER = Reason("passwords-differ", N_("The two new passwords are not the same."))
