"""Whether a panel may open the program for one of its customers, and what it opens.

What a panel signs are the claims of a JSON Web Token (RFC 7519). They are good once and for a minute: whoever reads one
later, in a log or over somebody's shoulder, opens nothing with it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from .actors import EVERYTHING, Scope
from .labels import N_
from .panels import Panel, Way
from .refusals import Reason, Refused
from .themes import SCHEMES

LASTS = timedelta(minutes=1)
"""How long a launch may be good at most."""
NEXTCLOUD_LASTS = timedelta(hours=1)
AHEAD = timedelta(seconds=30)
"""How far the panel’s clock may be ahead."""
LONGEST_ID, LONGEST_RETURN, LONGEST_STAFF = 200, 500, 40
"""Characters."""
ROUTE = re.compile(r"([a-z.]{1,40})(?:/([A-Za-z0-9][A-Za-z0-9._~-]{0,99}))?(?:\?([!\"$-~]{0,1000}))?")

UNREADABLE = Reason("launch-unreadable", N_("What your control panel sent cannot be read."))
UNKNOWN_PANEL = Reason("launch-panel", N_("No control panel of this name is known here."))
SWITCHED_OFF = Reason("launch-off", N_("Your control panel may not open this portal at present."))
UNKNOWN_KEY = Reason("launch-key", N_("Your control panel signed with a key that is not known here."))
KEYS_AWAY = Reason("launch-keys-away", N_("The keys of your control panel cannot be fetched just now."))
WRONG_ALGORITHM = Reason("launch-algorithm", N_("Your control panel signed in a way that was not agreed."))
FORGED = Reason("launch-forged", N_("The signature of your control panel is not right."))
INCOMPLETE = Reason("launch-incomplete", N_("Your control panel left out something that is needed."))
EXPIRED = Reason("launch-expired", N_("This way from your control panel was good for a minute, which is over."))
EARLY = Reason("launch-early", N_("The clock of your control panel is ahead of ours."))
LASTING = Reason("launch-lasting", N_("Your control panel signed for longer than a minute."))
ELSEWHERE = Reason("launch-audience", N_("Your control panel meant another portal than this one."))
FOREIGN = Reason("launch-origin", N_("This did not come from a page of your control panel."))
LED_ASTRAY = Reason("launch-return", N_("The way back that was asked for does not lead to your control panel."))
NOWHERE = Reason("launch-route", N_("The page that your control panel asked for does not exist here."))
BEYOND = Reason("launch-scope", N_("Your control panel asked for more than it may do here."))
NOT_THIS_WAY = Reason("launch-way", N_("Your control panel may not open this portal in this way."))
STRANGER = Reason("launch-account", N_("Your account of the control panel is not known here. Ask support to link it."))
USED = Reason("launch-used", N_("This way from your control panel has been used before."))
PASSING = (EXPIRED(), USED(), KEYS_AWAY())
"""What another try may mend."""


@dataclass(frozen=True, slots=True)
class Route:
    """A page by its name, what it is about and what is chosen on it: ``service.renew/S-1``, ``services?page=2``."""

    page: str
    about: str = ""
    chosen: str = ""

    @classmethod
    def parse(cls, text: str) -> "Route":
        """Raises Refused."""
        match = ROUTE.fullmatch(text)
        if match is None:
            raise Refused(NOWHERE())
        return cls(match[1], match[2] or "", match[3] or "")

    def __str__(self) -> str:
        return "".join((self.page, self.about and f"/{self.about}", self.chosen and f"?{self.chosen}"))


@dataclass(frozen=True, slots=True)
class Launch:
    """What a panel opens, once it has been found that it may."""

    panel: Panel
    id: str
    """No two of a panel have the same."""
    expires_at: datetime
    handle: str
    """Of the account."""
    origin: str = ""
    """Where its form comes from, if it is one."""
    way: Way = Way.TOP
    route: Route | None = None
    return_to: str = ""
    language: str = ""
    scheme: str = ""
    """``light`` or ``dark``; empty where the reader’s device says."""
    scopes: frozenset[Scope] = EVERYTHING
    staff: str = ""
    """Who of the panel’s support comes in the customer’s place, as histories name them; they never pay."""

    def stored(self) -> list[str | int]:
        """What an address that opens it says, signed by this program itself."""
        route = str(self.route or "")
        scopes = " ".join(sorted(self.scopes))
        until = int(self.expires_at.timestamp())
        wishes = [route, self.return_to, self.language, scopes, self.staff, self.scheme]
        return [self.panel.name, self.id, until, self.handle, *wishes]

    @property
    def standing(self) -> str:
        """The name of the session that goes on from one assertion to the next, as long as they say the same."""
        scopes = " ".join(sorted(self.scopes))
        return "\n".join((self.panel.issuer, self.handle, self.id, scopes, self.staff, self.return_to))

    @classmethod
    def read(cls, told: list[Any], panels: Mapping[str, Panel], now: datetime) -> "Launch":
        """Raises Refused where it is good no more."""
        name, own_id, until, handle, route, return_to, language, scopes, staff, scheme = told
        panel, expires_at = panels.get(name), datetime.fromtimestamp(until, UTC)
        if panel is None or not panel.enabled:
            raise Refused(SWITCHED_OFF())
        if now >= expires_at:
            raise Refused(EXPIRED())
        return cls(
            panel=panel,
            id=own_id,
            expires_at=expires_at,
            handle=handle,
            route=Route.parse(route) if route else None,
            return_to=return_to,
            language=language,
            scopes=frozenset(map(Scope, scopes.split())),
            staff=staff,
            scheme=scheme,
        )


@dataclass(frozen=True, slots=True)
class Farewell:
    """That a customer of a panel has left it."""

    panel: Panel
    id: str
    expires_at: datetime
    handle: str


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
    return Launch(
        panel=panel,
        id="",
        expires_at=expires_at,
        handle=_text(claims, "sub", LONGEST_ID),
        way=way,
        return_to=_return_to(claims, panel),
        language=language if language in panel.languages or not panel.languages else "",
        scheme=scheme if (scheme := _choice(claims, "theme")) in SCHEMES else "",
        scopes=_scopes(claims, panel, staff),
        staff=f"{staff}, {panel.title}" if staff else "",
    )


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


def _scopes(claims: Mapping[str, Any], panel: Panel, staff: str) -> frozenset[Scope]:
    """Words with blanks between them (RFC 8693, 4.2); all that the panel may where it names none."""
    asked = frozenset(_choice(claims, "scope").split()) or panel.scopes
    if not asked <= panel.scopes:
        raise Refused(BEYOND())
    given = {Scope.READ, *map(Scope, asked)}
    return frozenset(given - {Scope.PAY} if staff else given)


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
