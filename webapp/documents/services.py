"""The services table as a file."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, TypeVar

from ..domain.files import Headings
from ..domain.labels import N_
from ..domain.law.contracts import CustomerKind, rules_for
from ..domain.roles import ROLES
from ..domain.service.service import Availability, Mode
from ..domain.service.status import Status, has_come
from ..language.speaker import Speaker
from ..operations.listing.export import ExportedService
from ..rules.loader import Rules
from ..wording.standing import label_of
from .cells import Cells

T = TypeVar("T")
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
    "expiry": N_("Expiry"),
    "price": N_("Price"),
    "currency": N_("Currency"),
    "tax": N_("Tax"),
    "roles": N_("My role"),
}
"""By the names that programs know them by; dates are ISO 8601, periods as in ``P12M``."""
TAX = {True: ("net", N_("excl. tax")), False: ("gross", N_("tax included"))}
"""By whether prices are shown without tax."""


class _Words:
    """Every word that may stand in a cell, said once."""

    def __init__(self, headings: Headings, rules: Rules, speaker: Speaker, today: date) -> None:
        in_words = headings is Headings.LABELS

        def said(words: Iterable[tuple[T, str, str]]) -> dict[T, str]:
            """By the value: its label in the reader's language, or its name for programs."""
            return {value: speaker.gettext(label) if in_words else name for value, name, label in words}

        self.headings = list(said((name, name, label) for name, label in COLUMNS.items()).values())
        self.families = said((code, code, family.label) for code, family in rules.families.items())
        self.availabilities = said((each, each.value, each.label) for each in Availability)
        self._today = today
        self._statuses = {
            come: said((each, each.value, label_of(each, come=come)) for each in Status) for come in (False, True)
        }
        self.modes = said((each, each.value, each.label) for each in Mode)
        self.bases = said((net, name, label) for net, (name, label) in TAX.items())
        roles = said((role, role.word, role.label) for role in ROLES)
        self.roles = [", ".join(roles[role] for role in ROLES if role & held) for held in range(2 * ROLES[-1])]
        self.shows_net = {
            (code, kind): rules_for(portal, kind, today).shows_net_prices
            for code, portal in rules.portals.items()
            for kind in CustomerKind
        }

    def status(self, each: ExportedService) -> str:
        """As its row says it."""
        day = date.fromisoformat(each.effective_on) if each.effective_on else None
        return self._statuses[has_come(each.status, day, self._today)][each.status]


def services_file(
    services: Iterable[ExportedService], cells: Cells, rules: Rules, speaker: Speaker, today: date
) -> Iterator[Sequence[Any]]:
    """The rows of the file, its headings first."""
    words = _Words(cells.headings, rules, speaker, today)
    yield words.headings
    for each in services:
        yield _row(each, words, cells)


def _row(each: ExportedService, words: _Words, cells: Cells) -> Sequence[Any]:
    text, day = cells.text, cells.day
    net = words.shows_net[each.seller, each.customer_kind]
    priced = each.gross_minor is not None
    minor = each.net_minor if net else each.gross_minor or 0
    return (
        text(each.display_name or each.name),
        text(each.name),
        text(each.reference),
        words.families[each.family],
        text(each.product),
        words.availabilities[each.availability],
        words.status(each),
        words.modes[each.mode] if each.mode else "",
        str(each.period) if each.period else "",
        day(each.effective_on or ""),
        day(each.ends_on or ""),
        cells.amount(minor, each.currency) if priced else "",
        each.currency if priced else "",
        words.bases[net] if priced else "",
        words.roles[each.roles],
    )
