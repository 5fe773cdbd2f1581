"""What control panels send: who it is from, whether that is so, and the page that it opens."""

from typing import NamedTuple

from flask import current_app, request
from werkzeug.exceptions import HTTPException

from ..adapters.signatures import claims_of, issuer_of
from ..domain.launches import FOREIGN, NOWHERE, SWITCHED_OFF, UNKNOWN_PANEL, Launch, Route, judged
from ..domain.panels import Panel, Way
from ..domain.refusals import Refused
from ..wiring import panels, settings, system_now, wiring
from .addresses import ROOT, address_of


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
    panel = _panel_of(issuer_of(token))
    claims = claims_of(token, panel, wiring().adapters.panel_keys)
    launch = judged(claims, panel, way=way, audience=settings().address.rstrip("/"), now=system_now())
    if request.headers.get("Origin", launch.origin) != launch.origin:
        raise Refused(FOREIGN())
    return launch


def _panel_of(issuer: str) -> Panel:
    panel = next((each for each in panels().values() if each.issuer == issuer), None)
    if panel is None:
        raise Refused(UNKNOWN_PANEL())
    if not panel.enabled:
        raise Refused(SWITCHED_OFF())
    return panel


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
    return address
