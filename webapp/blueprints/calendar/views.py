from functools import partial
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, request
from werkzeug.wrappers import Response as BaseResponse

from ...documents.calendar import calendar_file
from ...documents.ical import MIMETYPE, calendar_feed
from ...domain.listing.address import read_table
from ...domain.listing.table import Table
from ...domain.service.service import Mode
from ...domain.what_if import PERIODS
from ...extensions import db
from ...language.speaker import Speaker
from ...operations.listing.ahead import feed as feed_events
from ...operations.listing.ahead import look_ahead, occasions
from ...operations.listing.matching import Viewer
from ...operations.listing.what_if import compare
from ...operations.people.share_calendar import share_calendar, withdraw_calendar
from ...web import access
from ...web.addresses import address_of
from ...web.files import Rows, as_csv, as_workbook, wanted_format
from ...web.hypermedia import go, page
from ...web.pace import count, paced
from ...web.reader import gettext as _
from ...web.reader import reader
from ...web.shared_calendar import KEY, account_of, private_address
from ...web.viewing import viewer
from ...wiring import desk_of, portal_named, rules, settings
from ...wording.calendar import FREQUENCIES, ONE
from .calendar_page import chart, lists
from .forms import ShareForm

blueprint = Blueprint("calendar", __name__)
IF = "if"
"""The period that is asked about, in addresses."""
SHARING = {"share": share_calendar, "withdraw": withdraw_calendar}


def _table() -> Table:
    """The one that the table of the same address shows."""
    return read_table(request.args.to_dict(flat=False), rules().families)[0]


@blueprint.get("/calendar")
def index() -> BaseResponse:
    table = _table()
    seen = look_ahead(db.session(), table, viewer())
    return page(
        "calendar/index.html",
        title=_("The twelve months ahead"),
        services=seen.services,
        calendars=[chart(each) for each in seen.calendars],
        lists=lists(seen.named),
        one=ONE,
        families=rules().families,
        table=table,
        back=table.at(address_of("services.index")),
        private=private_address(access.account(), table),
        **_what_if(table),
    )


def _what_if(table: Table) -> dict[str, Any]:
    """Compared where the address asks for it; which frequencies it may ask for."""
    here = table.having().at(address_of("calendar.index"))
    here += "&" if "?" in here else "?"
    period = next((each for each in PERIODS if str(each) == request.args.get(IF)), None)
    return {
        "asks": {period: f"{here}{urlencode({IF: str(period)})}#what-if" for period in PERIODS},
        "frequencies": FREQUENCIES,
        "period": period,
        "compared": compare(db.session(), table, period, viewer()) if period else [],
        "batch": table.having(mode=(Mode.AUTOMATIC,)).at(address_of("batches.choose")),
    }


@blueprint.post("/calendar", endpoint="decide")
def decide() -> BaseResponse:
    """Give the calendar a private address, another one, or none."""
    if sharing := SHARING.get(ShareForm().action.data or ""):
        sharing(access.account().id)
    return go(f"{_table().at(address_of('calendar.index'))}#subscribe")


@blueprint.get("/calendar.ics")
@access.public
def feed() -> BaseResponse:
    """For a program that has the private address: no cookie is asked for, and none is looked at."""
    account = account_of(request.args.get(KEY, "")) or abort(404)
    count(settings().exports, "feeds", f"account {account.id}")
    portal, asking = portal_named(account.portal), desk_of(account.id)
    today = asking.now.astimezone(portal.zone).date()
    events = feed_events(db.session(), _table().having(selected=False), Viewer(asking, "", today, ()))
    speaker = Speaker(account.language or portal.languages[0], portal.territory)
    name = speaker.gettext("My services at %(seller)s", seller=portal.seller.name)
    return Response(calendar_feed(events, name, today, _service_address, speaker), mimetype=MIMETYPE)


def _service_address(reference: str) -> str:
    if reference:
        return address_of("services.show", reference=reference, _external=True)
    return address_of("calendar.index", _external=True)


@blueprint.get("/calendar/export.csv")
@paced("exports")
def export_csv() -> BaseResponse:
    return as_csv(*_named_rows(), wanted_format())


@blueprint.get("/calendar/export.xlsx")
@paced("exports")
def export_xlsx() -> BaseResponse:
    return as_workbook(*_named_rows(), _("Calendar"))


def _named_rows() -> tuple[Rows, str]:
    seen_by = viewer()
    rows = occasions(db.session(), _table(), seen_by)
    return partial(calendar_file, rows, speaker=reader()), f"calendar-{seen_by.today}"
