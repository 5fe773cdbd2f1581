"""What the page of a link is drawn from: names, days and prices of its matter, and nothing else of its account."""

from collections.abc import Sequence
from dataclasses import dataclass

from ...domain.confirmation import Confirmed
from ...domain.refusals import Refusal
from ...web.consequences import Consequences
from ...web.hypermedia import View


@dataclass(frozen=True, slots=True)
class LinkPage(View):
    heading: str
    told: Sequence[tuple[str, str]] = ()
    """What it is about: each fact with what it is called."""
    why_told: Sequence[str] = ()
    """Of the days and the amount among that."""
    settled: str = ""
    """Why nothing is to be done any more; empty where something is."""
    impossible: Refusal | None = None
    """Why it cannot be done."""
    buttons: Sequence[tuple[str, str]] = ()
    """What each does, and what stands on it; nothing else can be done."""
    pays: bool = False
    """Whether money is taken for it."""
    ending: Consequences | None = None
    """What ending a service leads to."""
    receipt: str = ""
    """The code of the receipt for what was declared."""
    confirmed: Confirmed | None = None
    """What a confirmation binds to."""
    duration: str = ""
    note: str = ""
