from typing import Any
from urllib.parse import parse_qs

from flask import Blueprint, abort, flash
from werkzeug.wrappers import Response

from ...domain.listing.address import read_table
from ...domain.listing.table import Table
from ...extensions import db
from ...operations.listing.saved_views import TooManyViews, drop_view, keep_view, saved_views
from ...web import access
from ...web.addresses import address_of
from ...web.hypermedia import go, page
from ...web.reader import gettext as _
from ...wiring import rules
from .forms import ViewForm

blueprint = Blueprint("saved_views", __name__, url_prefix="/views")


@blueprint.get("")
def index() -> Response:
    return _draw(ViewForm(formdata=None))


@blueprint.post("")
def keep() -> Response:
    form = ViewForm()
    table = _table(form)
    if not form.validate():
        return _draw(form, status=422)
    try:
        keep_view(access.account().id, form.name.data or "", table.query)
    except TooManyViews:
        form.name.errors = [_("You have reached the maximum number of views. Delete one first.")]
        return _draw(form, status=422)
    flash(_("The view “%(name)s” is saved.", name=form.name.data))
    return go(table.at(address_of("services.index")))


@blueprint.post("/<int(max=2147483647):view_id>/deletion")
def drop(view_id: int) -> Response:
    if not drop_view(access.account().id, view_id):
        abort(404)
    flash(_("The view is deleted."))
    return go(address_of("saved_views.index"))


def _table(form: ViewForm) -> Table:
    """The state that is to be kept, page 1 of it, and nothing that the table does not know."""
    table, _unusable = read_table(parse_qs(form.query.data or ""), rules().families)
    return table.having()


def _draw(form: ViewForm, status: int = 200) -> Response:
    title = _("My views") if status == 200 else _("Error: %(title)s", title=_("My views"))
    context: dict[str, Any] = {"form": form, "saved": saved_views(db.session(), access.account().id)}
    return page("saved_views/index.html", title=title, status=status, base=address_of("services.index"), **context)
