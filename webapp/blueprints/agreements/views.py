from flask import Blueprint, abort
from werkzeug.wrappers import Response

from ...extensions import db
from ...models import Acceptance
from ...web import access
from ...web.hypermedia import page
from ...web.reader import gettext as _
from ...wiring import rules

blueprint = Blueprint("agreements", __name__)


@blueprint.get("/agreements/<reference:code>")
def show(code: str) -> Response:
    """Its text, with version and date."""
    agreement = rules().agreement(code)
    if agreement is None or agreement.wording is None:
        abort(404)
    accepted = db.session.get(Acceptance, (access.account().id, code))
    zone = access.current_portal().zone
    return page("agreements/show.html", title=_(agreement.title), agreement=agreement, accepted=accepted, zone=zone)
