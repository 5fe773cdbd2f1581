"""Each message as a letter."""

from collections.abc import Mapping

from . import about_account, about_addresses, about_contacts, about_methods, about_money, about_services
from .letter import Write

LETTERS: Mapping[str, Write] = {
    **about_account.LETTERS,
    **about_addresses.LETTERS,
    **about_contacts.LETTERS,
    **about_methods.LETTERS,
    **about_money.LETTERS,
    **about_services.LETTERS,
}
"""By the kind of the message."""
