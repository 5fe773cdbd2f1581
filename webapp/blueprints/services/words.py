"""The table, its filters and its state in the reader's words."""

from collections.abc import Iterable
from typing import Any

from ...domain.listing.table import Due, Table
from ...domain.roles import ROLES
from ...domain.service.service import Availability, Mode
from ...domain.service.status import Status
from ...operations.listing.matching import Viewer
from ...operations.listing.page import Page
from ...web.reader import gettext as _
from ...web.reader import ngettext, number, plain_day
from ...wiring import rules


def filter_choices(seen_by: Viewer) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Every filter that is a list to tick: name, heading, values with their labels."""
    types = [(code, _(seen_by.desk.rules.families[code].label)) for code in seen_by.type_order]
    return [
        ("type", _("Type"), types),
        ("status", _("Status"), _labelled(Status)),
        ("availability", _("Availability"), _labelled(Availability)),
        ("mode", _("Renewal mode"), _labelled(Mode)),
        ("due", _("Next date"), _labelled(Due)),
        ("role", _("My role"), [(role.word, _(role.label)) for role in ROLES]),
    ]


def _labelled(members: Iterable[Any]) -> list[tuple[str, str]]:
    return [(member.value, _(member.label)) for member in members]


def filter_label(name: str, value: Any) -> str:
    """An active filter value in words."""
    match name:
        case "q":
            return _("Search: %(text)s", text=value)
        case "type":
            return _(rules().families[value].label)
        case "since" | "until":
            return (_("From %(day)s") if name == "since" else _("Until %(day)s")) % {"day": plain_day(value)}
        case "bill":
            return _("Bill to pay")
        case "selected":
            return _("Selected rows")
        case _:
            return _(value.label)


def parameter_label(name: str, seen_by: Viewer) -> str:
    """What a part of the address is called on the page."""
    labels = {key: label for key, label, _choices in filter_choices(seen_by)}
    labels |= {"q": _("Search"), "sort": _("Order"), "page": _("Page"), "size": _("Rows per page")}
    labels |= {"from": _("From"), "to": _("To"), "bill": _("Bill to pay"), "selected": _("Selected rows")}
    return labels[name]


def heading(found: Page) -> str:
    """The page's title: what is shown, how much of it, which page."""
    matches = found.summary.matches
    counted = ngettext("%(count)s service", "%(count)s services", matches, count=number(matches))
    if found.pages == 1:
        return _("My services: %(counted)s", counted=counted)
    return _(
        "My services: %(counted)s, page %(page)s of %(pages)s", counted=counted, page=found.number, pages=found.pages
    )


def caption(table: Table, found: Page) -> str:
    """Which rows the table shows, and in which order."""
    first = (found.number - 1) * table.size + 1
    said = _("Services %(first)s to %(last)s of %(matches)s, sorted by %(column)s, descending")
    if not table.descending:
        said = _("Services %(first)s to %(last)s of %(matches)s, sorted by %(column)s, ascending")
    return said % {
        "first": number(first),
        "last": number(first + len(found.lines) - 1),
        "matches": number(found.summary.matches),
        "column": _(table.sort.label).lower(),
    }
