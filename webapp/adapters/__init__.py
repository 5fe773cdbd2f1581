"""The outside world behind Protocols; only create_app() picks the concrete ones."""

from dataclasses import dataclass, field

from .clock import Clock, SystemClock
from .mail.port import Mailer
from .payments.port import PaymentProvider
from .published_keys import KeySource, PublishedKeys


@dataclass(frozen=True, slots=True)
class Adapters:
    clock: Clock = field(default_factory=SystemClock)
    """The business day: what law, terms and previews go by."""
    payments: PaymentProvider | None = None
    """None where nothing can be paid."""
    system_clock: Clock | None = None
    """What sign-ins, leases, cadence, limits and signatures go by; None where the business day is today."""
    mail: Mailer | None = None
    """None where nothing is told to anybody."""
    panel_keys: KeySource = field(default_factory=PublishedKeys)
    """Who knows what panels sign with, where they publish that."""
