from typing import Any

from flask import Blueprint, Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from ...domain.refusals import Refusal, Refused
from ...domain.renewal.choices import choice_named, choices, current, why_not_manual
from ...domain.renewal.preview import preview
from ...domain.service.actions import Action, refusal
from ...extensions import db
from ...models import Event
from ...operations.change import ChangedMeanwhile
from ...operations.listing.page import line_of
from ...operations.renewal.configure import RenewalCase, configure_renewal, renewal_case
from ...web.hypermedia import announce, go, page, redraw, wants_fragment
from ...web.reader import gettext as _
from ..services.context import row_context, viewer
from .forms import ConfigureForm

blueprint = Blueprint("renewal", __name__, url_prefix="/services/<reference:reference>/renewal")
REGIONS = {"configure": "renewal/_configure.html", "in-dialog": "renewal/_configure.html"}
"""The same region, on its own page or in the dialog over the table."""


@blueprint.get("")
def configure(reference: str) -> Response:
    return announce(_draw(reference, ConfigureForm(request.args)), "dialog:open")


@blueprint.post("", endpoint="confirm")
def confirm(reference: str) -> BaseResponse:
    form = ConfigureForm(request.form)
    try:
        event_id = configure_renewal(form.command(reference), viewer().desk)
    except Refused as refused:
        return _draw(reference, form, refused=refused.refusal, status=422)
    except ChangedMeanwhile as changed:
        return _draw(reference, form, changed=changed.event, status=409)
    return _done(reference, event_id)


def _done(reference: str, event_id: int | None) -> BaseResponse:
    said = _("Nothing to change: this service renews this way already.")
    if event_id:
        said = _("The renewal is configured.")
    if wants_fragment():
        line = line_of(db.session(), reference, viewer())
        context = row_context() | {"line": line, "said": said, "event_id": event_id}
        return redraw("renewal/_done.html", announcing="dialog:close", **context)
    if event_id:
        return go(url_for("services.receipt", reference=reference, event_id=event_id))
    flash(said)
    return go(url_for("services.show", reference=reference))


def _draw(
    reference: str,
    form: ConfigureForm,
    *,
    refused: Refusal | None = None,
    changed: Event | None = None,
    status: int = 200,
) -> Response:
    asked = renewal_case(db.session(), reference, viewer().desk)
    title = _("Configure the renewal of %(name)s", name=asked.display_name)
    if status != 200:
        title = _("Error: %(title)s", title=title)
    context = _context(asked, form) | {
        "refused": refused,
        "changed": changed,
        "conflict": status == 409,
        "service_name": asked.display_name,
    }
    return page("renewal/configure.html", title=title, regions=REGIONS, status=status, **context)


def _context(asked: RenewalCase, form: ConfigureForm) -> dict[str, Any]:
    chosen = choice_named(form.choice.data or "", asked.case.service, asked.offer) or current(asked.case.service)
    return {
        "asked": asked,
        "form": form,
        "choices": choices(asked.case.service, asked.offer),
        "current": current(asked.case.service),
        "chosen": chosen,
        "preview": preview(asked.case, chosen, asked.offer),
        "why_not_manual": why_not_manual(asked.case.service),
        "impossible": refusal(Action.CONFIGURE, asked.case),
        "base": url_for("services.index"),
    }
