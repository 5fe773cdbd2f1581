from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from ...operations.renewal.configure import configure_renewal
from ...web.acting import Acting, Outcome
from ...web.addresses import address_of
from ...web.reader import gettext as _
from ...web.viewing import desk
from ...wording.facts import CONFIGURED
from .configure_page import configure_page
from .forms import ConfigureForm

blueprint = Blueprint("renewal", __name__, url_prefix="/services/<reference:reference>/renewal")
CONFIGURING = Acting("renewal/_configure.html", "configure", configure_page, CONFIGURED)


@blueprint.get("")
def configure(reference: str) -> Response:
    return CONFIGURING.show(reference, ConfigureForm(request.args))


@blueprint.post("", endpoint="confirm")
def confirm(reference: str) -> BaseResponse:
    form = ConfigureForm(request.form)
    return CONFIGURING.act(
        reference,
        form,
        lambda: _configured(reference, form),
        done=_("The renewal is configured."),
        already=_("Nothing to change: this service renews this way already."),
    )


def _configured(reference: str, form: ConfigureForm) -> Outcome:
    event_id = configure_renewal(form.command(reference), desk())
    receipt = address_of("services.receipt", reference=reference, event_id=event_id) if event_id else None
    return Outcome(receipt, changed=event_id is not None)
