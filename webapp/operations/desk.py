"""Where a request arrives: who asks, when, and under which rules."""

from dataclasses import dataclass
from datetime import datetime

from ..rules import Rules


@dataclass(frozen=True, slots=True)
class Desk:
    account_id: int | None
    """None for the provider's own systems."""
    now: datetime
    rules: Rules


class SignedOut(Exception):
    """The session ended while this was being done."""
