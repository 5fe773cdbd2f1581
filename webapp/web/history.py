"""What an event changed, in words."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from ..domain.labels import N_
from ..domain.money import parse_money
from ..domain.periods import Period
from ..domain.service.service import Availability, Mode
from ..language.speaker import Speaker
from ..models import Event

Formatter = Callable[[Speaker, Any], Any]

FIELDS: Mapping[str, tuple[str, Formatter]] = {
    "name": (N_("Technical name"), lambda speaker, value: value),
    "display_name": (N_("Name"), lambda speaker, value: value),
    "product": (N_("Product"), lambda speaker, value: value),
    "state": (N_("Availability"), lambda speaker, value: speaker.gettext(Availability.of(value).label)),
    "mode": (N_("Renewal mode"), lambda speaker, value: speaker.gettext(Mode.of(value).label)),
    "period": (N_("Frequency"), lambda speaker, value: speaker.period_label(Period.parse(value))),
    "start": (N_("Start of the term"), lambda speaker, value: speaker.day(date.fromisoformat(value))),
    "expiry": (N_("End of the term"), lambda speaker, value: speaker.day(date.fromisoformat(value))),
    "suspended": (N_("Suspended since"), lambda speaker, value: speaker.day(date.fromisoformat(value))),
    "commitment": (N_("Committed until"), lambda speaker, value: speaker.day(date.fromisoformat(value))),
    "cancellation": (N_("Cancellation"), lambda speaker, value: speaker.day(date.fromisoformat(value))),
    "agreements": (N_("Agreement accepted"), lambda speaker, titles: speaker.listed(map(speaker.gettext, titles))),
}
MONEY = {"price": N_("Price without tax"), "bill": N_("Bill to pay")}


def changes(event: Event, speaker: Speaker, *, currency: str, sees_money: bool) -> list[tuple[str, Any, Any]]:
    """What it was about: label, old value or None, new value; amounts only for those who may see them."""

    def amount(speaker: Speaker, value: str) -> Any:
        return speaker.money(parse_money(value, currency))

    fields = {**FIELDS, **({name: (label, amount) for name, label in MONEY.items()} if sees_money else {})}
    return list(_changes(event, speaker, fields))


def _changes(
    event: Event, speaker: Speaker, fields: Mapping[str, tuple[str, Formatter]]
) -> Iterator[tuple[str, Any, Any]]:
    for name, (label, formatted) in fields.items():
        old, new = event.old.get(name), event.new.get(name)
        if old != new and (old or new):
            said_old = formatted(speaker, old) if old else None
            yield speaker.gettext(label), said_old, formatted(speaker, new) if new else speaker.gettext("nothing")
