"""The services table as a file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from ..domain.files import CsvFormat, Headings
from ..domain.labels import N_, Labelled
from ..domain.law.contracts import CustomerKind
from ..domain.money import Money
from ..domain.roles import ROLES
from ..language.speaker import Speaker
from ..operations.listing.export import ExportedService
from ..rules import Rules
from .csv import harmless

COLUMNS = {
    "display_name": N_("Name"),
    "name": N_("Technical name"),
    "reference": N_("Reference"),
    "type": N_("Type"),
    "product": N_("Product"),
    "availability": N_("Availability"),
    "status": N_("Status"),
    "mode": N_("Renewal mode"),
    "period": N_("Frequency"),
    "next_date": N_("Next date"),
    "expiry": N_("End of the term"),
    "price": N_("Price"),
    "currency": N_("Currency"),
    "tax": N_("Tax"),
    "roles": N_("My role"),
}
"""By the names that programs know them by; dates are ISO 8601, periods as in ``P12M``."""
TAX = {True: ("net", N_("excl. tax")), False: ("gross", N_("tax included"))}
"""By whether prices are shown without tax."""


def services_file(
    services: Iterable[ExportedService], form: CsvFormat, rules: Rules, speaker: Speaker
) -> Iterator[Sequence[str]]:
    """The rows of the file, its headings first; amounts are written as the separator's programs read them."""
    in_words = form.headings is Headings.LABELS
    say = _labels(speaker) if in_words else _values
    yield [speaker.gettext(label) for label in COLUMNS.values()] if in_words else list(COLUMNS)

    @lru_cache(None)
    def family(code: str) -> str:
        return speaker.gettext(rules.families[code].label) if in_words else code

    @lru_cache(None)
    def tax(seller: str, kind: CustomerKind) -> tuple[bool, str]:
        net = kind in rules.portals[seller].net_prices_for
        return net, speaker.gettext(TAX[net][1]) if in_words else TAX[net][0]

    @lru_cache(None)
    def roles(held: int) -> str:
        mine = [role for role in ROLES if role & held]
        return ", ".join(speaker.gettext(role.label) if in_words else role.word for role in mine)

    for each in services:
        net, basis = tax(each.seller, each.customer_kind)
        priced = each.gross_minor is not None
        yield (
            harmless(each.display_name or each.name),
            harmless(each.name),
            harmless(each.reference),
            family(each.family),
            harmless(each.product),
            say(each.availability),
            say(each.status),
            say(each.mode) if each.mode else "",
            str(each.period) if each.period else "",
            each.effective_on or "",
            each.ends_on or "",
            _amount(each.net_minor if net else each.gross_minor or 0, each.currency, form) if priced else "",
            each.currency if priced else "",
            basis if priced else "",
            roles(each.roles),
        )


def _labels(speaker: Speaker) -> Callable[[Labelled], str]:
    return lru_cache(None)(lambda member: speaker.gettext(member.label))


def _values(member: Labelled) -> str:
    return str(member)


@lru_cache(4096)
def _amount(minor: int, currency: str, form: CsvFormat) -> str:
    return str(Money(minor, currency).decimal).replace(".", form.separator.decimal)
