from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, request, session
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from ...domain.actors import DOOR
from ...domain.launches import FORGED, NOT_THIS_WAY, Launch
from ...domain.panels import Adapter, Way
from ...domain.refusals import Refused
from ...extensions import csrf
from ...operations.people.launch import take
from ...operations.people.sign_in import sign_out
from ...web import access
from ...web.assets import built
from ...web.frames import framed
from ...web.hypermedia import go, leads_to, page
from ...web.launches import address_to, coded, from_nextcloud, launched, one_time_address, panel_with, refused, spoken
from ...web.reader import gettext as _
from ...wiring import desk_for, panels

blueprint = Blueprint("launch", __name__)
EMBED_KEPT = 3600
"""Seconds."""


@blueprint.post("/launch")
@access.public
@csrf.exempt  # type: ignore[untyped-decorator]
def launch() -> BaseResponse:
    """The panel’s signature stands in for a password and for a form’s token.

    Whoever sat at this browser before is signed out: the click in the panel says who sits there now.
    """
    around = framed()
    opening = launched(request.form.get("token", ""), Way.FRAME if around else Way.TOP)
    if around and opening.panel.name != around.name:
        raise Refused(NOT_THIS_WAY())
    return _opened(opening)


@blueprint.get("/launch/<code>")
@access.public
def redeem(code: str) -> BaseResponse:
    """An address is not said by a page of the panel: whoever is signed in here as somebody else is asked first."""
    if request.method == "HEAD" or "prefetch" in request.headers.get("Sec-Purpose", ""):
        return Response(status=204)
    opening = coded(code)
    here = access.current_account()
    if here and here.handle != opening.handle:
        title = _("You are signed in as somebody else")
        return page("launch/instead.html", title=title, opening=opening, code=code)
    return _opened(opening)


@blueprint.post("/launch/<code>", endpoint="redeem_instead")
@access.public
def instead(code: str) -> BaseResponse:
    return _opened(coded(code))


@blueprint.get("/adapters/nextcloud/<string(maxlength=40):name>")
@access.public
def nextcloud(name: str) -> BaseResponse:
    """The token leaves the address bar at once."""
    panel = panel_with(Adapter.NEXTCLOUD, name)
    return go(one_time_address(from_nextcloud(request.args.get("jwt", ""), panel)))


@blueprint.get("/launch/leave/<to>")
def leave(to: str) -> Response:
    """Out of a frame to a page of another site."""
    address = leads_to(to)
    if address is None:
        abort(404)
    host = urlsplit(address).hostname
    return page("launch/leave.html", title=_("Go on in the whole window"), address=address, host=host)


@blueprint.get("/theme/<string(maxlength=40):name>/<string(maxlength=40):file>")
@access.public
def theme(name: str, file: str) -> Response:
    """Colours, font and logo of a panel: another address once they are others."""
    panel = panels().get(name)
    kept = panel.theme.files().get(file) if panel and panel.theme else None
    if kept is None:
        abort(404)
    kind, content = kept
    response = Response(content, mimetype=kind)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@blueprint.get("/embed.js")
@access.public
def embed() -> Response:
    """For the pages of panels, which are on other sites: the same address in every release, and the same contract."""
    kept = {"Cache-Control": f"public, max-age={EMBED_KEPT}", "Cross-Origin-Resource-Policy": "cross-origin"}
    return Response(built("embed.js").read_bytes(), headers=kept, mimetype="text/javascript")


def _opened(opening: Launch) -> BaseResponse:
    """Raises Refused."""
    address = address_to(opening.route)
    opened = take(opening, desk_for(DOOR), agent=request.user_agent.string)
    if current_user.is_authenticated:
        sign_out(access.sign_in_key())
    access.start_session(opened)
    session.update(spoken(opening))
    return go(address)


@blueprint.errorhandler(Refused)
def refuse(error: Refused) -> Response:
    made_up = error.refusal == FORGED() and "code" in (request.view_args or ())
    return refused(error.refusal, 404 if made_up else 403)
