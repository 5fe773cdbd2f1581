"""What an event changed, in words."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from ..domain.labels import N_
from ..domain.money import parse_money
from ..domain.periods import Period
from ..domain.service.service import Availability, Mode
from ..models import Event
from .reader import day, listed, money, period_label
from .reader import gettext as _

Formatter = Callable[[Any], Any]


def _mode(value: str) -> str:
    return _(Mode.of(value).label)


def _state(value: str) -> str:
    return _(Availability.of(value).label)


def _period(value: str) -> str:
    return period_label(Period.parse(value))


def _day(value: str) -> Any:
    return day(date.fromisoformat(value))


def _agreements(titles: list[str]) -> str:
    return listed(_(title) for title in titles)


FIELDS: dict[str, tuple[str, Formatter]] = {
    "name": (N_("Technical name"), str),
    "display_name": (N_("Name"), str),
    "product": (N_("Product"), str),
    "state": (N_("Availability"), _state),
    "mode": (N_("Renewal mode"), _mode),
    "period": (N_("Frequency"), _period),
    "start": (N_("Start of the term"), _day),
    "expiry": (N_("End of the term"), _day),
    "suspended": (N_("Suspended since"), _day),
    "commitment": (N_("Committed until"), _day),
    "cancellation": (N_("Cancellation"), _day),
    "agreements": (N_("Agreement accepted"), _agreements),
}
MONEY = {"price": N_("Price without tax"), "bill": N_("Bill to pay")}


def changes(event: Event, *, currency: str, sees_money: bool) -> list[tuple[str, Any, Any]]:
    """What it was about: label, old value or None, new value; amounts only for those who may see them."""

    def amount(value: str) -> Any:
        return money(parse_money(value, currency))

    fields = FIELDS | ({name: (label, amount) for name, label in MONEY.items()} if sees_money else {})
    return list(_changes(event, fields))


def _changes(event: Event, fields: dict[str, tuple[str, Formatter]]) -> Iterator[tuple[str, Any, Any]]:
    for name, (label, formatted) in fields.items():
        old, new = event.old.get(name), event.new.get(name)
        if old != new and (old or new):
            yield _(label), formatted(old) if old else None, formatted(new) if new else _("nothing")
