"""The outside world behind Protocols; only create_app() picks the concrete ones."""

from dataclasses import dataclass, field

from .clock import Clock, SystemClock


@dataclass(frozen=True, slots=True)
class Adapters:
    clock: Clock = field(default_factory=SystemClock)
