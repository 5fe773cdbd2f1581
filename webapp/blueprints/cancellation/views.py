from flask import Blueprint, request
from werkzeug.wrappers import Response as BaseResponse

from ...operations.renewal.cancel import cancel_service
from ...operations.renewal.declare import Declared
from ...operations.renewal.undo import undo_cancellation
from ...web.acting import Acting, Outcome
from ...web.addresses import address_of
from ...web.hypermedia import go
from ...web.reader import gettext as _
from ...web.viewing import desk
from ...wording.facts import CANCELLED, KEPT
from .cancel_page import cancel_page
from .forms import CancelForm, UndoForm
from .undo_page import undo_page

blueprint = Blueprint("cancellation", __name__, url_prefix="/services/<reference:reference>/cancel")
CANCELLING = Acting("cancellation/_cancel.html", "cancel", cancel_page, CANCELLED, redraws_row=False)
UNDOING = Acting("cancellation/_undo.html", "undo", undo_page, KEPT, redraws_row=False)
KEEP, CONFIRM = "keep", "confirm"


@blueprint.get("")
def cancel(reference: str) -> BaseResponse:
    return CANCELLING.show(reference, CancelForm(request.args))


@blueprint.post("", endpoint="confirm")
def confirm(reference: str) -> BaseResponse:
    form = CancelForm(request.form)
    if form.action.data == KEEP:
        return go(form.came.address())
    if form.action.data != CONFIRM:
        return CANCELLING.show(reference, form)
    return CANCELLING.act(
        reference,
        form,
        lambda: _receipt(cancel_service(form.command(reference), desk())),
        already=_("The cancellation was recorded already."),
    )


@blueprint.get("/undo")
def undo(reference: str) -> BaseResponse:
    return UNDOING.show(reference, UndoForm(request.args))


@blueprint.post("/undo", endpoint="confirm_undo")
def confirm_undo(reference: str) -> BaseResponse:
    form = UndoForm(request.form)
    if form.action.data != CONFIRM:
        return UNDOING.show(reference, form)
    return UNDOING.act(
        reference,
        form,
        lambda: _receipt(undo_cancellation(form.command(reference), desk())),
        already=_("The cancellation was undone already."),
    )


def _receipt(declared: Declared) -> Outcome:
    return Outcome(address_of("receipts.show", code=declared.receipt), declared.new)
