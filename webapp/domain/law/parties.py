"""Who sells and who buys, as documents name them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from ..labels import N_
from ..refusals import Reason

REGISTRATIONS = (N_("VAT number"), N_("GST number"), N_("QST number"))
"""What numbers of sellers are called, in words that every language has of its own."""
MOST_LINES, LONGEST_LINE = 6, 60
ADDRESS_UNFIT = Reason("address-unfit", N_("An address has at most 6 lines of 60 characters each."))
ADDRESS_MISSING = Reason(
    "address-missing", N_("Your invoice has to name your postal address. Tell it below; it is kept for the next ones.")
)
VAT_NUMBER_UNFIT = Reason(
    "vat-number-unfit", N_("A VAT number begins with the two letters of its country, as in FR00000000000.")
)
REFERENCE_UNFIT = Reason("reference-unfit", N_("A reference has at most 60 characters on one line."))


@dataclass(frozen=True, slots=True)
class Seller:
    """The legal block of a portal; what is not known is empty and stays off documents."""

    name: str
    address: tuple[str, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    """Registrations: what each is called there, and the number."""
    support: str = ""
    """Where its customers ask for help: the address of a page, or ``mailto:``."""
    lines: tuple[str, ...] = ()
    """What the law of its country wants on its invoices besides, such as its capital or its managing directors."""
    late_interest: str = ""
    """What a business that pays late owes by its terms, in its words."""
    logo: str = ""
    """SVG."""
    colour: str = "#2546c7"
    """Of its mails: white is legible on it."""
    mails_from: str = ""
    """Address of mail that its mails come from; empty where that is its support’s, or none in particular."""

    @property
    def contact(self) -> str:
        """The same as it is printed."""
        return self.support.removeprefix("mailto:")

    def stored(self) -> Mapping[str, Any]:
        return {
            "name": self.name,
            "address": list(self.address),
            "numbers": [list(each) for each in self.numbers],
            "lines": list(self.lines),
        }


@dataclass(frozen=True, slots=True)
class Buyer:
    """What an account tells of itself for its invoices; empty where it tells nothing."""

    address: str = ""
    """Lines."""
    vat_number: str = ""
    reference: str = ""
    """What its own books know the purchases by."""


TOLD = tuple(field.name for field in fields(Buyer))


def read_address(text: str) -> str:
    """Its lines without blank ends and empty lines. Raises ValueError."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    lines = [line for line in lines if line]
    if len(lines) > MOST_LINES or any(len(line) > LONGEST_LINE or not line.isprintable() for line in lines):
        raise ValueError("no address")
    return "\n".join(lines)


def read_vat_number(text: str) -> str:
    """In capitals, without blanks, dots and hyphens. Whether it exists is not looked up. Raises ValueError."""
    number = re.sub(r"[\s.-]", "", text).upper()
    if number and not re.fullmatch(r"[A-Z]{2}[A-Z0-9+*]{2,13}", number):
        raise ValueError("no VAT number")
    return number


def read_reference(text: str) -> str:
    """Raises ValueError."""
    reference = " ".join(text.split())
    if len(reference) > LONGEST_LINE or not reference.isprintable():
        raise ValueError("no reference")
    return reference
