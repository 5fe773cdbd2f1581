from flask import Blueprint, flash, request
from werkzeug.wrappers import Response

from ...domain.contacts import TOLD_AS, TOLD_OF, WISHES, word
from ...domain.further import NOTHING_SHARED, FurtherShare
from ...domain.refusals import Refusal, Refused
from ...domain.topics import OPTIONAL, WHY, Topic
from ...extensions import db
from ...language.catalogues import LANGUAGES
from ...operations.notifications import want, wanted_by, wished_by
from ...operations.people.further import ask_once_more, further_addresses, name_address, remove_address
from ...web import access
from ...web.addresses import address_of
from ...web.forms import pressed
from ...web.hypermedia import go, page
from ...web.pace import paced
from ...web.reader import gettext as _
from ...web.viewing import desk
from .forms import FurtherForm

blueprint = Blueprint("notifications", __name__, url_prefix="/account/notifications")


@blueprint.get("")
def show() -> Response:
    return _draw(FurtherForm(shares=[FurtherShare.BILLS.value]))


@blueprint.post("")
def save() -> Response:
    sent, chosen = request.form.getlist("wanted"), request.form.getlist("as")
    topics = [topic for topic in OPTIONAL if topic.value in sent]
    want(access.account().id, topics, [WISHES[each] for each in chosen if each in WISHES])
    flash(_("It is kept what you want to be told."))
    return go(address_of("notifications.show"))


@blueprint.post("/addresses")
@paced("orders")
def name_further() -> Response:
    form = FurtherForm()
    form.validate()
    shares = [share for share in FurtherShare if share.value in (form.shares.data or ())]
    try:
        name_address(form.address.data or "", shares, form.language.data or "", desk())
    except Refused as refused:
        field = form.shares if refused.refusal == NOTHING_SHARED() else form.address
        field.errors = [refused.refusal.message]
        return _draw(form)
    flash(_("A mail has gone to that address. As soon as its reader agrees, it gets what you chose."))
    return go(address_of("notifications.show"))


@blueprint.post("/addresses/<int(max=2147483647):key>")
def change_further(key: int) -> Response:
    match pressed(request.form, "action"):
        case "ask":
            try:
                asked = ask_once_more(key, desk())
            except Refused as refused:
                return _draw(FurtherForm(None), refused.refusal)
            flash(_("It was asked once more.") if asked else _("It has agreed already, or is removed."))
        case "remove":
            remove_address(access.account().id, key)
            flash(_("Nothing goes there any more."))
    return go(address_of("notifications.show"))


def _draw(form: FurtherForm, refused: Refusal | None = None) -> Response:
    session, title, wrong = db.session(), _("What you are told"), bool(form.errors or refused)
    return page(
        "notifications/show.html",
        title=_("Error: %(title)s", title=title) if wrong else title,
        status=422 if wrong else 200,
        heading=title,
        topics=Topic,
        why=WHY,
        always=[topic for topic in Topic if topic not in OPTIONAL],
        wanted=wanted_by(session, access.account().id),
        wished=wished_by(session, [access.account().id])[access.account().id],
        told_as=TOLD_AS,
        told_of=TOLD_OF,
        roles={role: _(role.label) for role in TOLD_AS},
        word=word,
        further=further_addresses(session, access.account().id),
        form=form,
        refused=refused,
        share_of=FurtherShare.of,
        languages=LANGUAGES,
        shares=FurtherShare,
    )
