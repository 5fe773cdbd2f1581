from functools import partial

from flask import Blueprint, request
from werkzeug.wrappers import Response

from ...documents.calendar import calendar_file
from ...domain.listing.address import read_table
from ...domain.listing.table import Table
from ...extensions import db
from ...operations.listing.ahead import look_ahead, occasions
from ...web.addresses import address_of
from ...web.files import Rows, as_csv, as_workbook, wanted_format
from ...web.hypermedia import page
from ...web.pace import paced
from ...web.reader import gettext as _
from ...web.reader import reader
from ...web.viewing import viewer
from ...wiring import rules
from ...wording.calendar import ONE
from .calendar_page import chart, lists

blueprint = Blueprint("calendar", __name__)


def _table() -> Table:
    """The one that the table of the same address shows."""
    return read_table(request.args.to_dict(flat=False), rules().families)[0]


@blueprint.get("/calendar")
def index() -> Response:
    table = _table()
    seen = look_ahead(db.session(), table, viewer())
    return page(
        "calendar/index.html",
        title=_("The twelve months ahead"),
        services=seen.services,
        calendars=[chart(each) for each in seen.calendars],
        lists=lists(seen.named),
        one=ONE,
        table=table,
        back=table.at(address_of("services.index")),
    )


@blueprint.get("/calendar/export.csv")
@paced("exports")
def export_csv() -> Response:
    return as_csv(*_named_rows(), wanted_format())


@blueprint.get("/calendar/export.xlsx")
@paced("exports")
def export_xlsx() -> Response:
    return as_workbook(*_named_rows(), _("Calendar"))


def _named_rows() -> tuple[Rows, str]:
    seen_by = viewer()
    rows = occasions(db.session(), _table(), seen_by)
    return partial(calendar_file, rows, speaker=reader()), f"calendar-{seen_by.today}"
