"""The outside world behind Protocols; only create_app() picks the concrete ones."""

from dataclasses import dataclass, field

from .clock import Clock, SystemClock
from .payments.port import PaymentProvider


@dataclass(frozen=True, slots=True)
class Adapters:
    clock: Clock = field(default_factory=SystemClock)
    payments: PaymentProvider | None = None
    """None where nothing can be paid."""
