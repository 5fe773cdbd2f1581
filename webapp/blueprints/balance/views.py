from functools import partial

from flask import Blueprint
from werkzeug.wrappers import Response
from wtforms import StringField

from ...documents.ledger import ledger_file
from ...domain.billing.ledger import NO_AMOUNT
from ...domain.money import Money, MoneyError, parse_money
from ...domain.refusals import Refusal, Refused
from ...extensions import db
from ...operations.ledger import MOST_SHOWN, balances, entries_of
from ...operations.orders.top_up import top_up
from ...web import access
from ...web.addresses import address_of
from ...web.files import Rows, as_csv, as_workbook, wanted_format
from ...web.forms import PortalForm, PressedField
from ...web.hypermedia import go, page
from ...web.pace import paced
from ...web.paying import obstacle, provider
from ...web.reader import gettext as _
from ...web.reader import reader
from ...web.viewing import desk
from ...wiring import rules
from ...wording.ledger import why_entered

blueprint = Blueprint("balance", __name__, url_prefix="/balance")


class TopUpForm(PortalForm):
    action = PressedField()
    amount = StringField()

    @property
    def money(self) -> Money:
        """Raises Refused where it is none in the currency of the account’s portal."""
        text = "".join((self.amount.data or "").split())
        try:
            return parse_money(text, access.current_portal().currency)
        except MoneyError as error:
            raise Refused(NO_AMOUNT()) from error


@blueprint.get("")
def index() -> Response:
    return _draw()


@blueprint.post("", endpoint="decide")
@paced("orders")
def decide() -> Response:
    form = TopUpForm()
    if form.action.data != "top-up":
        return _draw()
    try:
        provider()
        placed = top_up(form.money, desk())
    except Refused as refused:
        return _draw(form.amount.data or "", refused.refusal)
    return go(address_of("orders.show", code=placed.code))


def _draw(typed: str = "", refused: Refusal | None = None) -> Response:
    session, asking, title = db.session(), desk(), _("My balance")
    return page(
        "balance/index.html",
        title=_("Error: %(title)s", title=title) if refused else title,
        status=422 if refused else 200,
        heading=title,
        entries=entries_of(session, asking, MOST_SHOWN),
        most=MOST_SHOWN,
        balances=balances(session, asking),
        why=lambda each: why_entered(each.entry, reader()),
        limits=rules().top_ups.amounts.get(access.current_portal().currency),
        portals=rules().portals,
        obstacle=obstacle(),
        typed=typed,
        refused=refused,
    )


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
