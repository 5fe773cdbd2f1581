"""What became of the means by which an account pays."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class MethodExpires:
    """What renewals are debited from expires, or has expired."""

    kind: ClassVar = "method-expires"
    method_id: int
    label: str
    expires_on: date
    """First day on which it cannot be debited any more."""
    on: date
    """The day on which it is told."""

    @property
    def key(self) -> str:
        return f"{self.kind} {self.method_id} {self.on}"

    @property
    def facts(self) -> Mapping[str, Any]:
        expired = self.expires_on <= self.on
        return {"method": self.label, "expires_on": self.expires_on.isoformat(), "expired": expired} | {
            "method_id": self.method_id
        }


@dataclass(frozen=True, slots=True)
class MethodAdded:
    """A payment method was left at the provider, and can be debited."""

    kind: ClassVar = "method-added"
    setup: str
    """The code of how it was left."""
    label: str
    is_default: bool
    """Whether renewals are debited from it."""

    @property
    def key(self) -> str:
        return f"{self.kind} {self.setup}"

    @property
    def facts(self) -> Mapping[str, Any]:
        return {"method": self.label, "is_default": self.is_default}


@dataclass(frozen=True, slots=True)
class MethodRefused:
    """A bank does not confirm a payment method that was left."""

    kind: ClassVar = "method-refused"
    setup: str
    """The code of how it was left."""
    label: str

    @property
    def key(self) -> str:
        return f"{self.kind} {self.setup}"

    @property
    def facts(self) -> Mapping[str, Any]:
        return {"method": self.label}


@dataclass(frozen=True, slots=True)
class MethodRemoved:
    """Nothing is debited any more from a payment method, since its owner removed it."""

    kind: ClassVar = "method-removed"
    method_id: int
    label: str
    debited: str
    """The label of what renewals are debited from now; empty where that is nothing."""

    @property
    def key(self) -> str:
        return f"{self.kind} {self.method_id}"

    @property
    def facts(self) -> Mapping[str, Any]:
        return {"method": self.label, "debited": self.debited}
