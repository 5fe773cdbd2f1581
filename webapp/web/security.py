"""What every response says to browsers, and which requests from other sites are turned away."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from flask import Flask, Response, abort, request

from ..settings import Settings
from ..wiring import wiring_of

HEADERS = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
LARGEST_BODY = 2 * 1024 * 1024


def content_security_policy(paid_at: Iterable[str]) -> str:
    """Forms may also lead to where one pays: browsers apply the rule for forms to the redirects that follow."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            " ".join(("form-action 'self'", *paid_at)),
            "frame-ancestors 'none'",
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


def signing_keys(app: Flask) -> list[str]:
    """Oldest first: the last one signs, and what any of them signed is believed."""
    return [str(key) for key in (*(app.config["SECRET_KEY_FALLBACKS"] or ()), app.secret_key)]


def init_app(app: Flask) -> None:
    provider = wiring_of(app).adapters.payments
    headers = HEADERS | {"Content-Security-Policy": content_security_policy(provider.origins if provider else ())}

    @app.before_request
    def refuse_other_sites() -> None:
        """On top of the form token; browsers too old to say where a request comes from have the token alone."""
        if request.method in SAFE_METHODS:
            return
        site = request.headers.get("Sec-Fetch-Site")
        origin = request.headers.get("Origin")
        if site is not None and site != "same-origin":
            abort(403)
        if site is None and origin is not None and origin != f"{request.scheme}://{request.host}":
            abort(403)

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers.update(headers)
        response.headers.setdefault("Cache-Control", "no-cache, no-store, private")
        if request.is_secure:
            response.headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
        return response
