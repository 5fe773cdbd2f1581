"""Where the program is mounted in an application of others, which says who is signed in."""

import secrets
from collections.abc import Callable
from dataclasses import replace

from flask import Flask, Response, g, request, session

from ..domain.actors import DOOR
from ..domain.launches import Launch
from ..domain.refusals import Refused
from ..operations.people.launch import resume
from ..wiring import desk_for
from . import access
from .hypermedia import HOST_SIGN_IN
from .launches import refused, spoken

GUEST = "echeance.guest"
"""In the environment of a request: what says who is signed in at the host."""
BROWSER = "browser"


def init_app(app: Flask) -> None:
    app.before_request(follow_host)
    app.jinja_env.globals["hosted"] = hosted


def hosted() -> bool:
    return HOST_SIGN_IN in request.environ


def follow_host() -> Response | None:
    """Whoever is signed in there is signed in here, and nobody else."""
    if not hosted():
        return None
    ask: Callable[[], Launch | None] = request.environ[GUEST]
    coming = ask()
    if coming is None:
        if "_user_id" in session:
            _begin(session.get(BROWSER))
        return None
    browser = session.get(BROWSER) or secrets.token_hex(8)
    coming = replace(coming, id=browser)
    if session.get("_user_id") == coming.standing and access.current_account():
        return None
    try:
        opened = resume(coming, desk_for(DOOR), access.lasting(), request.user_agent.string, "")
    except Refused as error:
        return refused(error.refusal, 403)
    _begin(browser)
    session.update(spoken(coming), _user_id=opened.token, _fresh=True)
    return None


def _begin(browser: str | None) -> None:
    """A session of nobody; the browser is known on."""
    session.clear()
    session.permanent = True
    if browser:
        session[BROWSER] = browser
    g.pop("_login_user", None)
