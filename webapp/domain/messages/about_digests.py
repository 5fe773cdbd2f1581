"""What could wait, told together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from .kinds import MOST_NAMED


@dataclass(frozen=True, slots=True)
class Digest:
    kind: ClassVar = "digest"
    account_id: int
    on: date
    last: int
    """The key of the last message that is in it."""
    parts: Sequence[tuple[str, Mapping[str, Any]]]
    """The kind and the facts of each, in the order in which they came."""

    @property
    def key(self) -> str:
        return f"{self.kind} {self.account_id} {self.last}"

    @property
    def facts(self) -> Mapping[str, Any]:
        parts = [{"kind": kind, "facts": dict(facts)} for kind, facts in self.parts[:MOST_NAMED]]
        return {"on": self.on.isoformat(), "parts": parts, "count": len(self.parts)}
