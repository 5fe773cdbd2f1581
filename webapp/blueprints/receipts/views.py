from functools import partial
from typing import Any

from flask import Blueprint, flash, request
from werkzeug.wrappers import Response

from ...domain.receipts import Cause
from ...extensions import db
from ...operations.receipts import NoSuchReceipt, ShownReceipt, show_receipt, tell_why, verified
from ...web import access
from ...web.addresses import address_of
from ...web.files import as_pdf
from ...web.hypermedia import go, page
from ...web.pace import paced
from ...web.papers import receipt_on_paper
from ...web.reader import gettext as _
from ...web.reader import reader
from ...web.viewing import came_from, desk
from ...wording.receipts import declared, parties
from .forms import ReasonsForm

blueprint = Blueprint("receipts", __name__, url_prefix="/receipts")
CODE = "/<code:code>"


@blueprint.get("")
@access.public
def check() -> Response:
    """Where a code is typed in, in whatever way it is written."""
    if code := request.args.get("code", ""):
        return go(address_of("receipts.verify", code=_as_printed(code)))
    return page("receipts/check.html", title=_("Check a receipt"), code="")


def _as_printed(code: str) -> str:
    letters = "".join(filter(str.isalnum, code.upper()))[:40]
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4)) or "-"


@blueprint.get("/<string(maxlength=40):code>")
@access.public
def verify(code: str) -> Response:
    """Whether there is such a receipt: what was declared and when, and nothing about whom."""
    try:
        receipt = verified(db.session(), code)
    except NoSuchReceipt:
        title = _("No receipt has this code")
        return page("receipts/check.html", title=title, status=404, code=code)
    return page("receipts/verified.html", title=_("This receipt is genuine"), receipt=receipt)


@blueprint.get(f"{CODE}/details")
def show(code: str) -> Response:
    """All of it, for those whom it concerns."""
    return _draw(code, ReasonsForm())


@blueprint.get(f"{CODE}/print")
def printed(code: str) -> Response:
    """The same on paper."""
    shown = show_receipt(db.session(), code, desk())
    return page("receipts/print.html", title=_(shown.receipt.kind.label), shown=shown, **_words(shown))


def _words(shown: ShownReceipt) -> dict[str, Any]:
    return {"said": lambda each: declared(each, reader()), "parties": parties(shown, reader())}


@blueprint.get(f"{CODE}.pdf")
@paced("exports")
def show_pdf(code: str) -> Response:
    shown = show_receipt(db.session(), code, desk())
    zone, outside = access.current_portal().zone, partial(address_of, _external=True)
    return as_pdf(receipt_on_paper(shown, reader(), zone, outside), code)


@blueprint.post(f"{CODE}/reasons")
def reasons(code: str) -> Response:
    form = ReasonsForm()
    if not form.validate():
        return _draw(code, form, status=422)
    tell_why(code, form.causes, form.comment.data or "", desk())
    flash(_("Thank you. Your reasons help us to do better."))
    return go(address_of("receipts.show", code=code, back=form.back.data or None))


def _draw(code: str, form: ReasonsForm, status: int = 200) -> Response:
    shown = show_receipt(db.session(), code, desk())
    if not form.is_submitted():
        form.cause.data, form.comment.data = shown.receipt.causes, shown.receipt.comment
    title = _(shown.receipt.kind.label)
    return page(
        "receipts/show.html",
        title=_("Error: %(title)s", title=title) if form.errors else title,
        status=status,
        shown=shown,
        **_words(shown),
        form=form,
        all_causes=tuple(Cause),
        came=came_from(request.values),
    )
