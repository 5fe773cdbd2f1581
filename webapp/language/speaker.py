"""Someone who speaks one language the way one territory writes it."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from babel import lists
from markupsafe import Markup

from ..domain.law.contracts import Tax
from ..domain.money import Money
from ..domain.periods import Period, last_day
from ..domain.refusals import Refusal
from . import formats
from .catalogues import catalogue


class Speaker:
    """Says texts and writes values; a page has one for its reader, a mail one for its recipient.

    Language is not law: what a contract demands is decided in ``domain/law`` and never from here.
    """

    def __init__(self, language: str, territory: str) -> None:
        self.language = language
        self.territory = territory
        self.locale = formats.locale_for(language, territory)
        self._catalogue = catalogue(language, territory)

    def gettext(self, text: str, /, **facts: Any) -> str:
        """The text with its placeholders filled in."""
        said = str(self._catalogue.gettext(text))
        return said % facts if facts else said

    def ngettext(self, one: str, many: str, num: int, /, **facts: Any) -> str:
        """The same for a text that depends on a number, which fills ``%(num)s``."""
        return str(self._catalogue.ngettext(one, many, num)) % ({"num": num} | facts)

    def markup(self, text: str, /, **facts: Any) -> Markup:
        """A text for templates: catalogues are trusted to hold markup, the facts are escaped."""
        said = Markup(self._catalogue.gettext(text))  # noqa: S704
        return said % facts if facts else said

    def markup_of_number(self, one: str, many: str, num: int, /, **facts: Any) -> Markup:
        said = Markup(self._catalogue.ngettext(one, many, num))  # noqa: S704
        return said % ({"num": num} | facts)

    def day(self, value: date) -> Markup:
        return formats.day(value, self.locale)

    def month(self, value: date) -> str:
        """The month of that day: ``Dec 2026``."""
        return formats.month(value, self.locale)

    def plain_day(self, value: date) -> str:
        """The same without markup, for sentences that are plain text."""
        return formats.plain_day(value, self.locale)

    def money(self, value: Money) -> Markup:
        return formats.money(value, self.locale)

    def plain_money(self, value: Money) -> str:
        """The same without markup, for sentences that are plain text."""
        return formats.plain_money(value, self.locale)

    def moment(self, value: datetime, zone: ZoneInfo) -> Markup:
        """An instant on the contract's clock."""
        return formats.moment(value, zone, self.locale)

    def dated(self, value: datetime, zone: ZoneInfo) -> Markup:
        """The same with the place of that clock, for proof."""
        return formats.dated(value, zone, self.locale)

    def deadline(self, value: datetime, zone: ZoneInfo) -> Markup:
        """Until when: the last minute before that instant."""
        return formats.deadline(value, zone, self.locale)

    @property
    def decimal(self) -> str:
        """The sign before decimals."""
        return formats.decimal(self.locale)

    def number(self, value: int) -> str:
        return formats.number(value, self.locale)

    def percent(self, value: Decimal) -> str:
        return formats.percent(value, self.locale)

    def tax(self, tax: Tax) -> str:
        """``VAT 20%``."""
        return f"{self.gettext(tax.name)} {self.percent(tax.percent)}"

    def listed(self, values: Iterable[str]) -> str:
        """``a, b and c``."""
        return lists.format_list(list(values), locale=self.locale)

    def day_of_month(self, day: int) -> str:
        """Of every month, from 1 to 31, where a shorter one has its last day instead."""
        if day == 1:
            return self.gettext("the 1st of the month")
        if day == 31:
            return self.gettext("the last day of the month")
        return self.gettext("day %(day)s of the month", day=self.number(day))

    def period_label(self, period: Period) -> str:
        """How often: “every 3 months”."""
        if period.months % 12 == 0:
            return self.ngettext("every year", "every %(num)s years", period.months // 12)
        return self.ngettext("every month", "every %(num)s months", period.months)

    def duration(self, period: Period) -> str:
        """How long: “3 months”."""
        return formats.duration(period.months, self.locale)

    def term(self, start: date, end: date) -> Markup:
        """A stretch ``[start, end)``, with its last day."""
        return self.markup("%(start)s to %(end)s", start=self.day(start), end=self.day(last_day(end)))

    def until(self, end: date) -> Markup:
        """The last day of what ends before that one."""
        return self.markup("until %(day)s (included)", day=self.day(last_day(end)))

    def refusal(self, refusal: Refusal) -> str:
        return self.gettext(refusal.message, **{name: self._fact(fact) for name, fact in refusal.facts.items()})

    def _fact(self, fact: Any) -> Any:
        return self.plain_day(fact) if isinstance(fact, date) else fact
