from flask import Blueprint, flash, request
from werkzeug.wrappers import Response

from ...domain.passwords import PASSWORD_WRONG
from ...domain.refusals import Refused
from ...extensions import db
from ...operations.people.change_address import ask_for_address, withdraw_address
from ...operations.people.change_password import change_password
from ...operations.people.sessions import end_others, end_session, open_sessions
from ...web import access
from ...web.addresses import address_of
from ...web.forms import pressed
from ...web.guesses import count_try, remember_success
from ...web.hypermedia import go, page
from ...web.pace import paced
from ...web.reader import gettext as _
from ...web.reader import reader
from ...web.viewing import desk
from ...wiring import panels, system_now
from ...wording.browsers import browser_named
from .forms import AddressForm, PasswordForm

blueprint = Blueprint("security", __name__, url_prefix="/account/security")
OTHERS = "others"


@blueprint.get("")
def show() -> Response:
    return _draw(PasswordForm())


@blueprint.post("/password", endpoint="change_password")
def change() -> Response:
    form, asking = PasswordForm(), access.account()
    if not form.validate():
        return _draw(form)
    count_try(asking.email)
    try:
        opened = change_password(
            asking.id,
            form.present.data or "",
            form.new.data or "",
            desk(),
            agent=request.user_agent.string,
        )
    except Refused as refused:
        field = form.present if refused.refusal == PASSWORD_WRONG() else form.new
        field.errors = [refused.refusal.message]
        return _draw(form)
    access.start_session(opened)
    flash(_("Your password is changed. Wherever else you were signed in, you no longer are."))
    response = go(address_of("security.show"))
    remember_success(response, asking.email)
    return response


@blueprint.post("/address")
@paced("orders")
def change_address() -> Response:
    form, asking = AddressForm(), access.account()
    if not form.validate():
        return _draw(PasswordForm(None), form)
    count_try(asking.email)
    try:
        ask_for_address(asking.id, form.address.data or "", form.password.data or "", desk())
    except Refused as refused:
        field = form.password if refused.refusal == PASSWORD_WRONG() else form.address
        field.errors = [refused.refusal.message]
        return _draw(PasswordForm(None), form)
    flash(_("A mail has gone to that address. It is yours here as soon as you confirm it there."))
    return go(address_of("security.show"))


@blueprint.post("/address/withdraw")
def keep_address() -> Response:
    withdraw_address(access.account().id)
    flash(_("Your address stays as it is."))
    return go(address_of("security.show"))


@blueprint.post("/sessions")
def end() -> Response:
    which = pressed(request.form, "end")
    if which == OTHERS:
        end_others(access.account().id, access.sign_in_key())
        flash(_("You are signed in here alone."))
    elif end_session(access.account().id, which):
        flash(_("That browser is signed out."))
    return go(address_of("security.show"))


def _draw(form: PasswordForm, address: AddressForm | None = None) -> Response:
    title, address = _("Address, password and sign-ins"), address or AddressForm(None)
    wrong = bool(form.errors or address.errors)
    sessions = open_sessions(db.session(), access.account().id, access.lasting(), system_now())
    return page(
        "security/show.html",
        title=_("Error: %(title)s", title=title) if wrong else title,
        status=422 if wrong else 200,
        heading=title,
        form=form,
        address=address,
        sessions=sessions,
        here=access.sign_in_key(),
        panels=panels(),
        browser=lambda agent: browser_named(agent, reader()),
    )
