"""The program as a part of a Flask application of others: below a path of its own, for whoever is signed in there.

It stays an application of its own, so that names, cookies, static files, templates, error pages, commands and policies
of the two never meet.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from . import create_app
from .adapters import Adapters
from .domain.actors import EVERYTHING, Scope
from .domain.launches import Launch
from .domain.panels import Panel
from .serving import served
from .settings import Settings
from .web.guests import GUEST
from .web.hypermedia import HOST_SIGN_IN
from .wiring import wiring_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

NAME = "host"
"""Of the host among panels."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Who is signed in at the host."""

    handle: str
    """Of the account."""
    language: str = ""
    scheme: str = ""
    """``light`` or ``dark``; empty where the reader’s device says."""
    scopes: frozenset[Scope] = EVERYTHING
    staff: str = ""
    """Who of the host’s support is there in the customer’s place; they never pay."""


def init_app(
    host: Flask,
    url_prefix: str,
    *,
    signed_in: Callable[[], Guest | None],
    sign_in: str,
    home: str = "/",
    settings: Settings | None = None,
    adapters: Adapters | None = None,
) -> Flask:
    """Mount the program at ``url_prefix`` (``/my``) of the host, and return it.

    ``signed_in`` is called in a request of the host, with its session; ``sign_in`` is the address of the host’s page
    where one signs in, which gets the way back as ``next``; ``home`` is where the program’s header leads back to.
    Raises NotServable where customers could not be let in, unless a command asks.
    """
    portal = served(create_app(settings, adapters))
    mount(portal, host, url_prefix, signed_in=signed_in, sign_in=sign_in, home=home)
    return portal


def mount(
    portal: Flask, host: Flask, url_prefix: str, *, signed_in: Callable[[], Guest | None], sign_in: str, home: str
) -> None:
    """The same with a program that is there already."""
    panel = Panel(name=NAME, title=host.name, issuer="", origins=(), return_to=(home,))
    wired = wiring_of(portal)
    replace(wired, panels={**wired.panels, NAME: panel}).install(portal)

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        def coming() -> Launch | None:
            at_host = environ | {
                "SCRIPT_NAME": environ["SCRIPT_NAME"].removesuffix(url_prefix),
                "PATH_INFO": url_prefix + environ["PATH_INFO"],
                "CONTENT_LENGTH": "0",
                "wsgi.input": BytesIO(),
            }
            with host.request_context(at_host):
                guest = signed_in()
            return _launch(guest, panel) if guest else None

        return portal.wsgi_app(environ | {GUEST: coming, HOST_SIGN_IN: sign_in}, start_response)

    host.wsgi_app = DispatcherMiddleware(host.wsgi_app, {url_prefix: answer})  # type: ignore[method-assign]


def _launch(guest: Guest, panel: Panel) -> Launch:
    launch = Launch(
        panel,
        "",
        datetime.max.replace(tzinfo=UTC),
        guest.handle,
        return_to=panel.home,
        language=guest.language,
        scheme=guest.scheme,
        scopes=guest.scopes,
    )
    return launch.by_staff(guest.staff) if guest.staff else launch
