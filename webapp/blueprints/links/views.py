from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from ...domain.confirmation import ShownOtherwise
from ...domain.labels import N_
from ...domain.law.parties import ADDRESS_MISSING
from ...domain.links import MOVED_ON, NOT_OURS, LinkPurpose, MailLink
from ...domain.refusals import Reason, Refusal, Refused
from ...extensions import csrf
from ...operations.case import NoSuchService
from ...operations.change import ChangedMeanwhile
from ...web import access, hypermedia
from ...web.addresses import address_of
from ...web.forms import pressed
from ...web.hypermedia import go
from ...web.mail_links import LONGEST, opened
from ...web.pace import paced
from ...web.reader import gettext as _
from . import adding, confirming, joining, leaving, paying, payment, renewing, stopping
from .forms import LinkForm
from .link_page import LinkPage

blueprint = Blueprint("links", __name__, url_prefix=f"/links/<string(maxlength={LONGEST}):token>")
SHOWN_OTHERWISE = Reason(
    "link-shown-otherwise",
    N_("Something has changed since this page was drawn, and nothing was done. This is how it is now."),
)

NEEDS_ADDRESS = Reason(
    "link-needs-address",
    N_("An invoice has to name the account’s postal address, which nobody has told yet. To pay, sign in and tell it."),
)


@dataclass(frozen=True, slots=True)
class Matter:
    """What a link of one purpose shows and does."""

    draws: Callable[[MailLink], LinkPage]
    does: Callable[[MailLink, LinkForm, str], str]
    """What the button that was pressed stands for; the address where one goes on."""
    result: Callable[[MailLink, str, str], Response] = payment.result
    """What came of that, by the code of what was begun."""


MATTERS = {
    LinkPurpose.RENEW: Matter(renewing.page, renewing.order),
    LinkPurpose.PAY: Matter(paying.page, paying.order),
    LinkPurpose.STOP: Matter(stopping.page, stopping.stop),
    LinkPurpose.METHOD: Matter(adding.page, adding.add, adding.result),
    LinkPurpose.LEAVE: Matter(leaving.page, leaving.leave),
    LinkPurpose.JOIN: Matter(joining.page, joining.join),
    LinkPurpose.ADDRESS: Matter(confirming.page, confirming.confirm),
}


@blueprint.get("")
@access.public
def show(token: str) -> Response:
    """What it is for; nothing is changed."""
    return _answer(token, lambda link: _draw(token, link, MATTERS[link.purpose].draws(link)))


@blueprint.post("", endpoint="act")
@access.public
@paced("orders", unless=lambda: not pressed(request.form, "action"))
def act(token: str) -> Response:
    """Without a button of its page nothing is done."""
    return _answer(token, lambda link: _act(token, link))


@blueprint.get("/unsubscribe")
@access.public
def look(token: str) -> Response:
    """For people whose mail program leads them there."""
    return go(address_of("links.show", token=token))


@blueprint.post("/unsubscribe")
@access.public
@csrf.exempt  # type: ignore[untyped-decorator]
def unsubscribe(token: str) -> Response:
    """For mail programs, which have no form’s token (RFC 8058): the link alone says who may."""
    if request.form.get("List-Unsubscribe") != "One-Click":
        abort(400)
    return _answer(token, lambda link: _leave(token, link))


@blueprint.get("/result/<code:code>")
@access.public
def result(token: str, code: str) -> Response:
    """What came of it."""
    return _answer(token, lambda link: MATTERS[link.purpose].result(link, token, code))


def _answer(token: str, answer: Callable[[MailLink], Response]) -> Response:
    """Of a link that is good no more nothing is told but why."""
    try:
        link = opened(token)
    except Refused as refused:
        return _useless(refused.refusal)
    try:
        return answer(link)
    except NoSuchService:
        return _useless(MOVED_ON())


def _act(token: str, link: MailLink) -> Response:
    matter, form = MATTERS[link.purpose], LinkForm(request.form)
    drawn = matter.draws(link)
    if form.action.data not in dict(drawn.buttons):
        return _draw(token, link, drawn)
    try:
        return go(matter.does(link, form, token))
    except Refused as refused:
        why = NEEDS_ADDRESS() if refused.refusal == ADDRESS_MISSING() else refused.refusal
        return _draw(token, link, matter.draws(link), why, 422)
    except (ChangedMeanwhile, ShownOtherwise):
        return _draw(token, link, matter.draws(link), SHOWN_OTHERWISE(), 409)


def _leave(token: str, link: MailLink) -> Response:
    if link.purpose is not LinkPurpose.LEAVE:
        return _useless(NOT_OURS())
    matter = MATTERS[link.purpose]
    matter.does(link, LinkForm(), token)
    return _draw(token, link, matter.draws(link))


def _draw(token: str, link: MailLink, drawn: LinkPage, refused: Refusal | None = None, status: int = 200) -> Response:
    title = _("Error: %(title)s", title=drawn.heading) if refused else drawn.heading
    return hypermedia.page(
        "links/show.html",
        title=title,
        status=status,
        refused=refused,
        here=address_of("links.show", token=token),
        until=link.until,
        seller=access.current_portal().seller.name,
        **drawn.context(),
    )


def _useless(why: Refusal) -> Response:
    return hypermedia.page("links/useless.html", title=_("This link cannot be used"), status=404, why=why)
