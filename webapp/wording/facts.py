"""The facts of a preview in words: what each is called, and how a value of each kind is said."""

from collections.abc import Mapping
from datetime import date

from ..domain.facts import (
    Alongside,
    DayOfMonth,
    DebitDay,
    Duration,
    Fact,
    Method,
    Owing,
    Stretch,
)
from ..domain.labels import N_
from ..domain.law.contracts import Tax
from ..domain.money import Money
from ..domain.periods import last_day
from ..domain.service.catalogue import Remains
from ..language.speaker import Speaker

Labels = Mapping[str, str]
CONFIGURED = {
    "debits": N_("Debit dates"),
    "amount": N_("Amount, tax included"),
    "taxes": N_("Taxes"),
    "method": N_("Payment method"),
    "expires": N_("Expiry"),
    "agreements": N_("Agreements"),
    "price_given_up": N_("Agreed price"),
}
CANCELLED = {
    "day": N_("Ends on"),
    "remains": N_("After its end"),
    "erased": N_("Data erased on"),
    "debits": N_("Debit dates"),
    "companions": N_("Can be cancelled as well"),
    "included": N_("Ends with it"),
}
KEPT = {"day": N_("Ends on"), "renews": N_("Next renewal"), "services": N_("Services")}
RENEWED = {
    "durations": N_("Durations and prices, tax included"),
    "companions": N_("Can be paid for as well"),
    "taxes": N_("Taxes"),
}
ALIGNED = {"day": N_("Renews on"), "term": N_("For the term"), "amount": N_("Amount, tax included")}
PAID = {"bills": N_("Bills to pay")}


def said(fact: Fact, speaker: Speaker) -> str:
    """Plain text, or markup that is safe."""
    match fact:
        case date():
            return speaker.day(fact)
        case Money():
            return speaker.money(fact)
        case _:
            return plain(fact, speaker)


def plain(fact: Fact, speaker: Speaker) -> str:
    """The same without markup, for sentences and lists."""
    match fact:
        case date():
            return speaker.plain_day(fact)
        case Money():
            return speaker.plain_money(fact)
        case Tax():
            return speaker.tax(fact)
        case Remains():
            return speaker.gettext(fact.label)
        case DayOfMonth(day):
            return speaker.day_of_month(day)
        case tuple():
            return speaker.listed(plain(each, speaker) for each in fact)
        case str():
            return fact
        case _:
            return _composed(fact, speaker)


def _composed(fact: Stretch | DebitDay | Duration | Method | Owing | Alongside, speaker: Speaker) -> str:
    match fact:
        case Stretch(start, end):
            return speaker.term(start, end).striptags()
        case DebitDay(day):
            return speaker.plain_day(day)
        case Duration(period, end, price):
            return speaker.gettext(
                "%(duration)s until %(day)s (included): %(amount)s",
                duration=speaker.duration(period),
                day=speaker.plain_day(last_day(end)),
                amount=speaker.plain_money(price),
            )
        case Method(kind, label):
            return f"{speaker.gettext(kind.label)}, {label}"
        case Owing(bill, amount):
            return speaker.gettext("%(amount)s (%(bill)s)", amount=speaker.plain_money(amount), bill=bill)
        case Alongside(reference, date()):
            return reference
        case Alongside(reference, told):
            return f"{reference}: {plain(told, speaker)}"
