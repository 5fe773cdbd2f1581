from datetime import timedelta

from flask import Blueprint, abort
from werkzeug.wrappers import Response
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired

from ...domain.labels import N_
from ...domain.listing.register import DocumentState
from ...domain.money import Money
from ...domain.service.status import Status
from ...web import access
from ...web.forms import PortalForm
from ...web.hypermedia import page
from ...web.reader import gettext as _
from ...wiring import settings, system_now

blueprint = Blueprint("styleguide", __name__)


class SampleForm(PortalForm):
    """One field that is fit and one that is not."""

    name = StringField(default="exemple.fr")
    view = StringField(validators=[DataRequired(N_("Give the view a name."))])
    comment = TextAreaField()


@blueprint.get("/styleguide")
@blueprint.get("/styleguide/<any(light, dark):theme>", endpoint="themed")
@access.public
def show(theme: str = "") -> Response:
    """In the theme that the reader prefers, or in that one. In production there is none."""
    if settings().production:
        abort(404)
    form, today = SampleForm(), system_now().date()
    form.validate()
    portal = access.current_portal()
    return page(
        "demo/styleguide.html",
        title=_("Components"),
        stylesheet=f"portal-{theme}.css" if theme else "portal.css",
        themes={"": N_("As my device says"), "light": N_("Light"), "dark": N_("Dark")},
        theme=theme,
        form=form,
        statuses=tuple(Status),
        documents=[
            (state, today - timedelta(days=30 * number), Money(10 ** (number + 3) + 99, portal.currency))
            for number, state in enumerate(DocumentState)
        ],
        soon=system_now() + timedelta(days=1),
    )
