from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from ...domain.billing.order import NOT_PAYABLE
from ...domain.refusals import Refused
from ...operations.billing.owing import order_bills
from ...web.acting import Acting, Outcome
from ...web.reader import gettext as _
from ...web.viewing import desk
from ...wiring import payments
from .forms import PayForm
from .pay_page import FACTS, pay_page

blueprint = Blueprint("invoices", __name__)
PAY = "/services/<reference:reference>/pay"
PAYING = Acting("invoices/_pay.html", "pay", pay_page, FACTS, redraws_row=False)
ORDER = "order"


@blueprint.get(PAY)
def pay(reference: str) -> Response:
    return PAYING.show(reference, PayForm(request.args))


@blueprint.post(PAY, endpoint="order_bills")
def order(reference: str) -> Response:
    """Without the button that orders, the page is drawn with what was chosen."""
    form = PayForm(request.form)
    if form.action.data != ORDER:
        return PAYING.show(reference, form)
    already = _("You had ordered this already. Nothing was ordered twice.")
    return PAYING.act(reference, form, lambda: _placed(form, reference), already=already)


def _placed(form: PayForm, reference: str) -> Outcome:
    if payments() is None:
        raise Refused(NOT_PAYABLE())
    code, new = order_bills(form.command(reference), desk())
    return Outcome(url_for("orders.show", code=code), new)
