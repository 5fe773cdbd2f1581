"""Pages within those of a control panel: in a frame, below a path of the panel’s, or behind the panel’s own server.

``/in/acme/services`` is the program mounted below ``/in/acme``: every address keeps that path, and no session of a
window of its own, or of another panel, is ever seen in the frame. Where browsers keep cookies of frames apart for each
site around them (``Partitioned``), this one is kept, too. Behind a panel’s server the program is mounted where that
server has it.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface

from ..adapters.signatures import issuer_of
from ..domain.panels import Panel, Way, by_issuer
from ..domain.refusals import Refused
from ..wiring import settings, wiring_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PATH = re.compile(r"(/in/([a-z0-9-]{1,40}))(/.*)")
FRAMED = "echeance.framed"
PROXIED = "echeance.proxied"
OUTER = "echeance.outer"
"""In the environment of a request: the panel around it, and the path that the program itself is mounted at."""
ASSERTION = "HTTP_X_PORTAL_ASSERTION"
"""Where the panel’s server says who it is and for whom it asks; nothing is believed here."""
BARE = "X-Portal-Fragment"
"""Whether it puts what it gets into a page of its own."""


class Mounts:
    """Leads what is asked for below a panel’s path to the program, which is mounted there."""

    def __init__(self, app: Flask) -> None:
        self._app, self._answer = app, app.wsgi_app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        path = PATH.fullmatch(environ.get("PATH_INFO", ""))
        if ASSERTION in environ:
            panel = self._asserting(environ[ASSERTION])
            environ |= {"SCRIPT_NAME": panel.prefix if panel else "", PROXIED: panel}
        elif path and (panel := framing(wiring_of(self._app).panels.get(path[2]))):
            outer = environ.get("SCRIPT_NAME", "")
            environ |= {"SCRIPT_NAME": outer + path[1], "PATH_INFO": path[3], FRAMED: panel, OUTER: outer}
        return self._answer(environ, start_response)

    def _asserting(self, token: str) -> Panel | None:
        try:
            issuer = issuer_of(token)
        except Refused:
            return None
        return by_issuer(wiring_of(self._app).panels, issuer)


class FrameSessions(SecureCookieSessionInterface):
    """One cookie for the windows of the program itself, and one for the frames of each panel."""

    def get_cookie_name(self, app: Flask) -> str:
        name, panel = super().get_cookie_name(app), framed()
        return f"{name}-in-{panel.name}" if panel else name

    def get_cookie_samesite(self, app: Flask) -> str | None:
        return "None" if framed() else super().get_cookie_samesite(app)

    def get_cookie_secure(self, app: Flask) -> bool:
        return framed() is not None or super().get_cookie_secure(app)

    def get_cookie_partitioned(self, app: Flask) -> bool:
        return framed() is not None


def wrap(app: Flask) -> None:
    app.wsgi_app = Mounts(app)  # type: ignore[method-assign]


def framing(panel: Panel | None) -> Panel | None:
    """It, where it may show pages in frames."""
    return panel if panel and panel.enabled and Way.FRAME in panel.ways else None


def framed() -> Panel | None:
    """The panel in whose frame this request is shown."""
    panel: Panel | None = request.environ.get(FRAMED)
    return panel


def proxied() -> Panel | None:
    """The panel whose server asks."""
    panel: Panel | None = request.environ.get(PROXIED)
    return panel


def around() -> Panel | None:
    """The panel whose own page is around this one."""
    return framed() or proxied()


def bare() -> bool:
    """Whether this page is put into another one, without a head of its own."""
    return proxied() is not None and request.headers.get(BARE) == "1"


def outer_path() -> str:
    """Where the program is mounted, whatever frame it is shown in."""
    outer: Any = request.environ.get(OUTER, request.script_root)
    return str(outer)


def unframed(address: str) -> str:
    """A whole address of this program, for those who read it elsewhere than within a panel’s page."""
    outer = settings().address.rstrip("/") if proxied() else f"{request.host_url.rstrip('/')}{outer_path()}"
    return f"{outer}/{address.removeprefix(request.url_root)}"
