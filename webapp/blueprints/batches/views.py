import re
from collections.abc import Callable

from flask import Blueprint, abort, request, url_for
from werkzeug.wrappers import Response

from ...domain.listing.address import read_table
from ...domain.listing.table import Table
from ...operations.listing.matching import Viewer
from ...operations.listing.selection import tick_all, untick_all
from ...web.hypermedia import go, redraw, wants_fragment
from ...web.selection import selection_bar
from ...web.viewing import viewer
from .forms import TableForm

blueprint = Blueprint("batches", __name__, url_prefix="/batches")
PAGE = re.compile(r"page-([1-9][0-9]{0,6})")


@blueprint.post("")
def begin() -> Response:
    """What was pressed in the table: keep the ticks, tick all that match or none, turn the page."""
    seen_by, form = viewer(), TableForm()
    table, _unusable = read_table(request.args.to_dict(flat=False), seen_by.desk.rules.families)
    action = form.action.data or "keep"
    if page := PAGE.fullmatch(action):
        form.keep(seen_by)
        return go(table.having(page=int(page[1])).at(url_for("services.index")))
    if action not in SELECTING:
        abort(400)
    return _selected(table, SELECTING[action](form, table, seen_by), f"selection:{action}")


SELECTING: dict[str, Callable[[TableForm, Table, Viewer], int]] = {
    "keep": lambda form, table, seen_by: form.keep(seen_by),
    "all": lambda form, table, seen_by: tick_all(table, seen_by),
    "clear": lambda form, table, seen_by: untick_all(seen_by),
}
"""What is done with the ticks; each returns how many there are then."""


def _selected(table: Table, ticks: int, what: str) -> Response:
    """The table again, or the bar below its rows, where htmx keeps the rest as it is."""
    if not wants_fragment():
        return go(table.at(url_for("services.index")))
    return redraw("services/_selected.html", announcing=what, bar=selection_bar(ticks, viewer()), table=table)
