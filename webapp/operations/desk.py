"""Where a request arrives: who acts, when, and under which rules."""

from dataclasses import dataclass
from datetime import date, datetime

from ..domain.actors import Actor, Person
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


class Busy(Exception):
    """The database cannot be used just now: somebody else holds what is needed, or it is full, cut off or gone."""


class SignedOut(Exception):
    """The session ended while this was being done."""
