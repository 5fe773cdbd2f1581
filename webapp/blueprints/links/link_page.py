"""What the page of a link is drawn from: names, days and prices of its matter, and nothing else of its account."""

from collections.abc import Sequence
from dataclasses import dataclass

from ...domain.confirmation import Confirmed
from ...domain.money import Money
from ...domain.refusals import Refusal
from ...domain.renewal.cancellation import Cancellation
from ...operations.companions import KnownCompanion
from ...web.hypermedia import View
from ...web.subject import Subject


@dataclass(frozen=True, slots=True)
class Ending:
    """A service with everything that ending it leads to."""

    subject: Subject
    seen: Cancellation
    unpaid_days: int
    """How long a bill may stay unpaid before it is suspended."""
    term: Money | None
    """What each term costs until the end of a commitment; None for whoever may not see it."""
    included: Sequence[KnownCompanion]
    """What ends with it."""


@dataclass(frozen=True, slots=True)
class LinkPage(View):
    heading: str
    told: Sequence[tuple[str, str]] = ()
    """What it is about: each fact with what it is called."""
    settled: str = ""
    """Why nothing is to be done any more; empty where something is."""
    impossible: Refusal | None = None
    """Why it cannot be done."""
    buttons: Sequence[tuple[str, str]] = ()
    """What each does, and what stands on it; nothing else can be done."""
    pays: bool = False
    """Whether money is taken for it."""
    ending: Ending | None = None
    """What ending a service leads to."""
    receipt: str = ""
    """The code of the receipt for what was declared."""
    confirmed: Confirmed | None = None
    """What a confirmation binds to."""
    duration: str = ""
    note: str = ""
