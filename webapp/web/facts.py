"""How the facts of a preview are written, where they are told one by one."""

from datetime import date
from decimal import Decimal

from ..domain.money import Money
from ..language.speaker import Speaker


def day(speaker: Speaker, value: str) -> str:
    return speaker.day(date.fromisoformat(value))


def amount(speaker: Speaker, value: str) -> str:
    minor, currency = value.split()
    return speaker.money(Money(int(minor), currency))


def taxes(speaker: Speaker, value: str) -> str:
    """Each with its rate in per cent."""
    told = (tax.split("=") for tax in value.split())
    return speaker.listed(f"{name} {speaker.percent(Decimal(rate))}" for name, rate in told)


def references(speaker: Speaker, value: str) -> str:
    """Of services, each with its day or without."""
    return speaker.listed(each.partition("=")[0] for each in value.split())
