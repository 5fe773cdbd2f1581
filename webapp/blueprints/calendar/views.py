from flask import Blueprint, request
from werkzeug.wrappers import Response

from ...domain.listing.address import read_table
from ...extensions import db
from ...operations.listing.ahead import look_ahead
from ...web.addresses import address_of
from ...web.hypermedia import page
from ...web.reader import gettext as _
from ...web.viewing import viewer
from ...wiring import rules
from ...wording.calendar import ONE
from .calendar_page import chart, lists

blueprint = Blueprint("calendar", __name__)


@blueprint.get("/calendar")
def index() -> Response:
    """Of the services that the table of the same address shows."""
    table, _unusable = read_table(request.args.to_dict(flat=False), rules().families)
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
