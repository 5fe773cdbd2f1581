from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from ...domain.folding import is_list
from ...extensions import db
from ...operations.listing.page import line_of
from ...operations.listing.service_page import event_of, names_in, show_service, told_with
from ...operations.people.choose_density import choose_density
from ...operations.renewal.ways_back import ways_back
from ...web import access
from ...web.forms import pressed
from ...web.hypermedia import addressed, go, page
from ...web.pace import paced
from ...web.reader import gettext as _
from ...web.reader import reader
from ...web.viewing import came_from, desk, row_context, viewer
from ...wording.redemption import redemption
from ...wording.why import whys
from .export import csv_file, options_page, remember_and_send, workbook_file
from .table_page import table_page

blueprint = Blueprint("services", __name__, url_prefix="/services")
REGIONS = {"services": "services/_services.html", "results": "services/_redrawn.html"}


@blueprint.get("")
@paced("lists_pasted", unless=lambda: not is_list(request.args.get("q", "")))
def index() -> Response:
    view = table_page()
    return addressed(
        page("services/index.html", title=view.title, regions=REGIONS, changed=view.caption, **view.context()),
        view.here,
    )


@blueprint.post("", endpoint="set_density")
def set_density() -> Response:
    """How high the rows are, kept with the account."""
    choose_density(access.account().id, compact=pressed(request.form, "compact") == "yes")
    return go(came_from(request.form).address())


@blueprint.get("/export.csv")
@paced("exports")
def export_csv() -> Response:
    return csv_file()


@blueprint.get("/export.xlsx")
@paced("exports")
def export_xlsx() -> Response:
    return workbook_file()


@blueprint.get("/export")
def export_options() -> Response:
    return options_page()


@blueprint.post("/export")
def export() -> Response:
    """Remember how it is wanted, then send it."""
    return remember_and_send()


@blueprint.get("/<reference:reference>")
def show(reference: str) -> Response:
    shown = show_service(db.session(), reference, viewer())
    rows = row_context(came_from(request.args))
    names = names_in(db.session(), shown.events, desk())
    return page(
        "services/show.html",
        title=shown.line.display_name,
        shown=shown,
        names=names,
        mails=told_with(db.session(), shown, desk()),
        redemption=redemption(shown.line.case, reader()) if shown.line.sees_money else "",
        ways_back=ways_back(db.session(), shown, desk()),
        whys=whys(shown.line, shown.started_on, reader()),
        **rows.context(),
    )


@blueprint.get("/<reference:reference>/actions")
def actions(reference: str) -> Response:
    """All that can be done with it, and why not: a page, or the menu of its row."""
    line = line_of(db.session(), reference, viewer())
    return page(
        "services/actions.html",
        title=_("Actions for %(name)s", name=line.display_name),
        menus={"row-menu": "services/_menu.html"},
        line=line,
        **row_context(came_from(request.args)).context(),
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
        names=names_in(db.session(), [event], desk()),
        shown=shown,
        ways_back=ways_back(db.session(), shown, desk()),
        **row_context(came_from(request.args)).context(),
    )
