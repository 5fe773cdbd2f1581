"""Who reads this request: the one place that picks its Speaker; templates speak through it."""

from collections.abc import Iterable
from typing import Any, cast

from flask import Flask, request, session

from ..domain.periods import last_day
from ..language.catalogues import DEFAULT, LANGUAGES
from ..language.speaker import Speaker
from .access import addressee, current_portal

_KEY = "echeance.reader"


def init_app(app: Flask) -> None:
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.newstyle_gettext = True  # type: ignore[attr-defined]
    app.jinja_env.globals |= {
        "gettext": lambda text, **facts: reader().markup(text, **facts),
        "ngettext": lambda one, many, num, **facts: reader().markup_of_number(one, many, num, **facts),
        "_": lambda text, **facts: reader().markup(text, **facts),
        "period_label": lambda period: reader().period_label(period),
        "language": lambda: reader().language,
        "LANGUAGES": LANGUAGES,
    }
    app.jinja_env.filters |= {
        "day": lambda value: reader().day(value),
        "last_day": lambda value: reader().day(last_day(value)),
        "month": lambda value: reader().month(value),
        "money": lambda value: reader().money(value),
        "moment": lambda value, zone: reader().moment(value, zone),
        "dated": lambda value, zone: reader().dated(value, zone),
        "deadline": lambda value, zone: reader().deadline(value, zone),
        "say": lambda refusal: reader().refusal(refusal),
        "listed": lambda values: reader().listed(values),
        "number": lambda value: reader().number(value),
        "tax": lambda tax: reader().tax(tax),
        "until": lambda end: reader().until(end),
        "term": lambda start, end: reader().term(start, end),
        "day_of_month": lambda day: reader().day_of_month(day),
        "duration": lambda period: reader().duration(period),
    }


def reader() -> Speaker:
    """The reader's language with the formats of the portal's country, picked once a request.

    Kept with the request itself: an application context may outlive it and serve the next one.
    """
    environ: dict[str, Any] = request.environ
    if _KEY not in environ:
        language = next(filter(LANGUAGES.__contains__, _wished()), DEFAULT)
        environ[_KEY] = Speaker(language, current_portal().territory)
    return cast(Speaker, environ[_KEY])


def _wished() -> Iterable[str]:
    """The reader's explicit choice, else their account's, their portal's, their browser's.

    Before sign-in nobody has chosen the portal either, so the browser is asked first.
    """
    account = addressee()
    accepted = request.accept_languages.best_match(LANGUAGES, "") or ""
    yield session.get("language", "")
    yield account.language or "" if account else accepted
    yield from current_portal().languages


def gettext(text: str, /, **facts: Any) -> str:
    """The text in the reader's language."""
    return reader().gettext(text, **facts)
