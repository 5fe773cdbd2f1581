from flask import Blueprint, abort
from werkzeug.wrappers import Response

from ...web.hypermedia import page
from ...web.reader import gettext as _
from ...wiring import rules

blueprint = Blueprint("agreements", __name__)


@blueprint.get("/agreements/<reference:code>")
def show(code: str) -> Response:
    """Its text, with version and date."""
    known = (each for portal in rules().portals.values() for each in portal.agreements)
    agreement = next((each for each in known if each.code == code and each.wording), None) or abort(404)
    return page("agreements/show.html", title=_(agreement.title), agreement=agreement)
