from flask import Blueprint, abort, flash
from werkzeug.wrappers import Response
from wtforms import StringField

from ...domain.law.contracts import Agreement, rules_for
from ...extensions import db
from ...models import Acceptance
from ...operations.renewal.agree import agree
from ...web import access
from ...web.addresses import address_of
from ...web.forms import PortalForm, PressedField
from ...web.hypermedia import go, page
from ...web.reader import gettext as _
from ...web.viewing import desk, viewer
from ...wiring import rules

blueprint = Blueprint("agreements", __name__)
AGREEMENT = "/agreements/<reference:code>"


class AgreementForm(PortalForm):
    """``version`` is that of the text which was read."""

    action = PressedField()
    version = StringField()


@blueprint.get(AGREEMENT)
def show(code: str) -> Response:
    """Its text, with version and date."""
    agreement = _agreement(code)
    accepted = db.session.get(Acceptance, (access.account().id, code))
    return page(
        "agreements/show.html",
        title=_(agreement.title),
        agreement=agreement,
        accepted=accepted,
        asked=accepted is None and agreement in _asked(),
        zone=access.current_portal().zone,
    )


@blueprint.post(AGREEMENT, endpoint="accept")
def accept(code: str) -> Response:
    """What was read, by whoever is asked for it."""
    agreement, form = _agreement(code), AgreementForm()
    read = agreement.wording is not None and form.version.data == agreement.wording.version
    if form.action.data == "accept" and read and agreement in _asked():
        agree(agreement, access.account().id, desk())
        flash(_("Accepted."))
    return go(address_of("agreements.show", code=code))


def _agreement(code: str) -> Agreement:
    agreement = rules().agreement(code)
    if agreement is None or agreement.wording is None:
        abort(404)
    return agreement


def _asked() -> tuple[Agreement, ...]:
    """By the account's own contract."""
    return rules_for(access.current_portal(), access.account().kind, viewer().today).agreements
