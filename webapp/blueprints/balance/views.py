from functools import partial

from flask import Blueprint, abort, flash
from werkzeug.wrappers import Response

from ...documents.ledger import ledger_file
from ...domain.billing.ledger import PayoutState
from ...domain.money import Money
from ...domain.refusals import Refusal, Refused
from ...extensions import db
from ...operations.ledger import MOST_SHOWN, balances, entries_of
from ...operations.orders.top_up import top_up
from ...operations.payouts import NoSuchPayout, ask_back, payouts_of, settle_payout
from ...operations.people.choose_alert import choose_alert
from ...web import access
from ...web.addresses import address_of
from ...web.files import Rows, as_csv, as_workbook, wanted_format
from ...web.hypermedia import go, page
from ...web.pace import paced
from ...web.paying import obstacle, provider
from ...web.reader import gettext as _
from ...web.reader import reader
from ...web.viewing import desk
from ...wiring import rules
from ...wording.ledger import why_entered
from .forms import BalanceForm

blueprint = Blueprint("balance", __name__, url_prefix="/balance")
ASK_BACK, KEEP = "ask-back-", "keep-"
"""What the actions begin with; a seller such as ``FR-EUR`` follows, and the code of what was asked back."""


@blueprint.get("")
def index() -> Response:
    return _draw(BalanceForm())


@blueprint.post("", endpoint="decide")
@paced("orders")
def decide() -> Response:
    form = BalanceForm()
    action = form.action.data or ""
    try:
        if action == "top-up":
            return _top_up(form)
        if action == "alert":
            return _alert(form)
        if action.startswith(ASK_BACK):
            return _ask_back(action.removeprefix(ASK_BACK))
        if action.startswith(KEEP):
            return _keep(action.removeprefix(KEEP))
    except Refused as refused:
        return _draw(form, refused.refusal)
    return _draw(form)


def _top_up(form: BalanceForm) -> Response:
    provider()
    return go(address_of("orders.show", code=top_up(form.wanted, desk()).code))


def _alert(form: BalanceForm) -> Response:
    choose_alert(access.account().id, form.alert)
    return _done(_("Saved."))


def _ask_back(seller: str) -> Response:
    portal, _hyphen, currency = seller.rpartition("-")
    ask_back((portal, currency), desk())
    return _done(_("Your request is with the seller."))


def _keep(code: str) -> Response:
    """Only what is one’s own can be withdrawn."""
    try:
        settle_payout(code, PayoutState.WITHDRAWN, "", desk())
    except NoSuchPayout:
        abort(404)
    return _done(_("The amount is on your balance again."))


def _done(told: str) -> Response:
    flash(told)
    return go(address_of("balance.index"))


def _draw(form: BalanceForm, refused: Refusal | None = None) -> Response:
    session, asking, title = db.session(), desk(), _("My balance")
    return page(
        "balance/index.html",
        title=_("Error: %(title)s", title=title) if refused else title,
        status=422 if refused else 200,
        heading=title,
        entries=entries_of(session, asking, MOST_SHOWN),
        most=MOST_SHOWN,
        balances=balances(session, asking),
        payouts=payouts_of(session, asking),
        why=lambda each: why_entered(each.entry, reader()),
        limits=rules().top_ups.amounts.get(access.current_portal().currency),
        portals=rules().portals,
        obstacle=obstacle(),
        typed=form.amount.data or "",
        threshold=_threshold() if form.threshold.data is None else form.threshold.data,
        unfit=form.action.data if refused else "",
        refused=refused,
    )


def _threshold() -> str:
    """As it would be typed."""
    minor = access.account().balance_alert_minor
    amount = Money(minor or 0, access.current_portal().currency)
    return str(amount.decimal).replace(".", reader().decimal) if minor else ""


@blueprint.get("/export.csv")
@paced("exports")
def export_csv() -> Response:
    return as_csv(*_named_rows(), wanted_format())


@blueprint.get("/export.xlsx")
@paced("exports")
def export_xlsx() -> Response:
    return as_workbook(*_named_rows(), _("My balance"))


def _named_rows() -> tuple[Rows, str]:
    asking = desk()
    entries, zone = entries_of(db.session(), asking), access.current_portal().zone
    return partial(ledger_file, entries, zone=zone, speaker=reader()), f"balance-{asking.now.date()}"
