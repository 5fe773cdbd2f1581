from typing import Any

from flask import Blueprint, jsonify, request
from werkzeug.wrappers import Response

from ...domain.actors import DOOR
from ...domain.launches import INCOMPLETE
from ...domain.panels import Adapter, Way
from ...domain.refusals import Refused
from ...extensions import csrf
from ...operations.people.launch import say_farewell
from ...web import access
from ...web.launches import farewell, from_cpanel, launched, one_time_address, panel_with, status_of
from ...web.reader import reader
from ...wiring import desk_for

blueprint = Blueprint("panel_api", __name__)


@blueprint.post("/api/v1/launch-links")
@access.public
@csrf.exempt  # type: ignore[untyped-decorator]
def launch_links() -> Response:
    """The same address however often it is asked for with one token."""
    launch = launched(_token(), Way.TOP)
    return jsonify(url=one_time_address(launch), expires_at=launch.expires_at.isoformat())


@blueprint.post("/api/v1/sessions/revoke")
@access.public
@csrf.exempt  # type: ignore[untyped-decorator]
def revoke() -> Response:
    """Its customer has left the panel."""
    return jsonify(ended=say_farewell(farewell(_token()), desk_for(DOOR)))


@blueprint.post("/adapters/cpanel/<string(maxlength=40):name>")
@access.public
@csrf.exempt  # type: ignore[untyped-decorator]
def cpanel(name: str) -> Response:
    """What cPanel’s server sends before it leads the browser on; without an address it leads to the link’s own."""
    panel = panel_with(Adapter.CPANEL, name)
    handle, token = request.form.get("subscriber_unique_id", ""), request.form.get("token", "")
    return jsonify(redirect_url=one_time_address(from_cpanel(handle, token, panel)))


def _token() -> str:
    """As a field of a form or of a JSON object. Raises Refused."""
    told: Any = request.get_json(silent=True) if request.is_json else request.form
    token = told.get("token", "") if hasattr(told, "get") else ""
    if not isinstance(token, str) or not token:
        raise Refused(INCOMPLETE())
    return token


@blueprint.errorhandler(Refused)
def refuse(error: Refused) -> Response:
    answer = jsonify(error=error.refusal.code, message=reader().refusal(error.refusal))
    answer.status_code = status_of(error.refusal, 403)
    return answer
