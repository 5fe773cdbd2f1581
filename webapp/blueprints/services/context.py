"""What the table's page, its regions and its error paths are drawn from."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import request, url_for

from ... import access
from ...domain.actions import Action
from ...domain.roles import ROLES
from ...domain.service import Availability, Mode
from ...domain.status import Status
from ...domain.table import BLANK, SIZES, Due, Sort, Table, read_table
from ...domain.text import fold
from ...domain.views import READY_MADE
from ...extensions import db
from ...i18n import gettext as _
from ...i18n import ngettext, number, plain_day
from ...operations.keep_view import saved_views
from ...operations.list_services import Page, list_services, summary
from ...operations.match_services import Viewer
from ...operations.select_services import count_selected
from ...wiring import now, rules

PAGES: dict[Action, str] = {Action.CONFIGURE: "renewal"}
"""Actions that have a page, and where it lies below the service's."""


def viewer() -> Viewer:
    """The signed-in account as the table's reader."""
    instant, known = now(), rules()
    return Viewer(
        account_id=access.account().id,
        sign_in_key=access.sign_in_key(),
        today=instant.astimezone(access.current_portal().zone).date(),
        now=instant,
        rules=known,
        type_order=sorted(known.families, key=lambda code: fold(_(known.families[code].label))),
    )


def table_context() -> dict[str, Any]:
    """The page of the table that the address asks for."""
    seen_by = viewer()
    table, unusable = read_table(request.args.to_dict(flat=False), seen_by.rules.families)
    found = list_services(db.session(), table, seen_by)
    address = addresses()
    return row_context() | {
        "title": heading(found),
        "caption": caption(table, found),
        "table": table,
        "found": found,
        "unusable": unusable,
        "typed": request.args,
        "here": address(table),
        "address": address,
        "ready_made": READY_MADE,
        "saved": lambda: saved_views(db.session(), seen_by.account_id),
        "selected": count_selected(db.session(), seen_by.sign_in_key),
        "filters": lambda: filter_choices(seen_by),
        "filter_label": filter_label,
        "parameter_label": parameter_label,
        "reversed_range": table.since and table.until and table.since > table.until,
        "sorts": tuple(Sort),
        "sizes": SIZES,
        "blank": BLANK,
    }


def selection_context(table: Table, seen_by: Viewer) -> dict[str, Any]:
    """What the bar above the rows is drawn with when it is redrawn alone."""
    return {
        "selected": count_selected(db.session(), seen_by.sign_in_key),
        "matches": summary(db.session(), table, seen_by).matches,
        "address": addresses(),
        "blank": BLANK,
    }


def row_context() -> dict[str, Any]:
    """What a single row is drawn with."""
    account = access.account()
    return {
        "base": url_for("services.index"),
        "PAGES": PAGES,
        "labels": {sort.value: _(sort.label) for sort in Sort},
        "reads_net": account.kind in access.current_portal().net_prices_for,
    }


def addresses() -> Callable[[Table], str]:
    base = url_for("services.index")
    return lambda table: f"{base}?{table.query}" if table.query else base


def filter_choices(seen_by: Viewer) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Every filter that is a list to tick: name, heading, values with their labels."""
    types = [(code, _(seen_by.rules.families[code].label)) for code in seen_by.type_order]
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


def parameter_label(name: str) -> str:
    """What a part of the address is called on the page."""
    labels = {key: label for key, label, _choices in filter_choices(viewer())}
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
