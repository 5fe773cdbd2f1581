"""What the page of a link is drawn from: names, days and prices of its matter, and nothing else of its account."""

from collections.abc import Sequence
from dataclasses import dataclass

from ...domain.confirmation import Confirmed
from ...domain.refusals import Refusal
from ...web.hypermedia import View

ORDER, PAY = "order", "pay"
"""What buttons do; whoever sends the form without one changes nothing."""


@dataclass(frozen=True, slots=True)
class LinkPage(View):
    heading: str
    told: Sequence[tuple[str, str]] = ()
    """What it is about: each fact with what it is called."""
    settled: str = ""
    """Why nothing is to be done any more; empty where something is."""
    impossible: Refusal | None = None
    """Why it cannot be done."""
    button: tuple[str, str] | None = None
    """What it does, and what stands on it."""
    confirmed: Confirmed | None = None
    """What a confirmation binds to."""
    duration: str = ""
    note: str = ""
