"""Dates, amounts and numbers as a locale writes them (Unicode CLDR), with the machine's form beside them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError, dates, numbers, units
from babel.languages import get_official_languages
from markupsafe import Markup

from ..domain.money import MINOR_DIGITS, Money

HOME = {"en": "GB", "fr": "FR", "de": "DE"}
"""Where a language has no territory of its own, it is written as it is there."""


@lru_cache
def locale_for(language: str, territory: str) -> str:
    """``fr_CA`` in Canada, where French is at home; ``en_GB`` in France, where English is not."""
    at_home = language in get_official_languages(territory, de_facto=True)
    try:
        return str(Locale(language, territory if at_home else HOME[language]))
    except (UnknownLocaleError, KeyError):
        return language


NO_BREAK = "\N{NO-BREAK SPACE}"
FIRST = {"fr": "1er"}
"""What the first of a month is called where it has a name of its own; CLDR has none."""


@lru_cache(4096)
def plain_day(value: date, locale: str) -> str:
    """Kept on one line."""
    text = dates.format_date(value, "medium", locale=locale)
    if value.day == 1 and (first := FIRST.get(locale[:2])):
        text = text.replace("1", first, 1)
    return text.replace(" ", NO_BREAK)


def _time(value: datetime, width: str, zone: ZoneInfo, locale: str) -> str:
    return dates.format_time(value, width, tzinfo=zone, locale=locale).replace(" ", NO_BREAK)


def _joined(value: datetime, width: str, zone: ZoneInfo, locale: str) -> str:
    joined = str(dates.get_datetime_format("medium", locale=locale)).replace("'", "")
    day = plain_day(value.astimezone(zone).date(), locale)
    return joined.replace("{0}", _time(value, width, zone, locale)).replace("{1}", day)


@lru_cache(4096)
def day(value: date, locale: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), plain_day(value, locale))


def month(value: date, locale: str) -> str:
    return dates.format_skeleton("yMMM", value, locale=locale)


def plain_money(value: Money, locale: str) -> str:
    return numbers.format_currency(value.decimal, value.currency, locale=locale, decimal_quantization=False)


@lru_cache(4096)
def money(value: Money, locale: str) -> Markup:
    text = plain_money(value, locale)
    machine = f"{value.decimal:.{MINOR_DIGITS[value.currency]}f}"
    return Markup('<data value="{}">{}</data>').format(machine, text)


def moment(value: datetime, zone: ZoneInfo, locale: str) -> Markup:
    """An instant on that zone's clock."""
    text = _joined(value, "medium", zone, locale)
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(timespec="seconds"), text)


def dated(value: datetime, zone: ZoneInfo, locale: str) -> Markup:
    """The same with the place whose clock tells it, for proof."""
    return moment(value, zone, locale) + f" ({_place(zone, locale)})"


def _place(zone: ZoneInfo, locale: str) -> str:
    return dates.get_timezone_location(zone, locale=locale, return_city=True)


def deadline(value: datetime, zone: ZoneInfo, locale: str) -> Markup:
    """The last minute before that instant, with the place whose clock tells it."""
    value -= timedelta(microseconds=1)
    text = f"{_joined(value, 'short', zone, locale)} ({_place(zone, locale)})"
    return Markup('<time datetime="{:%Y-%m-%dT%H:%MZ}">{}</time>').format(value.astimezone(UTC), text)


@lru_cache(1024)
def duration(months: int, locale: str) -> str:
    """``3 months``, ``1 year``."""
    if months % 12:
        return units.format_unit(months, "duration-month", locale=locale)
    return units.format_unit(months // 12, "duration-year", locale=locale)


@lru_cache(1024)
def number(value: int, locale: str) -> str:
    return numbers.format_decimal(value, locale=locale)


def percent(value: Decimal, locale: str) -> str:
    """A rate in per cent: ``9,975 %``."""
    return numbers.format_percent(value / 100, locale=locale, decimal_quantization=False)


def decimal(locale: str) -> str:
    return numbers.get_decimal_symbol(locale)
