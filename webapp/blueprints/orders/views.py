from collections.abc import Callable

from flask import Blueprint, flash, request, url_for
from werkzeug.wrappers import Response
from wtforms import StringField

from ...domain.billing.order import NOT_PAYABLE
from ...domain.refusals import Refusal, Refused
from ...domain.renewal.renewing import WHY_CREDITED
from ...extensions import db
from ...models.payment import LONGEST_RETURN
from ...operations.billing.account import balances, latest_orders, ledger
from ...operations.billing.ask import ask_before_showing
from ...operations.billing.pay import begin_payment, discard_order
from ...operations.billing.show import show_order
from ...web.forms import PortalForm
from ...web.hypermedia import go, page
from ...web.reader import gettext as _
from ...web.reader import reader
from ...web.viewing import CameFrom, came_from, desk
from ...wiring import payments

blueprint = Blueprint("orders", __name__)
CODE = "/orders/<code:code>"


class OrderForm(PortalForm):
    action = StringField()


@blueprint.get("/account")
def account() -> Response:
    """What was ordered, and the money that is owed to the account."""
    session, asking = db.session(), desk()
    entries = ledger(session, asking)
    return page(
        "orders/account.html",
        title=_("My account"),
        orders=latest_orders(session, asking),
        entries=entries,
        balances=balances(entries),
        why_credited=WHY_CREDITED,
    )


@blueprint.get(CODE)
def show(code: str) -> Response:
    """Where it stands: the provider is asked, as long as somebody has begun to pay it."""
    if provider := payments():
        ask_before_showing(code, desk(), provider)
    return _draw(code)


@blueprint.post(CODE, endpoint="decide")
def decide(code: str) -> Response:
    action = OrderForm().action.data or ""
    if action not in DECISIONS:
        return show(code)
    try:
        return DECISIONS[action](code)
    except Refused as refused:
        return _draw(code, refused.refusal)


def _pay(code: str) -> Response:
    """To the page of the provider; where it has none to show, the order says why."""
    provider = payments()
    if provider is None:
        raise Refused(NOT_PAYABLE())
    back = url_for("orders.show", code=code, back=_came().query or None, _external=True)
    if len(back) > LONGEST_RETURN:
        back = url_for("orders.show", code=code, _external=True)
    return go(begin_payment(code, desk(), provider, return_to=back, language=reader().language) or _here(code))


def _discard(code: str) -> Response:
    discard_order(code, desk(), payments())
    flash(_("The order is discarded. Nothing was charged."))
    return go(_here(code))


DECISIONS: dict[str, Callable[[str], Response]] = {"pay": _pay, "discard": _discard}


def _came() -> CameFrom:
    return came_from(request.args)


def _here(code: str) -> str:
    return url_for("orders.show", code=code, back=_came().query or None)


def _draw(code: str, refused: Refusal | None = None) -> Response:
    shown = show_order(db.session(), code, desk())
    title = _(shown.situation.label)
    return page(
        "orders/show.html",
        title=_("Error: %(title)s", title=title) if refused else title,
        regions={"order": "orders/_order.html"},
        status=422 if refused else 200,
        shown=shown,
        refused=refused,
        heading=title,
        quiet=shown.situation.waiting,
        obstacle=None if payments() else NOT_PAYABLE(),
        why_credited=WHY_CREDITED,
        here=_here(code),
        came=_came(),
    )
