from flask import Blueprint, request
from werkzeug.wrappers import Response

from ...operations.renewal.align import align_service
from ...web.acting import Acting, Outcome
from ...web.paying import obstacle, paid_at_once, wanted_means
from ...web.reader import gettext as _
from ...web.viewing import desk
from ...wording.facts import ALIGNED
from .align_page import align_page
from .forms import AlignForm

blueprint = Blueprint("alignment", __name__, url_prefix="/services/<reference:reference>/align")
ALIGNING = Acting("alignment/_align.html", "align", align_page, ALIGNED, redraws_row=False)


@blueprint.get("")
def align(reference: str) -> Response:
    return ALIGNING.show(reference, AlignForm(request.args))


@blueprint.post("", endpoint="confirm")
def confirm(reference: str) -> Response:
    form = AlignForm(request.form)
    already = _("It is so already. Nothing was done twice.")
    return ALIGNING.act(reference, form, lambda: _aligned(reference, form), already=already)


def _aligned(reference: str, form: AlignForm) -> Outcome:
    wanted = wanted_means(form.means.data)
    moved = align_service(form.command(reference), desk(), obstacle())
    if moved.order is None:
        return Outcome(None, moved.new)
    return Outcome(paid_at_once(moved.order, form.came, wanted), moved.new, finds_back=False)
