from flask import Blueprint, flash, request, session
from werkzeug.wrappers import Response

from ...domain.contacts import TOLD_AS, TOLD_OF, word
from ...domain.further import NOTHING_SHARED, FurtherShare
from ...domain.own_days import read_days
from ...domain.pace import Pace
from ...domain.refusals import Refusal, Refused
from ...domain.topics import OPTIONAL, WHY, Topic
from ...extensions import db
from ...language.catalogues import LANGUAGES
from ...operations.notifications import Wishes, want, wanted_by
from ...operations.people.further import ask_once_more, further_addresses, name_address, remove_address
from ...web import access
from ...web.addresses import address_of
from ...web.forms import pressed
from ...web.hypermedia import go, page
from ...web.pace import paced
from ...web.reader import gettext as _
from ...web.reader import reader
from ...web.viewing import desk
from .forms import FurtherForm, Typed

blueprint = Blueprint("notifications", __name__, url_prefix="/account/notifications")


@blueprint.get("")
def show() -> Response:
    return _draw()


@blueprint.post("")
def save() -> Response:
    typed = Typed.of(request.form)
    try:
        days = read_days(typed.days)
        wishes = Wishes(typed.topics, typed.as_contact, days, typed.pace, typed.language)
        want(access.account().id, wishes, desk())
    except Refused as refused:
        return _draw(typed=typed, unfit=refused.refusal)
    session["language"] = typed.language
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
                return _draw(refused=refused.refusal)
            flash(_("It was asked once more.") if asked else _("It has agreed already, or is removed."))
        case "remove":
            remove_address(access.account().id, key)
            flash(_("Nothing goes there any more."))
    return go(address_of("notifications.show"))


def _draw(
    form: FurtherForm | None = None,
    refused: Refusal | None = None,
    typed: Typed | None = None,
    unfit: Refusal | None = None,
) -> Response:
    """With what was typed, and why it cannot be; with what is kept otherwise."""
    database, title, mine = db.session(), _("What you are told"), access.account().id
    form = form or FurtherForm(None, shares=[FurtherShare.BILLS.value], language=reader().language)
    wrong = bool(form.errors or refused or unfit)
    return page(
        "notifications/show.html",
        title=_("Error: %(title)s", title=title) if wrong else title,
        status=422 if wrong else 200,
        heading=title,
        topics=Topic,
        why=WHY,
        always=[topic for topic in Topic if topic not in OPTIONAL],
        wanted=wanted_by(database, mine),
        typed=typed or Typed.kept(mine),
        unfit=unfit,
        told_as=TOLD_AS,
        told_of=TOLD_OF,
        roles={role: _(role.label) for role in TOLD_AS},
        word=word,
        paces=Pace,
        further=further_addresses(database, mine),
        form=form,
        refused=refused,
        share_of=FurtherShare.of,
        languages=LANGUAGES,
        shares=FurtherShare,
    )
