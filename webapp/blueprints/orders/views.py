from collections.abc import Callable

from flask import Blueprint, flash, request
from werkzeug.wrappers import Response
from wtforms import StringField

from ...domain.law.parties import (
    ADDRESS_UNFIT,
    REFERENCE_UNFIT,
    VAT_NUMBER_UNFIT,
    Buyer,
    read_address,
    read_reference,
    read_vat_number,
)
from ...domain.purchase.give import WHY_CREDITED
from ...domain.refusals import Reason, Refusal, Refused
from ...extensions import db
from ...operations.ledger import balances
from ...operations.orders.latest import latest_orders
from ...operations.orders.show import show_order
from ...operations.payments.ask import ask_before_showing
from ...operations.payments.pay import discard_order
from ...operations.people.describe import changes_of, describe
from ...operations.people.mails import undelivered
from ...web import access
from ...web.addresses import address_of, present
from ...web.forms import PortalForm, PressedField
from ...web.hypermedia import go, page
from ...web.pace import paced
from ...web.paying import obstacle, to_the_provider, wanted_means, ways_to_pay
from ...web.reader import gettext as _
from ...web.reader import reader
from ...web.viewing import CameFrom, came_from, desk
from ...wiring import payments, rules
from ...wording.orders import heading, state
from ...wording.why_acts import why_order

blueprint = Blueprint("orders", __name__)
CODE = "/orders/<code:code>"
WITH = "pay-"
"""What the action begins with that debits a saved method; its number follows."""


class OrderForm(PortalForm):
    action = PressedField()
    address = StringField()


class BuyerForm(PortalForm):
    """What stands on invoices about who buys."""

    address = StringField()
    vat_number = StringField()
    reference = StringField()

    def read(self) -> tuple[Buyer, dict[str, Refusal]]:
        """What can be used of it, and why the rest cannot, by the name of the field."""
        read, refused = {}, {}
        for name, (reading, reason) in READERS.items():
            try:
                read[name] = reading(self[name].data or "")
            except ValueError:
                refused[name] = reason()
        return Buyer(**read), refused


READERS: dict[str, tuple[Callable[[str], str], Reason]] = {
    "address": (read_address, ADDRESS_UNFIT),
    "vat_number": (read_vat_number, VAT_NUMBER_UNFIT),
    "reference": (read_reference, REFERENCE_UNFIT),
}


@blueprint.get("/account")
def account() -> Response:
    """Who buys, what was ordered, and the money that is owed to the account."""
    return _account({name: getattr(access.account(), name) for name in READERS}, {})


@blueprint.post("/account", endpoint="describe")
def describe_buyer() -> Response:
    form = BuyerForm()
    buyer, refused = form.read()
    if refused:
        return _account({name: form[name].data or "" for name in READERS}, refused)
    asking = desk()
    changed = describe(access.account().id, buyer, asking)
    flash(_("Saved. Invoices from now on say this.") if changed else _("Nothing was changed."))
    return go(address_of("orders.account"))


def _account(typed: dict[str, str], unfit: dict[str, Refusal]) -> Response:
    session, asking = db.session(), desk()
    title = _("My account")
    return page(
        "orders/account.html",
        title=_("Error: %(title)s", title=title) if unfit else title,
        status=422 if unfit else 200,
        heading=title,
        typed=typed,
        unfit=unfit,
        changes=changes_of(session, access.account().id),
        orders=latest_orders(session, asking),
        state_of=lambda each: state(each, reader()),
        balances=balances(session, asking),
        undelivered=undelivered(session, asking),
    )


@blueprint.get(CODE)
def show(code: str) -> Response:
    """Where it stands: the provider is asked, as long as somebody has begun to pay it."""
    if till := payments():
        ask_before_showing(code, desk(), till)
    return _draw(code)


@blueprint.get(f"{CODE}/result")
def result(code: str) -> Response:
    """The same where one comes back to from the provider: an address that no browser has shown before."""
    return show(code)


@blueprint.post(CODE, endpoint="decide")
@paced("orders")
def decide(code: str) -> Response:
    action = OrderForm().action.data or ""
    try:
        if action.startswith(WITH):
            return _pay(code, action.removeprefix(WITH))
        return DECISIONS[action](code) if action in DECISIONS else show(code)
    except Refused as refused:
        return _draw(code, refused.refusal)


def _pay(code: str, wanted: str = "") -> Response:
    method, typed = wanted_means(wanted).method, OrderForm().address.data
    if typed and show_order(db.session(), code, desk()).lacks_address:
        _tell_address(typed)
    return go(to_the_provider(code, _came(), method))


def _tell_address(text: str) -> None:
    """Raises Refused where it is none."""
    try:
        address = read_address(text)
    except ValueError as error:
        raise Refused(ADDRESS_UNFIT()) from error
    me = access.account()
    describe(me.id, Buyer(address, me.vat_number, me.reference), desk())


def _discard(code: str) -> Response:
    discard_order(code, desk(), payments())
    flash(_("Nothing was charged."))
    return go(address_of("orders.show", code=code, back=_came().query or None))


DECISIONS: dict[str, Callable[[str], Response]] = {"pay": _pay, "discard": _discard}


def _came() -> CameFrom:
    return came_from(request.args)


def _draw(code: str, refused: Refusal | None = None) -> Response:
    shown = show_order(db.session(), code, desk())
    portal = rules().portals[shown.order.portal]
    title, reads_net = heading(shown, reader()), access.account().kind in portal.net_prices_for
    return page(
        "orders/show.html",
        title=_("Error: %(title)s", title=title) if refused else title,
        regions={"order": "orders/_order.html"},
        status=422 if refused else 200,
        shown=shown,
        refused=refused,
        typed=OrderForm().address.data or "",
        heading=title,
        seller=portal.seller.name,
        reads_net=reads_net,
        why=why_order(shown, reader(), netted=reads_net),
        quiet=shown.situation.waiting,
        obstacle=obstacle(),
        ways=ways_to_pay(),
        why_credited=WHY_CREDITED,
        here=present() if request.method == "GET" else address_of("orders.show", code=code, back=_came().query or None),
        decided_at=address_of("orders.show", code=code, back=_came().query or None),
        came=_came(),
    )
