from collections.abc import Callable
from functools import partial

from flask import Blueprint, abort, flash, request
from werkzeug.wrappers import Response

from ...documents.mandate import mandate_sheet
from ...documents.pdf import pdf
from ...domain.methods import DESCRIPTION_UNFIT, LONGEST_DESCRIPTION, MethodKind
from ...domain.refusals import Refusal, Refused
from ...extensions import db
from ...models.payment import LONGEST_RETURN
from ...operations.methods.ask import ask_before_showing_setup, forget_one
from ...operations.methods.begin import begin_setup
from ...operations.methods.choose import describe_method, make_default, remove
from ...operations.methods.find import method_of, setup_of
from ...web import access
from ...web.addresses import address_of
from ...web.files import as_pdf
from ...web.forms import plain
from ...web.hypermedia import go, page
from ...web.origin import origin
from ...web.pace import paced
from ...web.paying import ADDING, provider
from ...web.reader import gettext as _
from ...web.reader import reader
from ...web.viewing import desk
from ...wiring import now, payments
from ...wording.methods import ADD, Fact, came_of, mandate_facts, mandate_text
from .forms import MethodsForm
from .methods_page import methods_page

blueprint = Blueprint("methods", __name__, url_prefix="/payment-methods")
ADDED, MANDATE = "/added/<code:code>", "/<int:method>"


@blueprint.get("")
def index() -> Response:
    return _draw(origin(request.args))


@blueprint.post("", endpoint="decide")
@paced("orders")
def decide() -> Response:
    form = MethodsForm()
    action, came = form.action.data or "", origin(request.form)
    try:
        if action in ADDING:
            return go(_to_the_provider(ADDING[action], wanted_default=form.default.data, came=came))
        if action in CHANGING:
            flash(CHANGING[action](form.method.data or 0, form))
            return go(address_of("methods.index", next=came or None))
    except Refused as refused:
        return _draw(came, refused.refusal, form.method.data, form.description.data or "")
    return _draw(came)


def _to_the_provider(kind: MethodKind, *, wanted_default: bool, came: str) -> str:
    """The address of its page, or, where it has none to show, of what came of it. Raises Refused."""
    code, address = begin_setup(
        kind,
        desk(),
        provider(),
        return_to=partial(_back, came),
        language=reader().language,
        wanted_default=wanted_default,
    )
    return address or address_of("methods.added", code=code, next=came or None)


def _back(came: str, code: str) -> str:
    back = access.comes_back_to(address_of("methods.added", code=code, next=came or None, _external=True))
    return back if len(back) <= LONGEST_RETURN else address_of("methods.added", code=code, _external=True)


def _make_default(method: int, form: MethodsForm) -> str:
    return _("Renewals are debited from %(method)s from now on.", method=make_default(method, desk()))


def _describe(method: int, form: MethodsForm) -> str:
    """Raises Refused."""
    text = plain(form.description.data)
    if len(text) > LONGEST_DESCRIPTION:
        raise Refused(DESCRIPTION_UNFIT())
    describe_method(method, text, desk())
    return _("Saved.")


def _remove(method: int, form: MethodsForm) -> str:
    """Raises Refused."""
    removed = remove(method, desk())
    if removed.reference and (till := payments()):
        forget_one(method, removed.reference, till)
    if removed.successor:
        return _(
            "%(method)s is removed. Renewals are debited from %(other)s from now on.",
            method=removed.label,
            other=removed.successor,
        )
    return _("%(method)s is removed.", method=removed.label)


CHANGING: dict[str, Callable[[int, MethodsForm], str]] = {
    "default": _make_default,
    "describe": _describe,
    "remove": _remove,
}


def _draw(came: str, refused: Refusal | None = None, about: int | None = None, typed: str = "") -> Response:
    title = _("Payment methods")
    shown = methods_page()
    return page(
        "methods/index.html",
        title=_("Error: %(title)s", title=title) if refused else title,
        status=422 if refused else 200,
        heading=title,
        came=came,
        refused=refused,
        about=about,
        typed=typed,
        adding={name: _(ADD[kind]) for name, kind in ADDING.items() if kind in shown.offered},
        **shown.context(),
    )


@blueprint.get(ADDED)
def added(code: str) -> Response:
    """Where one comes back to from the provider: it is asked, as long as nothing is known for certain."""
    if till := payments():
        ask_before_showing_setup(code, desk(), till)
    setup = setup_of(db.session(), code, desk())
    return page(
        "methods/added.html",
        title=_("Adding a payment method"),
        setup=setup,
        method=setup.method,
        why=came_of(setup, reader()),
        came=origin(request.args),
    )


@blueprint.get(f"{MANDATE}/mandate")
def mandate(method: int) -> Response:
    """What was agreed to, also of a method that is removed."""
    facts, text = _mandate(method)
    return page(
        "methods/mandate.html",
        title=_("SEPA direct debit mandate"),
        facts=facts,
        text=text,
        method=method,
        came=origin(request.args),
    )


@blueprint.get(f"{MANDATE}/mandate.pdf")
@paced("exports")
def mandate_pdf(method: int) -> Response:
    seller = access.current_portal().seller
    sheet = mandate_sheet(*_mandate(method), reader(), author=seller.name, logo=seller.logo)
    return as_pdf(pdf(sheet, now()), f"mandate-{method}")


def _mandate(number: int) -> tuple[list[Fact], list[str]]:
    """What it names, and what it says."""
    method, seller = method_of(db.session(), number, desk()), access.current_portal().seller
    if method.mandate is None:
        abort(404)
    return (
        mandate_facts(method, method.mandate, seller, access.account().name, reader()),
        mandate_text(seller, reader()),
    )
