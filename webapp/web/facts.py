"""How the facts of a preview are written, where they are told one by one."""

from datetime import date

from ..domain.money import Money
from ..language.speaker import Speaker


def day(speaker: Speaker, value: str) -> str:
    return speaker.day(date.fromisoformat(value))


def amount(speaker: Speaker, value: str) -> str:
    minor, currency = value.split()
    return speaker.money(Money(int(minor), currency))


def references(speaker: Speaker, value: str) -> str:
    """Of services, each with its day or without."""
    return speaker.listed(each.partition("=")[0] for each in value.split())
