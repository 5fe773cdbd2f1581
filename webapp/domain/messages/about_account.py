"""What was declared, and what concerns the safety of an account."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from .kinds import Mentioned, counted


@dataclass(frozen=True, slots=True)
class ReceiptGiven:
    """Somebody declared something about their contracts, and gets proof of it."""

    kind: ClassVar = "receipt-given"
    receipt: str
    """Its code."""
    declares: str
    """The kind of the events."""
    services: tuple[Mentioned, ...]
    """The first of them, each with the day that was declared."""
    count: int
    """All of them."""

    @property
    def key(self) -> str:
        return f"{self.kind} {self.receipt}"

    @property
    def facts(self) -> Mapping[str, Any]:
        return {"receipt": self.receipt, "declares": self.declares, **counted(self.services, self.count)}
