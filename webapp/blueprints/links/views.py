from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, request
from werkzeug.wrappers import Response

from ...domain.confirmation import ShownOtherwise
from ...domain.labels import N_
from ...domain.links import MOVED_ON, LinkPurpose, MailLink
from ...domain.refusals import Reason, Refusal, Refused
from ...extensions import db
from ...operations.case import NoSuchService
from ...operations.change import ChangedMeanwhile
from ...operations.orders.find import NoSuchOrder
from ...operations.orders.show import ShownOrder, show_order
from ...operations.payments.ask import ask_before_showing
from ...operations.payments.pay import begin_payment
from ...web import access, hypermedia
from ...web.addresses import address_of
from ...web.forms import is_drawn_anew
from ...web.hypermedia import go
from ...web.mail_links import LONGEST, opened
from ...web.pace import paced
from ...web.paying import provider
from ...web.reader import gettext as _
from ...web.reader import reader
from ...web.viewing import desk
from ...wiring import payments
from ...wording.orders import heading
from . import paying, renewing
from .forms import LinkForm
from .link_page import ORDER, PAY, LinkPage

blueprint = Blueprint("links", __name__, url_prefix=f"/links/<string(maxlength={LONGEST}):token>")
SHOWN_OTHERWISE = Reason(
    "link-shown-otherwise",
    N_("Something has changed since this page was drawn, and nothing was ordered. This is how it is now."),
)


@dataclass(frozen=True, slots=True)
class Matter:
    """What a link of one purpose shows, and does."""

    draws: Callable[[MailLink], LinkPage]
    action: str
    does: Callable[[MailLink, LinkForm], str | None]
    """The code of the order that is then paid; None where nothing is to be paid."""


MATTERS = {
    LinkPurpose.RENEW: Matter(renewing.page, ORDER, renewing.order),
    LinkPurpose.PAY: Matter(paying.page, PAY, paying.order),
}


@blueprint.get("")
@access.public
def show(token: str) -> Response:
    """What it is for; nothing is changed."""
    try:
        return _draw(token, opened(token))
    except Refused as refused:
        return _useless(refused.refusal)


@blueprint.post("", endpoint="act")
@access.public
@paced("orders", unless=lambda: not any(is_pressed(matter.action) for matter in MATTERS.values()))
def act(token: str) -> Response:
    """Without the button of its purpose nothing is done."""
    try:
        link = opened(token)
    except Refused as refused:
        return _useless(refused.refusal)
    matter, form = MATTERS[link.purpose], LinkForm(request.form)
    if form.action.data != matter.action:
        return _draw(token, link)
    try:
        code = matter.does(link, form)
        return go(_to_the_provider(token, code) if code else address_of("links.show", token=token))
    except NoSuchService:
        return _useless(MOVED_ON())
    except Refused as refused:
        return _draw(token, link, refused.refusal, 422)
    except (ChangedMeanwhile, ShownOtherwise):
        return _draw(token, link, SHOWN_OTHERWISE(), 409)


def is_pressed(action: str) -> bool:
    return not is_drawn_anew(action)()


def _to_the_provider(token: str, code: str) -> str:
    """Raises Refused."""
    back = address_of("links.result", token=token, order=code, _external=True)
    address = begin_payment(code, desk(), provider(), return_to=back, language=reader().language)
    return address or address_of("links.result", token=token, order=code)


@blueprint.get("/result")
@access.public
def result(token: str) -> Response:
    """What came of paying."""
    try:
        link = opened(token)
        code = request.args.get("order", "")
        if till := payments():
            ask_before_showing(code, desk(), till)
        shown = show_order(db.session(), code, desk())
    except Refused as refused:
        return _useless(refused.refusal)
    if not _is_about(shown, link):
        raise NoSuchOrder(code)
    return hypermedia.page(
        "links/result.html",
        title=heading(shown, reader()),
        shown=shown,
        back=address_of("links.show", token=token),
        here=address_of("links.result", token=token, order=code),
    )


def _is_about(shown: ShownOrder, link: MailLink) -> bool:
    """Whether the order is for nothing but what the link is for."""
    bills = {each.bill for each in shown.lines if each.reference in link.about}
    return all({each.reference, each.bill} & (bills | set(link.about)) for each in shown.lines)


def _draw(token: str, link: MailLink, refused: Refusal | None = None, status: int = 200) -> Response:
    try:
        drawn = MATTERS[link.purpose].draws(link)
    except NoSuchService:
        return _useless(MOVED_ON())
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
    """No link of ours, or one that is good no more: nothing is told of what it was for."""
    title = _("This link cannot be used")
    return hypermedia.page("links/useless.html", title=title, status=404, why=why)
