import re
from collections.abc import Callable

from flask import Blueprint, abort, request, url_for
from werkzeug.wrappers import Response

from ...domain.listing.address import read_table
from ...domain.listing.table import SIZES, Table
from ...domain.service.service import REFERENCE
from ...extensions import db
from ...operations.listing.matching import Viewer
from ...operations.listing.selection import tick, tick_all, untick_all
from ...operations.listing.service_page import event_of, show_service
from ...web.hypermedia import addressed, go, page, redraw, wants_fragment
from ...web.reader import gettext as _
from ...web.viewing import came_from, row_context, viewer
from .context import selection_context, table_context

blueprint = Blueprint("services", __name__, url_prefix="/services")
REGIONS = {"services": "services/_services.html", "results": "services/_results.html"}


@blueprint.get("")
def index() -> Response:
    context = table_context()
    return addressed(page("services/index.html", regions=REGIONS, **context), context["here"])


@blueprint.post("/selection")
def select() -> Response:
    """Keep what is ticked on the page that was sent; the table itself stays as it is."""
    seen_by = viewer()
    table, _unusable = read_table(request.args.to_dict(flat=False), seen_by.desk.rules.families)
    action = request.form.get("action", "keep")
    if action not in SELECTING:
        abort(400)
    SELECTING[action](table, seen_by)
    if not wants_fragment():
        return go(table.at(url_for("services.index")))
    return redraw("services/_selection.html", announcing="selection:changed", **selection_context(table, seen_by))


def _keep(table: Table, seen_by: Viewer) -> None:
    shown = _references(request.form.get("shown", "").split())
    tick(shown, shown if "page" in request.form else _references(request.form.getlist("ref")), seen_by)


def _references(sent: list[str]) -> list[str]:
    """As many as a page can have; whatever is no reference belongs to nobody."""
    return [each for each in sent[: SIZES[-1]] if re.fullmatch(REFERENCE, each)]


SELECTING: dict[str, Callable[[Table, Viewer], None]] = {
    "keep": _keep,
    "all": tick_all,
    "clear": lambda table, seen_by: untick_all(seen_by),
}


@blueprint.get("/<reference:reference>")
def show(reference: str) -> Response:
    shown = show_service(db.session(), reference, viewer())
    return page(
        "services/show.html", title=shown.line.display_name, shown=shown, **row_context(came_from(request.args))
    )


@blueprint.get("/<reference:reference>/events/<int(max=2147483647):event_id>")
def receipt(reference: str, event_id: int) -> Response:
    """What one change did: the page one lands on after it, to come back to and to print."""
    shown = show_service(db.session(), reference, viewer())
    event = event_of(db.session(), shown.line.id, event_id) or abort(404)
    return page(
        "services/receipt.html",
        title=_(event.kind.label),
        event=event,
        shown=shown,
        **row_context(came_from(request.args)),
    )
