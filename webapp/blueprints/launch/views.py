import logging

from flask import Blueprint, Response, request, session
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from ...domain.actors import DOOR
from ...domain.launches import KEYS_AWAY
from ...domain.panels import Way
from ...domain.refusals import Refusal, Refused
from ...extensions import csrf
from ...language.catalogues import LANGUAGES
from ...operations.people.launch import take
from ...operations.people.sign_in import sign_out
from ...web import access
from ...web.hypermedia import go, page
from ...web.launches import address_to, launched
from ...web.pace import network
from ...web.reader import gettext as _
from ...wiring import desk_for

LOG = logging.getLogger(__name__)
blueprint = Blueprint("launch", __name__)


@blueprint.post("/launch")
@access.public
@csrf.exempt  # type: ignore[untyped-decorator]
def launch() -> BaseResponse:
    """The panel’s signature stands in for a password and for a form’s token.

    Whoever sat at this browser before is signed out: the click in the panel says who sits there now.
    """
    try:
        opening = launched(request.form.get("token", ""), Way.TOP)
        address = address_to(opening.route)
        agent = request.user_agent.string
        opened = take(opening, desk_for(DOOR), lasting=access.lasting(), agent=agent)
    except Refused as refused:
        return _refused(refused.refusal)
    if current_user.is_authenticated:
        sign_out(access.sign_in_key())
    access.start_session(opened)
    language = opening.language.replace("_", "-").partition("-")[0]
    if language in LANGUAGES:
        session["language"] = language
    return go(address)


def _refused(why: Refusal) -> Response:
    LOG.warning("Launch refused: %s from %s", why.code, network())
    status = 503 if why == KEYS_AWAY() else 403
    return page("launch/refused.html", title=_("Your control panel could not open this portal"), why=why, status=status)
