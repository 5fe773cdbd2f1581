"""Where a request arrives: who acts, when, and under which rules."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from ..domain.actors import EVERYTHING, Actor, Person, Scope
from ..rules.loader import Rules


@dataclass(frozen=True, slots=True)
class Desk:
    """One for each request, so that all that it does happens at one moment."""

    actor: Actor
    now: datetime
    """The moment that law, terms and previews go by."""
    rules: Rules
    system_now: datetime
    """The moment that cadence, limits and signatures go by: nobody moves it."""

    def today_at(self, portal: str) -> date:
        """The day that it is for that seller."""
        return self.now.astimezone(self.rules.portals[portal].zone).date()

    @property
    def account_id(self) -> int | None:
        """Of the person who acts; None where nobody does in person."""
        return self.actor.account_id if isinstance(self.actor, Person) else None

    @property
    def scopes(self) -> Collection[Scope]:
        """What whoever acts may do."""
        return self.actor.scopes if isinstance(self.actor, Person) else EVERYTHING

    @property
    def staff(self) -> str:
        """Who acts in the person’s place; empty where they do themselves."""
        return self.actor.staff if isinstance(self.actor, Person) else ""

    def with_staff(self, name: str) -> "Desk":
        """The same, where somebody else decided in the person’s place."""
        return replace(self, actor=replace(self.actor, staff=name)) if isinstance(self.actor, Person) else self

    def require(self, *scopes: Scope) -> None:
        """Raises BeyondScope where whoever acts may not do all of that."""
        if not set(scopes) <= set(self.scopes):
            raise BeyondScope


class BeyondScope(Exception):
    """Whoever came through a control panel may not do that through it."""


class Busy(Exception):
    """The database cannot be used just now: somebody else holds what is needed, or it is full, cut off or gone."""


class SignedOut(Exception):
    """The session ended while this was being done."""
