from functools import partial

from flask import Blueprint
from werkzeug.wrappers import Response

from ...documents.ledger import ledger_file
from ...domain.purchase.give import WHY_CREDITED
from ...extensions import db
from ...operations.ledger import balances, entries_of
from ...web import access
from ...web.files import Rows, as_csv, as_workbook, wanted_format
from ...web.hypermedia import page
from ...web.pace import paced
from ...web.reader import gettext as _
from ...web.reader import reader
from ...web.viewing import desk

blueprint = Blueprint("balance", __name__, url_prefix="/balance")


@blueprint.get("")
def index() -> Response:
    entries = entries_of(db.session(), desk())
    return page(
        "balance/index.html",
        title=_("My balance"),
        entries=entries,
        balances=balances(entries),
        why_credited=WHY_CREDITED,
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
