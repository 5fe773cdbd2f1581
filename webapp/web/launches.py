"""What control panels send: who it is from, whether that is so, and the page that it opens."""

import logging
import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.exceptions import HTTPException, NotFound

from ..adapters.cpanel import is_token
from ..adapters.signatures import claims_of, issuer_of
from ..domain.claims import judged, judged_assertion, judged_farewell, judged_nextcloud
from ..domain.launches import (
    FOREIGN,
    FORGED,
    KEYS_AWAY,
    LASTS,
    NOT_THIS_WAY,
    NOWHERE,
    PASSING,
    SWITCHED_OFF,
    UNKNOWN_PANEL,
    Farewell,
    Launch,
    Route,
)
from ..domain.panels import Adapter, Panel, Way, by_issuer
from ..domain.refusals import Refusal, Refused
from ..language.catalogues import LANGUAGES
from ..wiring import panels, settings, system_now, wiring
from .addresses import ROOT, address_of, page_name
from .hypermedia import page
from .pace import network
from .reader import gettext as _

LOG = logging.getLogger(__name__)


class Lead(NamedTuple):
    """A page that panels may open by a name of its own, which stays the same wherever the page lies."""

    page: str
    about: str = ""
    """What the part of its address is called that says what it is about."""


LEADS = {
    "services": Lead("services.index"),
    "service": Lead("services.show", "reference"),
    "service.configure": Lead("renewal.configure", "reference"),
    "service.renew": Lead("next_term.renew", "reference"),
    "service.anticipate": Lead("next_term.anticipate", "reference"),
    "service.align": Lead("alignment.align", "reference"),
    "service.cancel": Lead("cancellation.cancel", "reference"),
    "service.pay": Lead("invoices.pay", "reference"),
    "invoices": Lead("invoices.index"),
    "invoice": Lead("invoices.show", "code"),
    "batches": Lead("batches.index"),
    "batch": Lead("batches.show", "batch_id"),
    "orders": Lead("orders.account"),
    "order": Lead("orders.show", "code"),
    "balance": Lead("balance.index"),
    "methods": Lead("methods.index"),
    "calendar": Lead("calendar.index"),
    "notifications": Lead("notifications.show"),
}


def launched(token: str, way: Way) -> Launch:
    """What a token that a panel has signed opens. Raises Refused."""
    launch = judged(*_signed(token), way=way, **_here())
    if request.headers.get("Origin", launch.origin) != launch.origin:
        raise Refused(FOREIGN())
    return launch


def asserted(token: str) -> Launch:
    """Whose pages the server asks for that has signed it. Raises Refused."""
    return judged_assertion(*_signed(token), **_here())


def spoken(launch: Launch) -> dict[str, str]:
    """What the session learns of how its reader wants pages."""
    language = launch.language.replace("_", "-").partition("-")[0]
    wanted = {"language": language if language in LANGUAGES else "", "scheme": launch.scheme}
    return {name: value for name, value in wanted.items() if value}


def farewell(token: str) -> Farewell:
    """Whom a token that a panel has signed sees off. Raises Refused."""
    return judged_farewell(*_signed(token), **_here())


def from_nextcloud(token: str, panel: Panel) -> Launch:
    """Raises Refused."""
    if issuer_of(token) != panel.issuer:
        raise Refused(UNKNOWN_PANEL())
    claims = claims_of(token, panel, wiring().adapters.panel_keys)
    return judged_nextcloud(claims, panel, sha256(token.encode()).hexdigest(), system_now())


def from_cpanel(handle: str, token: str, panel: Panel) -> Launch:
    """What the token opens that cPanel sends when one of its links is pressed. Raises Refused."""
    if not is_token(panel, handle, token):
        raise Refused(FORGED())
    return Launch(panel, secrets.token_urlsafe(16), system_now() + LASTS, handle, return_to=panel.home)


def panel_with(adapter: Adapter, name: str) -> Panel:
    """Raises NotFound where no panel of that name signs in that way, Refused where it has no window of its own."""
    panel = panels().get(name)
    if panel is None or not panel.enabled or adapter not in panel.adapters:
        raise NotFound
    if Way.TOP not in panel.ways:
        raise Refused(NOT_THIS_WAY())
    return panel


def one_time_address(launch: Launch) -> str:
    """Opens it once: the same for the same launch, and good for as long. Raises Refused for a page that is none."""
    address_to(launch.route)
    return address_of("launch.redeem", code=str(_signer().dumps(launch.stored())), _external=True)


def coded(code: str) -> Launch:
    """What such an address opens. Raises Refused."""
    try:
        told = _signer().loads(code)
    except BadSignature as error:
        raise Refused(FORGED()) from error
    return Launch.read(told, panels(), system_now())


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(settings().signing_keys(), salt="launch")


def _signed(token: str) -> tuple[Mapping[str, Any], Panel]:
    """What it says, and by whom. Raises Refused."""
    panel = _panel_of(issuer_of(token))
    return claims_of(token, panel, wiring().adapters.panel_keys), panel


def _here() -> dict[str, Any]:
    """Whom a token has to be for, and when."""
    return {"audience": settings().address.rstrip("/"), "now": system_now()}


def _panel_of(issuer: str) -> Panel:
    panel = by_issuer(panels(), issuer)
    if panel is None:
        raise Refused(UNKNOWN_PANEL())
    if not panel.enabled:
        raise Refused(SWITCHED_OFF())
    return panel


def status_of(why: Refusal, usual: int) -> int:
    """Of the answer that says so; the log learns of it as well."""
    LOG.warning("Panel refused: %s from %s", why.code, network())
    return 503 if why == KEYS_AWAY() else usual


def refused(why: Refusal, usual: int) -> Response:
    status, title = status_of(why, usual), _("Your control panel could not open this portal")
    return page("launch/refused.html", title=title, why=why, again=why in PASSING, status=status)


def address_to(route: Route | None) -> str:
    """Of the page that it names; that of all services where none is named. Raises Refused."""
    if route is None:
        return address_of("services.index")
    lead = LEADS.get(route.page)
    if lead is None or bool(lead.about) is not bool(route.about):
        raise Refused(NOWHERE())
    try:
        address = address_of(lead.page, **({lead.about: route.about} if lead.about else {}))
        path = address.removeprefix(request.script_root)
        rule, _given = current_app.create_url_adapter(request).match(path, method="GET")  # type: ignore[union-attr]
    except (HTTPException, ValueError) as error:
        raise Refused(NOWHERE()) from error
    if rule != f"{ROOT}.{lead.page}":
        raise Refused(NOWHERE())
    return f"{address}?{route.chosen}" if route.chosen else address


def route_here() -> str:
    """What opens the page that is shown, without what is chosen on it; empty where nothing does."""
    name, lead = next(((name, lead) for name, lead in LEADS.items() if lead.page == page_name()), (None, None))
    if name is None or lead is None or request.method != "GET":
        return ""
    return str(Route(name, str((request.view_args or {}).get(lead.about, ""))))
