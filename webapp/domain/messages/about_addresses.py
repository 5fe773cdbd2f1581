"""Where mails of an account go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class AddressAsked:
    """Mails of an account are to go to an address as well, once whoever reads it agrees."""

    kind: ClassVar = "address-asked"
    further_id: int
    shares: tuple[str, ...]
    at: datetime

    @property
    def key(self) -> str:
        return f"{self.kind} {self.further_id} {self.at.isoformat(timespec='microseconds')}"

    @property
    def facts(self) -> Mapping[str, Any]:
        return {"further_id": self.further_id, "shares": self.shares}
