"""What panels open for their customers, and why they do not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from .actors import EVERYTHING, Scope, read_scopes, written_scopes
from .labels import N_
from .panels import Panel, Way
from .refusals import Reason, Refused

LASTS = timedelta(minutes=1)
"""How long a launch may be good at most."""
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
        scopes = written_scopes(self.scopes)
        until = int(self.expires_at.timestamp())
        wishes = [route, self.return_to, self.language, scopes, self.staff, self.scheme]
        return [self.panel.name, self.id, until, self.handle, *wishes]

    @property
    def standing(self) -> str:
        """The name of the session that goes on from one assertion to the next, as long as they say the same."""
        said = (self.panel.issuer, self.handle, self.id, written_scopes(self.scopes), self.staff, self.return_to)
        return "\n".join(said)

    def by_staff(self, name: str) -> "Launch":
        """The same where somebody of the panel’s support comes in the customer’s place."""
        return replace(self, staff=f"{name}, {self.panel.title}", scopes=self.scopes - {Scope.PAY})

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
            scopes=read_scopes(scopes),
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
