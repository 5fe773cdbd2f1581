"""Whether what a panel has signed opens something, or ends it.

What a panel signs are the claims of a JSON Web Token (RFC 7519). They are good for a minute: whoever reads one later,
in a log or over somebody's shoulder, opens nothing with it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from .actors import Scope
from .launches import (
    BEYOND,
    EARLY,
    ELSEWHERE,
    EXPIRED,
    FOREIGN,
    INCOMPLETE,
    LASTING,
    LASTS,
    LED_ASTRAY,
    NOT_THIS_WAY,
    UNREADABLE,
    Farewell,
    Launch,
    Route,
)
from .panels import Panel, Way
from .refusals import Refused
from .themes import SCHEMES

NEXTCLOUD_LASTS = timedelta(hours=1)
AHEAD = timedelta(seconds=30)
"""How far the panel’s clock may be ahead."""
LONGEST_ID, LONGEST_RETURN, LONGEST_STAFF = 200, 500, 40
"""Characters."""


def judged(claims: Mapping[str, Any], panel: Panel, *, way: Way, audience: str, now: datetime) -> Launch:
    """What claims that the panel has signed open. Raises Refused."""
    opened = _opened(claims, panel, way, audience, now)
    origin, route = _text(claims, "origin", LONGEST_ID), _choice(claims, "route")
    if origin not in panel.origins:
        raise Refused(FOREIGN())
    own_id = _text(claims, "jti", LONGEST_ID)
    return replace(opened, id=own_id, origin=origin, route=Route.parse(route) if route else None)


def judged_assertion(claims: Mapping[str, Any], panel: Panel, *, audience: str, now: datetime) -> Launch:
    """Whose pages the panel’s own server asks for. Raises Refused.

    It is good as often as it is sent, since it never leaves that server: what goes through browsers is none.
    """
    if _choice(claims, "way") != Way.PROXY:
        raise Refused(NOT_THIS_WAY())
    opened = _opened(claims, panel, Way.PROXY, audience, now)
    return replace(opened, id=_choice(claims, "sid"), origin=panel.origins[0])


def _opened(claims: Mapping[str, Any], panel: Panel, way: Way, audience: str, now: datetime) -> Launch:
    """What all ways have in common. Raises Refused."""
    if way not in panel.ways:
        raise Refused(NOT_THIS_WAY())
    expires_at = _in_force(claims, now, LASTS)
    if audience not in _audiences(claims):
        raise Refused(ELSEWHERE())
    language, staff = _choice(claims, "locale"), _staff(claims)
    opened = Launch(
        panel=panel,
        id="",
        expires_at=expires_at,
        handle=_text(claims, "sub", LONGEST_ID),
        way=way,
        return_to=_return_to(claims, panel),
        language=language if language in panel.languages or not panel.languages else "",
        scheme=scheme if (scheme := _choice(claims, "theme")) in SCHEMES else "",
        scopes=_scopes(claims, panel),
    )
    return opened.by_staff(staff) if staff else opened


def judged_farewell(claims: Mapping[str, Any], panel: Panel, *, audience: str, now: datetime) -> Farewell:
    """Whose sessions end by claims that the panel has signed. Raises Refused."""
    expires_at = _in_force(claims, now, LASTS)
    if audience not in _audiences(claims):
        raise Refused(ELSEWHERE())
    return Farewell(panel, _text(claims, "jti", LONGEST_ID), expires_at, _text(claims, "sub", LONGEST_ID))


def judged_nextcloud(claims: Mapping[str, Any], panel: Panel, token_id: str, now: datetime) -> Launch:
    """What the token opens that Nextcloud puts into the addresses of external sites. Raises Refused.

    It names neither portal nor page: it is good for its hour, once, where the panel is said to be a Nextcloud.
    """
    user = claims.get("userdata")
    if not isinstance(user, Mapping):
        raise Refused(INCOMPLETE())
    return Launch(panel, token_id, _in_force(claims, now, NEXTCLOUD_LASTS), _text(user, "uid", LONGEST_ID))


def _in_force(claims: Mapping[str, Any], now: datetime, lasts: timedelta) -> datetime:
    """Until when. Raises Refused."""
    sent_at, expires_at = _moment(claims, "iat"), _moment(claims, "exp")
    if now >= expires_at:
        raise Refused(EXPIRED())
    if sent_at > now + AHEAD:
        raise Refused(EARLY())
    if expires_at - sent_at > lasts:
        raise Refused(LASTING())
    return expires_at


def _audiences(claims: Mapping[str, Any]) -> list[Any]:
    """RFC 7519, 4.1.3: one, or a list; an address is the same with a slash at its end or without."""
    told = claims.get("aud")
    several = told if isinstance(told, list) else [told]
    return [each.rstrip("/") if isinstance(each, str) else each for each in several]


def _return_to(claims: Mapping[str, Any], panel: Panel) -> str:
    asked = _choice(claims, "return_url")
    if not asked:
        return panel.home
    if len(asked) > LONGEST_RETURN or not panel.may_return_to(asked):
        raise Refused(LED_ASTRAY())
    return asked


def _scopes(claims: Mapping[str, Any], panel: Panel) -> frozenset[Scope]:
    """Words with blanks between them (RFC 8693, 4.2); all that the panel may where it names none."""
    asked = frozenset(_choice(claims, "scope").split()) or panel.scopes
    if not asked <= panel.scopes:
        raise Refused(BEYOND())
    return frozenset({Scope.READ, *map(Scope, asked)})


def _staff(claims: Mapping[str, Any]) -> str:
    """RFC 8693, 4.1: who acts in the customer’s place, by what the panel calls them."""
    if "act" not in claims:
        return ""
    actor = claims["act"]
    if not isinstance(actor, Mapping):
        raise Refused(INCOMPLETE())
    return _text(actor, "sub", LONGEST_STAFF)


def _moment(claims: Mapping[str, Any], name: str) -> datetime:
    """RFC 7519, 2: seconds since 1970."""
    told = claims.get(name)
    if isinstance(told, bool) or not isinstance(told, int | float):
        raise Refused(INCOMPLETE())
    try:
        return datetime.fromtimestamp(told, UTC)
    except (OverflowError, ValueError, OSError) as error:
        raise Refused(INCOMPLETE()) from error


def _text(claims: Mapping[str, Any], name: str, longest: int) -> str:
    told = claims.get(name)
    if not isinstance(told, str) or not 0 < len(told) <= longest or not told.isprintable():
        raise Refused(INCOMPLETE())
    return told


def _choice(claims: Mapping[str, Any], name: str) -> str:
    """What may be left out."""
    told = claims.get(name, "")
    if not isinstance(told, str):
        raise Refused(UNREADABLE())
    return told
