"""Language and formats: the only module that knows Flask-Babel.

Language is not law: what a contract demands is decided in ``domain/law/contracts.py`` from the portal.
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any, cast
from zoneinfo import ZoneInfo

import flask_babel
from babel import Locale, UnknownLocaleError, dates, lists, numbers
from flask import Flask, g, has_request_context, request, session
from markupsafe import Markup

from ..database import MIGRATIONS
from ..domain.money import MINOR_DIGITS, Money
from ..domain.periods import Period
from ..domain.refusals import Refusal
from .access import current_account, current_portal

TRANSLATIONS = MIGRATIONS.parent.parent / "translations"
LANGUAGES = {"en": "English", "fr": "Français"}
"""Every language with a complete catalogue, by its own name."""
DEFAULT = "en"
# Where a language has no formats for the portal's country, these are used.
HOME_TERRITORY = {"en": "GB", "fr": "FR"}

babel = flask_babel.Babel()


def init_app(app: Flask) -> None:
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    babel.init_app(app, locale_selector=choose_locale)
    app.jinja_env.newstyle_gettext = True  # type: ignore[attr-defined]
    app.jinja_env.globals |= {"gettext": markup, "ngettext": markup_of_number, "_": markup}
    app.jinja_env.filters |= {
        "day": day,
        "money": money,
        "moment": moment,
        "say": say,
        "listed": listed,
        "number": number,
    }
    app.jinja_env.globals |= {"period_label": period_label, "language": language, "LANGUAGES": LANGUAGES}


def language() -> str:
    """The reader's: their explicit choice, else their account's, their portal's, their browser's.

    Before sign-in nobody has chosen the portal either, so the browser is asked first.
    """
    if "language" not in g:
        g.language = next(filter(LANGUAGES.__contains__, _wished()), DEFAULT)
    return cast(str, g.language)


def _wished() -> Iterable[str]:
    account = current_account()
    accepted = request.accept_languages.best_match(LANGUAGES, "") or ""
    yield session.get("language", "")
    yield account.language or "" if account else accepted
    yield from current_portal().languages


def choose_locale() -> str:
    """The reader's language with the formats of the portal's country."""
    if not has_request_context():
        return DEFAULT
    return locale_for(language(), current_portal().territory)


@lru_cache
def locale_for(language: str, territory: str) -> str:
    for candidate in (f"{language}_{territory}", f"{language}_{HOME_TERRITORY[language]}"):
        try:
            return str(Locale.parse(candidate))
        except UnknownLocaleError:
            continue
    return language


def gettext(text: str, /, **facts: Any) -> str:
    """The text in the reader's language, its placeholders filled in."""
    said = str(catalogue().ugettext(text))
    return said % facts if facts else said


def ngettext(one: str, many: str, num: int, /, **facts: Any) -> str:
    """The same for a text that depends on a number, which fills ``%(num)s``."""
    return str(catalogue().ungettext(one, many, num)) % ({"num": num} | facts)


def markup(text: str, /, **facts: Any) -> Markup:
    """A text for templates: catalogues are trusted to hold markup, the facts are escaped."""
    said = Markup(catalogue().ugettext(text))  # noqa: S704
    return said % facts if facts else said


def markup_of_number(one: str, many: str, num: int, /, **facts: Any) -> Markup:
    said = Markup(catalogue().ungettext(one, many, num))  # noqa: S704
    return said % ({"num": num} | facts)


def catalogue() -> Any:
    """The reader's catalogue, looked up once: a page has hundreds of texts."""
    try:
        return g.catalogue
    except AttributeError:
        g.catalogue = flask_babel.get_translations()
        return g.catalogue


def locale() -> str:
    """The reader's language with the formats of the portal's country."""
    try:
        return cast(str, g.locale)
    except AttributeError:
        g.locale = str(flask_babel.get_locale())
        return str(g.locale)


def day(value: date) -> Markup:
    """A date as its language writes it, with the machine's form beside it."""
    return _day(value, locale())


@lru_cache(4096)
def _day(value: date, locale: str) -> Markup:
    text = dates.format_date(value, "medium", locale=locale)
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), text)


def plain_day(value: date) -> str:
    return _day(value, locale()).striptags()


def money(value: Money) -> Markup:
    """An amount as its language writes it, with the machine's form beside it."""
    return _money(value, locale())


@lru_cache(4096)
def _money(value: Money, locale: str) -> Markup:
    text = numbers.format_currency(value.decimal, value.currency, locale=locale, decimal_quantization=False)
    machine = f"{value.decimal:.{MINOR_DIGITS[value.currency]}f}"
    return Markup('<data value="{}">{}</data>').format(machine, text)


def moment(value: datetime, zone: ZoneInfo) -> Markup:
    """An instant on the contract's clock."""
    text = dates.format_datetime(value, "medium", tzinfo=zone, locale=locale())
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(timespec="seconds"), text)


def number(value: int) -> str:
    return _number(value, locale())


@lru_cache(1024)
def _number(value: int, locale: str) -> str:
    return numbers.format_decimal(value, locale=locale)


def listed(values: Iterable[str]) -> str:
    """``a, b and c`` in the reader's language."""
    return lists.format_list(list(values), locale=locale())


def period_label(period: Period) -> str:
    """How often: whole sentences' ends such as “every 3 months”."""
    if period.months % 12 == 0:
        years = period.months // 12
        return ngettext("every year", "every %(num)s years", years)
    return ngettext("every month", "every %(num)s months", period.months)


def say(refusal: Refusal) -> str:
    """A refusal in the reader's words."""
    return gettext(refusal.message, **{name: _fact(fact) for name, fact in refusal.facts.items()})


def _fact(fact: Any) -> Any:
    return plain_day(fact) if isinstance(fact, date) else fact
