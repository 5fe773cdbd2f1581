"""What an inventory told of a service, in words."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from ..domain.events import Columns
from ..domain.labels import N_
from ..domain.money import parse_money
from ..domain.periods import Period, last_day
from ..domain.service.service import Availability, Mode
from ..language.speaker import Speaker

Formatter = Callable[[Speaker, str], str]
Names = Mapping[str, str]
"""Of products and of services, by the codes and references that events keep."""
Said = tuple[str, str | None, str | None]
"""A label still to be translated, what it was, what it became."""

FIELDS: Mapping[str, tuple[str, Formatter]] = {
    "name": (N_("Technical name"), lambda speaker, value: value),
    "display_name": (N_("Name"), lambda speaker, value: value),
    "parent": (N_("Included in"), lambda speaker, value: value),
    "product": (N_("Product"), lambda speaker, value: value),
    "state": (N_("Availability"), lambda speaker, value: speaker.gettext(Availability.of(value).label)),
    "mode": (N_("Renewal mode"), lambda speaker, value: speaker.gettext(Mode.of(value).label)),
    "period": (N_("Frequency"), lambda speaker, value: speaker.period_label(Period.parse(value))),
    "start": (N_("Start of the term"), lambda speaker, value: speaker.day(date.fromisoformat(value))),
    "expiry": (N_("Paid until (included)"), lambda speaker, value: speaker.day(last_day(date.fromisoformat(value)))),
    "suspended": (N_("Suspended since"), lambda speaker, value: speaker.day(date.fromisoformat(value))),
    "commitment": (
        N_("Committed until (included)"),
        lambda speaker, value: speaker.day(last_day(date.fromisoformat(value))),
    ),
    "cancellation": (N_("Cancellation"), lambda speaker, value: speaker.day(date.fromisoformat(value))),
}
AMOUNTS = {"price": N_("Price without tax"), "bill": N_("Bill to pay, tax included")}
"""Columns of an inventory for those who see money."""


def columns_said(old: Columns, new: Columns, speaker: Speaker, names: Names) -> Iterator[Said]:
    """All but amounts; what is cancelled renews in no way."""
    without = ("mode", "period") if new.get("cancellation") else ()
    for name, (label, formatted) in FIELDS.items():
        if name not in without:
            before, after = (_cell(columns.get(name), formatted, speaker, names) for columns in (old, new))
            yield label, before, after


def amounts_said(old: Columns, new: Columns, speaker: Speaker, currency: str) -> Iterator[Said]:
    for name, label in AMOUNTS.items():
        before = _amount(old, name, old.get("currency") or currency, speaker)
        yield label, before, _amount(new, name, currency, speaker)


def _amount(columns: Columns, name: str, currency: str, speaker: Speaker) -> str | None:
    """As it was written then: another tax of today makes no other amount of it."""
    value = columns.get(name)
    return speaker.money(parse_money(value, currency)) if value else None


def _cell(value: str | None, formatted: Formatter, speaker: Speaker, names: Names) -> str | None:
    return formatted(speaker, names.get(value, value)) if value else None
