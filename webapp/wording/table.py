"""The table, its filters and its state in the reader's words."""

from collections.abc import Iterable
from typing import Any

from ..domain.labels import N_
from ..domain.listing.table import Due, Table
from ..domain.roles import ROLES
from ..domain.service.service import Availability, Mode
from ..domain.service.status import Status
from ..language.speaker import Speaker
from ..operations.listing.matching import Viewer
from ..operations.listing.page import Page

FilterChoices = list[tuple[str, str, list[tuple[str, str]]]]
"""Name, heading, values with their labels."""


def filter_choices(seen_by: Viewer, speaker: Speaker) -> FilterChoices:
    """Every filter that is a list to tick."""
    families = seen_by.desk.rules.families

    def labelled(members: Iterable[Any]) -> list[tuple[str, str]]:
        return [(member.value, speaker.gettext(member.label)) for member in members]

    return [
        (
            "type",
            speaker.gettext("Type"),
            [(code, speaker.gettext(families[code].label)) for code in seen_by.type_order],
        ),
        ("status", speaker.gettext("Status"), labelled(Status)),
        ("availability", speaker.gettext("Availability"), labelled(Availability)),
        ("mode", speaker.gettext("Renewal mode"), labelled(Mode)),
        ("due", speaker.gettext("Next date"), labelled(Due)),
        ("role", speaker.gettext("My role"), [(role.word, speaker.gettext(role.label)) for role in ROLES]),
    ]


def filter_label(name: str, value: Any, *, seen_by: Viewer, speaker: Speaker) -> str:
    """An active filter value in words, with the filter that it belongs to."""
    match name:
        case "q":
            return speaker.gettext("Search: %(text)s", text=value)
        case "since":
            return speaker.gettext("From %(day)s", day=speaker.plain_day(value))
        case "until":
            return speaker.gettext("Until %(day)s", day=speaker.plain_day(value))
        case "bill":
            return speaker.gettext("With a bill to pay")
        case "selected":
            return speaker.gettext("Selected rows")
        case _:
            label = seen_by.desk.rules.families[value].label if name == "type" else value.label
            of_it = parameter_label(name, seen_by=seen_by, speaker=speaker)
            return speaker.gettext("%(filter)s: %(value)s", filter=of_it, value=speaker.gettext(label))


PARAMETERS = {
    "q": N_("Search"),
    "sort": N_("Order"),
    "page": N_("Page"),
    "size": N_("Rows per page"),
    "from": N_("From"),
    "to": N_("To"),
    "bill": N_("Bill to pay"),
    "selected": N_("Selected rows"),
}


def parameter_label(name: str, *, seen_by: Viewer, speaker: Speaker) -> str:
    """What a part of the address is called on the page."""
    labels = {key: label for key, label, _choices in filter_choices(seen_by, speaker)}
    return labels.get(name) or speaker.gettext(PARAMETERS[name])


def heading(shown: Page, speaker: Speaker) -> str:
    """The page's title: what is shown, how much of it, which page."""
    matches = shown.summary.matches
    counted = speaker.ngettext("%(count)s service", "%(count)s services", matches, count=speaker.number(matches))
    if shown.pages == 1:
        return speaker.gettext("My services: %(counted)s", counted=counted)
    return speaker.gettext(
        "My services: %(counted)s, page %(page)s of %(pages)s", counted=counted, page=shown.number, pages=shown.pages
    )


ORDERED = {
    False: N_("Services %(first)s to %(last)s of %(matches)s, sorted by “%(column)s”, ascending"),
    True: N_("Services %(first)s to %(last)s of %(matches)s, sorted by “%(column)s”, descending"),
}
"""By whether the order is descending."""


def caption(table: Table, shown: Page, speaker: Speaker) -> str:
    """Which rows the table shows, and in which order."""
    if not shown.lines:
        return speaker.gettext("No service matches")
    first = (shown.number - 1) * table.size + 1
    return speaker.gettext(
        ORDERED[table.descending],
        first=speaker.number(first),
        last=speaker.number(first + len(shown.lines) - 1),
        matches=speaker.number(shown.summary.matches),
        column=speaker.gettext(table.sort.label),
    )
