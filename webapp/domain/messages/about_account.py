"""What was declared, and what concerns the safety of an account."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
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


@dataclass(frozen=True, slots=True)
class PasswordChanged:
    """An account has another password than before."""

    kind: ClassVar = "password-changed"
    account_id: int
    number: int
    """How many passwords it has had."""

    @property
    def key(self) -> str:
        return f"{self.kind} {self.account_id} {self.number}"

    @property
    def facts(self) -> Mapping[str, str]:
        return {}


@dataclass(frozen=True, slots=True)
class SignedInAnew:
    """Somebody signed in at a browser that the account has never signed in at."""

    kind: ClassVar = "signed-in-anew"
    sign_in: str
    """Its key."""
    agent: str
    """What the browser calls itself."""
    at: datetime

    @property
    def key(self) -> str:
        return f"{self.kind} {self.sign_in}"

    @property
    def facts(self) -> Mapping[str, str]:
        return {"agent": self.agent, "at": self.at.isoformat()}
