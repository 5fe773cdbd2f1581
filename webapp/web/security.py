"""What every response says to browsers, and which requests from other sites are turned away."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, abort, request
from werkzeug.exceptions import HTTPException
from werkzeug.sansio.utils import host_is_trusted

from ..settings import Settings
from ..wiring import wiring_of
from .access import frame_ancestors
from .frames import FRAMED, PROXIED, proxied

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

HEADERS = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
OVER_TLS = {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}
ASKED_BY_MACHINES = {"echeance.health.alive", "echeance.health.ready"}
SENT_BY_PANELS = {
    "echeance.launch.launch",
    "echeance.panel_api.launch_links",
    "echeance.panel_api.revoke",
    "echeance.panel_api.cpanel",
}
"""What pages and servers of others send on purpose: a signature says who it is from."""
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
LARGEST_BODY = 2 * 1024 * 1024


class UnknownHost(HTTPException):
    """The request is for a name that the program does not go by (RFC 9110, 15.5.20)."""

    code = 421


def content_security_policy(paid_at: Iterable[str], shown_in: Iterable[str] = ()) -> str:
    """Forms may also lead to where one pays: browsers apply the rule for forms to the redirects that follow.

    Nobody shows pages in a frame but the origins that are named.
    """
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            " ".join(("form-action 'self'", *paid_at)),
            " ".join(("frame-ancestors", *(tuple(shown_in) or ("'none'",)))),
        )
    )


def cookie_settings(settings: Settings) -> dict[str, Any]:
    """Flask settings of the session cookie; the ``__Host-`` name ties it to this host over TLS."""
    return {
        "SESSION_COOKIE_NAME": "__Host-echeance" if settings.production else "echeance",
        "SESSION_COOKIE_SECURE": settings.production,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_REFRESH_EACH_REQUEST": False,
        # Nobody is remembered beyond a session; no browser can send a cookie of this name.
        "REMEMBER_COOKIE_NAME": "\0",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=settings.session_hours),
        "MAX_CONTENT_LENGTH": LARGEST_BODY,
        "MAX_FORM_PARTS": 5000,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
    }


def init_app(app: Flask) -> None:
    hosts, paid_at = wiring_of(app).settings.allowed_hosts, _paid_at(app)

    @app.before_request
    def refuse_other_names() -> None:
        """Whoever only asks whether the program is well may ask for an address of the machine."""
        if hosts and request.endpoint not in ASKED_BY_MACHINES and not host_is_trusted(request.host, hosts):
            raise UnknownHost

    @app.before_request
    def refuse_other_sites() -> None:
        """On top of the form token; browsers too old to say where a request comes from have the token alone."""
        if request.method in SAFE_METHODS or request.endpoint in SENT_BY_PANELS:
            return
        site = request.headers.get("Sec-Fetch-Site")
        origin = request.headers.get("Origin")
        if site is not None and site != "same-origin":
            abort(403)
        panel = proxied()
        known = panel.origins if panel else (f"{request.scheme}://{request.host}",)
        if site is None and origin is not None and origin not in known:
            abort(403)

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers.setdefault("Cache-Control", "no-cache, no-store, private")
        if shown_in := frame_ancestors():
            response.headers["Content-Security-Policy"] = content_security_policy(paid_at, shown_in)
        return response


def _paid_at(app: Flask) -> Iterable[str]:
    provider = wiring_of(app).adapters.payments
    return provider.origins if provider else ()


def wrap(app: Flask) -> None:
    """Every answer says it, whoever made it: also files, redirects and what a crash leaves."""
    headers = HEADERS | {"Content-Security-Policy": content_security_policy(_paid_at(app))}
    answer = app.wsgi_app

    def answer_with_headers(environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        wanted = headers | (OVER_TLS if environ["wsgi.url_scheme"] == "https" else {})

        def start(status: str, told: list[tuple[str, str]], *error: Any) -> Any:
            said = {name.lower() for name, _value in told}
            if FRAMED in environ:
                said.add("x-frame-options")
            if PROXIED in environ:
                said.add("strict-transport-security")
            missing = [(name, value) for name, value in wanted.items() if name.lower() not in said]
            return start_response(status, told + missing, *error)

        return answer(environ, start)

    app.wsgi_app = answer_with_headers  # type: ignore[method-assign]
