from flask import Blueprint, flash, request
from werkzeug.wrappers import Response

from ...domain.topics import OPTIONAL, WHY, Topic
from ...extensions import db
from ...operations.notifications import want, wanted_by
from ...web import access
from ...web.addresses import address_of
from ...web.hypermedia import go, page
from ...web.reader import gettext as _

blueprint = Blueprint("notifications", __name__, url_prefix="/account/notifications")


@blueprint.get("")
def show() -> Response:
    return page(
        "notifications/show.html",
        title=_("What you are told"),
        topics=Topic,
        why=WHY,
        chosen_here=OPTIONAL - {Topic.BALANCE},
        wanted=wanted_by(db.session(), access.account().id),
    )


@blueprint.post("")
def save() -> Response:
    sent = request.form.getlist("wanted")
    want(access.account().id, [topic for topic in OPTIONAL if topic.value in sent])
    flash(_("It is kept what you want to be told."))
    return go(address_of("notifications.show"))
