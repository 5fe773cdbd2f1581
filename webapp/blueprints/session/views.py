import logging

from flask import Blueprint, current_app, request, session
from flask_login import current_user
from werkzeug.wrappers import Response

from ...domain.actors import DOOR
from ...language.catalogues import LANGUAGES
from ...operations.desk import BeyondScope
from ...operations.people.choose_language import choose_language
from ...operations.people.sign_in import BadCredentials, sign_in, sign_out
from ...web import access
from ...web.addresses import address_of
from ...web.forms import pressed
from ...web.frames import framed
from ...web.guesses import count_try, fingerprint, known_for, remember_success
from ...web.guests import hosted
from ...web.hypermedia import at_the_host, go, local, page
from ...web.pace import network
from ...web.reader import gettext as _
from ...wiring import desk_for
from .forms import SignInForm

LOG = logging.getLogger(__name__)
blueprint = Blueprint("session", __name__)


@blueprint.get("/")
@access.public
def start() -> Response:
    return go(address_of("services.index"))


@blueprint.get("/login")
@access.public
def sign_in_page() -> Response:
    if current_user.is_authenticated:
        return go(_destination())
    if framed():
        return page("launch/closed.html", title=_("This portal is closed here"))
    if elsewhere := at_the_host(_destination()):
        return elsewhere
    return _draw(SignInForm(next=_destination()))


@blueprint.post("/login", endpoint="sign_in")
@access.public
def do_sign_in() -> Response:
    """Passwords are typed where the address bar says whose page that is, and at a host not at all."""
    if framed() or hosted():
        raise BeyondScope
    form = SignInForm()
    if not form.validate():
        return _draw(form, status=422)
    address = form.email.data or ""
    count_try(address)
    try:
        opened = sign_in(
            address,
            form.password.data or "",
            desk_for(DOOR),
            lasting=access.lasting(),
            agent=request.user_agent.string,
            known=known_for(address),
        )
    except BadCredentials:
        LOG.warning("Sign-in refused: account %s from %s", fingerprint(address), network())
        return _draw(form, wrong=True, status=422)
    if current_user.is_authenticated:
        sign_out(access.sign_in_key())
    access.start_session(opened)
    response = go(_destination())
    remember_success(response, address)
    return response


@blueprint.post("/logout")
def leave() -> Response:
    sign_out(access.sign_in_key())
    access.end_session()
    response = go(address_of("session.sign_in_page"))
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@blueprint.post("/language")
@access.public
def switch_language() -> Response:
    chosen = pressed(request.form, "language")
    if chosen in LANGUAGES:
        session["language"] = chosen
        if (account := access.current_account()) and not access.current_staff():
            choose_language(account.id, chosen)
    return go(_destination())


def _draw(form: SignInForm, *, wrong: bool = False, status: int = 200) -> Response:
    title = _("Sign in") if status == 200 else _("Error: %(title)s", title=_("Sign in"))
    welcome = current_app.extensions.get("welcome", lambda: None)()
    return page("session/sign_in.html", title=title, form=form, wrong=wrong, welcome=welcome, status=status)


def _destination() -> str:
    return local(request.values.get("next", "")) or address_of("services.index")
