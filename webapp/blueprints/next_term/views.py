from functools import partial

from flask import Blueprint, request
from werkzeug.wrappers import Response

from ...domain.service.actions import Action
from ...operations.renewal.renew import order_renewal
from ...web.acting import Acting, Outcome
from ...web.addresses import address_of
from ...web.forms import is_drawn_anew
from ...web.pace import paced
from ...web.paying import obstacle, paid_at_once, wanted_means
from ...web.reader import gettext as _
from ...web.viewing import desk
from ...wording.facts import RENEWED
from .forms import RenewForm
from .renew_page import renew_page

blueprint = Blueprint("next_term", __name__, url_prefix="/services/<reference:reference>")
REGION = "next_term/_renew.html"
RENEWING = Acting(REGION, "renew", partial(renew_page, Action.RENEW), RENEWED, redraws_row=False)
AHEAD = Acting(REGION, "anticipate", partial(renew_page, Action.ANTICIPATE), RENEWED, redraws_row=False)
ORDER = "order"


@blueprint.get("/renew")
def renew(reference: str) -> Response:
    return RENEWING.show(reference, RenewForm(request.args))


@blueprint.post("/renew", endpoint="order_renewal")
@paced("orders", unless=is_drawn_anew(ORDER))
def order(reference: str) -> Response:
    return _order(RENEWING, Action.RENEW, reference)


@blueprint.get("/anticipate")
def anticipate(reference: str) -> Response:
    return AHEAD.show(reference, RenewForm(request.args))


@blueprint.post("/anticipate", endpoint="order_ahead")
@paced("orders", unless=is_drawn_anew(ORDER))
def order_ahead(reference: str) -> Response:
    return _order(AHEAD, Action.ANTICIPATE, reference)


def _order(acting: Acting[RenewForm], action: Action, reference: str) -> Response:
    """Without the button that orders, the page is drawn with what was chosen."""
    form = RenewForm(request.form)
    if form.action.data != ORDER:
        return acting.show(reference, form)
    already = _("You had ordered this already. Nothing was ordered twice.")
    return acting.act(reference, form, lambda: _placed(reference, form, action), already=already)


def _placed(reference: str, form: RenewForm, action: Action) -> Outcome:
    wanted = wanted_means(form.means.data)
    done = order_renewal(form.command(reference, action), desk(), obstacle())
    if done.order is None:
        return Outcome(address_of("services.receipt", reference=reference, event_id=done.event), done.new)
    return Outcome(paid_at_once(done.order, form.came, wanted), done.new, finds_back=False)
