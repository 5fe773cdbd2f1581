"""How values with a meaning of their own are written in inventory files. Every function raises ValueError."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from email_validator import validate_email

from ...domain.labels import Labelled
from ...domain.mail_address import LONGEST, mail_address
from ...domain.money import MINOR_DIGITS
from ...domain.periods import Period, after
from .columns import Column
from .names import one_line

EARLIEST, LATEST = date(1970, 1, 1), date(2199, 12, 31)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_AMOUNT = re.compile(r"[0-9]{1,12}([.,][0-9]{1,12})?")
_RATE = re.compile(r"[0-9]{1,3}([.,][0-9]{1,4})?")
_COUNTRY = re.compile(r"[A-Z]{2}")
_NUMBER = re.compile(r"[0-9]{1,2}")


def choice_column(name: str, what: str, kind: type[Labelled], *, required: bool = False) -> Column:
    """One word of an enumeration."""
    return Column(name, what, "allowed are " + ", ".join(member.value for member in kind), kind, required)


def day_column(name: str, what: str) -> Column:
    return Column(name, what, f"write it like 2026-12-31, from {EARLIEST} to {LATEST}", day)


def period_column(name: str, *, required: bool = False) -> Column:
    return Column(name, "a period", "write it like P1M, P12M or P1Y", Period.parse, required)


def currency_column(name: str) -> Column:
    return Column(name, "a currency", "allowed are " + ", ".join(MINOR_DIGITS), currency, required=True)


def amount_column(name: str, what: str, *, required: bool = False) -> Column:
    return Column(name, what, "write it like 12.99 or 12,99, not below zero, without separators", amount, required)


def rate_column(name: str, what: str) -> Column:
    return Column(name, what, "write it like 20 or 8.1, in per cent, from 0 to 100", rate)


def day(text: str) -> date:
    if not _DAY.fullmatch(text) or not EARLIEST <= (day := date.fromisoformat(text)) <= LATEST:
        raise ValueError("not a day")
    return day


def amount(text: str) -> Decimal:
    """In major units, exact; how many decimals the currency has is checked where it is known."""
    if not _AMOUNT.fullmatch(text):
        raise ValueError("not an amount")
    whole, _point, decimals = text.replace(",", ".").partition(".")
    return Decimal(f"{whole}.{decimals.rstrip('0')}".rstrip("."))


def rate(text: str) -> Decimal:
    """In per cent, without zeros at its end."""
    if not _RATE.fullmatch(text) or (rate := amount(text)) > 100:
        raise ValueError("not a rate")
    return rate


def currency(text: str) -> str:
    if text not in MINOR_DIGITS:
        raise ValueError("unknown currency")
    return text


def yes_no(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValueError("neither yes nor no")
    return text == "yes"


def email(text: str) -> str:
    """As accounts are found by it. Whether anybody reads what is sent there is not asked."""
    validate_email(one_line(text, LONGEST), check_deliverability=False)
    return mail_address(text)


def country(text: str) -> str:
    if not _COUNTRY.fullmatch(text):
        raise ValueError("not a country")
    return text


def month_day(text: str) -> int:
    if not _NUMBER.fullmatch(text) or not 1 <= int(text) <= 31:
        raise ValueError("not a day of the month")
    return int(text)


def last_month(text: str) -> date:
    """``2027-03``, the last month a card works, as the first day it no longer does."""
    return after(day(f"{text}-01"), Period(1), anchor_day=1)


def one_of(*words: str) -> Callable[[str], str]:
    """A parser of a closed list of words."""

    def parse(text: str) -> str:
        if text not in words:
            raise ValueError("not on the list")
        return text

    return parse


def too_precise(value: Decimal, unit: str) -> bool:
    """Whether the amount has more decimals than its currency."""
    minor = value.scaleb(MINOR_DIGITS[unit])
    return minor != minor.to_integral_value()
