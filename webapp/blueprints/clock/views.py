from collections.abc import Callable, Mapping
from datetime import date, timedelta
from urllib.parse import parse_qsl, urlsplit

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from ...domain.periods import Period, after
from ...extensions import db
from ...operations.lifecycle.next_day import next_day
from ...web.addresses import address_of
from ...web.forms import PortalForm, PressedField
from ...web.hypermedia import go, local, page
from ...web.reader import gettext as _
from ...web.viewing import desk, viewer
from ...wiring import movable_clock

blueprint = Blueprint("clock", __name__)
REGIONS = {"days": "demo/_days.html"}
FARTHEST = timedelta(days=400)
"""Ahead of today, at one press."""


class DaysForm(PortalForm):
    action = PressedField()


def _next_thing(today: date) -> date:
    return next_day(db.session(), today, desk()) or today


UNTIL: Mapping[str, Callable[[date], date]] = {
    "day": lambda today: today + timedelta(days=1),
    "week": lambda today: today + timedelta(days=7),
    "month": lambda today: after(today, Period(1), anchor_day=today.day),
    "next": _next_thing,
}


@blueprint.get("/clock")
def show() -> Response:
    """How far the days have come that somebody wanted to pass."""
    clock = movable_clock() or abort(404)
    left, back = clock.wanted - clock.days, _came_from()
    here = address_of("clock.show", next=back)
    return page("demo/days.html", title=_("Days go by"), regions=REGIONS, left=left, back=back, here=here)


@blueprint.post("/clock", endpoint="advance")
def advance() -> Response:
    clock = movable_clock() or abort(404)
    today = viewer().today
    until = UNTIL.get(DaysForm().action.data or "")
    if until:
        clock.want(min(until(today), today + FARTHEST).toordinal() - today.toordinal())
    return go(address_of("clock.show", next=_came_from()))


def _came_from() -> str:
    """Where somebody was before days passed: who lets more of them pass meanwhile goes back there all the same."""
    came = local(request.values.get("next", ""))
    if came and (address := urlsplit(came)).path == address_of("clock.show"):
        came = local(dict(parse_qsl(address.query)).get("next", ""))
    return came or address_of("services.index")
