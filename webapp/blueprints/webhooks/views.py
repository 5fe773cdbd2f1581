from flask import Blueprint, Response, abort, request

from ...adapters.payments.port import Forged
from ...domain.actors import PAYMENTS
from ...extensions import csrf
from ...operations.payments.take_notice import take_notice
from ...web import access
from ...wiring import desk_for, payments

blueprint = Blueprint("webhooks", __name__, url_prefix="/webhooks")
LARGEST_NOTICE = 64 * 1024


@blueprint.post("/<string(maxlength=24):provider>")
@access.public
@csrf.exempt  # type: ignore[untyped-decorator]
def told(provider: str) -> Response:
    """The signature stands in for a sign-in and a form's token."""
    asked = payments()
    if asked is None or asked.name != provider:
        abort(404)
    request.max_content_length = LARGEST_NOTICE
    try:
        take_notice(asked, dict(request.headers), request.get_data(), desk_for(PAYMENTS))
    except Forged:
        abort(400)
    return Response(status=204)
