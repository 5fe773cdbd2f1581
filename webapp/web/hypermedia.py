"""Whole page or part of it: the only module that reads or writes HX-… headers.

A region is one element with one id, drawn by one template file. The same view and the same context answer
a browser that wants the page and an htmx request that replaces just that region.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

from flask import Flask, Response, current_app, make_response, redirect, render_template, request
from flask_htmx import HTMX as FlaskHTMX
from itsdangerous import BadSignature, URLSafeSerializer
from jinja2 import StrictUndefined
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BaseConverter
from werkzeug.urls import iri_to_uri
from werkzeug.wrappers import Response as BaseResponse

from ..domain.receipts import CODE
from ..domain.service.service import REFERENCE
from ..wiring import settings
from .addresses import address_of, present
from .frames import framed

NONE: Mapping[str, str] = {}
HOST_SIGN_IN = "echeance.host-sign-in"
"""In the environment of a request: where one signs in at the application that the program is a part of."""
VARY = ("Cookie", "Accept-Language", "HX-Request", "HX-Request-Type", "HX-Target")


class ReferenceConverter(BaseConverter):
    """The part of an address that may be a service's reference; anything else is not found."""

    regex = REFERENCE


class CodeConverter(BaseConverter):
    """The part of an address that may be the code of an order or a receipt."""

    regex = CODE


class DocumentConverter(BaseConverter):
    """The part of an address that may be the name of an invoice or a credit note."""

    regex = r"[A-Za-z0-9][A-Za-z0-9._~-]{0,99}"


class HTMX(FlaskHTMX):  # type: ignore[misc]
    """Reads the headers of htmx 4, which names elements ``tag#id`` and says what it wants back."""

    @property
    def target(self) -> str | None:
        return unquote(request.headers.get("HX-Target", "").partition("#")[2]) or None

    @property
    def partial(self) -> bool:
        return bool(self) and request.headers.get("HX-Request-Type") == "partial"


htmx = HTMX()


@dataclass(frozen=True, slots=True)
class View:
    """What a page is drawn from: typed, given to its templates field by field, and as ``view`` with what it can say."""

    def context(self) -> dict[str, Any]:
        """Fields that are views themselves are given the same way."""
        given: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            given |= value.context() if isinstance(value, View) else {field.name: value}
        return given | {"view": self}


def init_app(app: Flask) -> None:
    htmx.init_app(app)
    app.url_map.converters |= {"reference": ReferenceConverter, "code": CodeConverter, "document": DocumentConverter}
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.policies["ext.i18n.trimmed"] = True

    @app.after_request
    def vary(response: Response) -> Response:
        response.vary.update(VARY)
        return response


def wants_fragment() -> bool:
    return htmx.partial


def page(
    template: str,
    *,
    title: str,
    regions: Mapping[str, str] = NONE,
    menus: Mapping[str, str] = NONE,
    status: int = 200,
    changed: str = "",
    **context: Any,
) -> Response:
    """The page, or the part that htmx is about to replace (element id to template).

    With a region of ``regions`` the reader is somewhere else: its title is told, ``changed`` is read out and messages
    are taken away. One of ``menus`` opens beside what is read.
    """
    target = htmx.target if wants_fragment() else None
    region = regions.get(target or "")
    drawn = "fragment.html" if region else menus.get(target or "", template)
    context |= {"title": title, "changed": changed, "region": region, "region_id": target if region else None}
    return make_response(render_template(drawn, **context), status)


def redraw(template: str, *, announcing: str, **context: Any) -> Response:
    """Several regions at once after an action, and an event for the page's own script."""
    return announce(make_response(render_template(template, **context)), announcing)


def announce(response: Response, event: str) -> Response:
    """Tell the page's own script that a fragment means something."""
    if wants_fragment():
        response.headers["HX-Trigger"] = event
    return response


def addressed(response: Response, url: str) -> Response:
    """Let the browser's address bar show this address for what was drawn."""
    if wants_fragment():
        response.headers["HX-Push-Url"] = url
    return response


def problem(template: str, *, title: str, status: int, **context: Any) -> Response:
    """An error: a page of its own, or a message above the page that stays as it was."""
    if not wants_fragment():
        return make_response(render_template(template, title=title, **context), status)
    response = make_response(render_template("errors/_message.html", title=title, **context), status)
    response.headers["HX-Retarget"] = "#problem"
    response.headers["HX-Reswap"] = "innerHTML"
    return response


def go(url: str) -> BaseResponse:
    """Lead the browser to another page, also out of a fragment; other sites show theirs in no frame of ours."""
    if framed() and urlsplit(url).netloc:
        url = address_of("launch.leave", to=str(_way_out().dumps(url)))
    if not wants_fragment():
        return redirect(url, 303)
    response = make_response("")
    response.headers["HX-Redirect"] = iri_to_uri(url)
    return response


def leads_to(signed: str) -> str | None:
    """The other site’s address that somebody is led to out of a frame, if this program has said so."""
    try:
        return str(_way_out().loads(signed))
    except BadSignature:
        return None


def _way_out() -> URLSafeSerializer:
    return URLSafeSerializer(settings().signing_keys(), salt="way out")


def to_sign_in() -> BaseResponse:
    """Whoever is not signed in comes back here afterwards."""
    return at_the_host(_present_address()) or go(address_of("session.sign_in_page", next=_present_address()))


def at_the_host(comes_back: str) -> BaseResponse | None:
    """To where one signs in at the application that the program is a part of; None where it is none."""
    address = request.environ.get(HOST_SIGN_IN)
    return go(f"{address}{'&' if '?' in address else '?'}{urlencode({'next': comes_back})}") if address else None


def _present_address() -> str:
    """What was asked for, where it is a page; else the page on which it was asked."""
    if request.method == "GET" or _can_be_got():
        return present()
    if wants_fragment():
        return "/" + (htmx.current_url or "").partition("://")[2].partition("/")[2]
    return address_of("services.index")


def _can_be_got() -> bool:
    try:
        current_app.create_url_adapter(request).match(method="GET")  # type: ignore[union-attr]
    except HTTPException:
        return False
    return True


def local(url: str) -> str | None:
    """The address, if it leads to a page of this site and nowhere else."""
    unprintable = any(ord(char) < 33 for char in url)
    if unprintable or "\\" in url or not url.startswith("/") or url.startswith("//"):
        return None
    return url
