"""Where mails of an account go."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class AddressAsked:
    """Mails of an account are to go to an address as well, once whoever reads it agrees."""

    kind: ClassVar = "address-asked"
    further_id: int
    shares: tuple[str, ...]
    number: int
    """Of all that this account was told of."""

    @property
    def key(self) -> str:
        return f"{self.kind} {self.further_id} {self.number}"

    @property
    def facts(self) -> Mapping[str, Any]:
        return {"further_id": self.further_id, "shares": self.shares}


@dataclass(frozen=True, slots=True)
class AddressChangeAsked:
    """An account wants its mails at another address; told there."""

    kind: ClassVar = "address-change-asked"
    account_id: int
    address: str
    number: int
    """Of all that this account was told of."""

    @property
    def key(self) -> str:
        return f"{self.kind} {self.account_id} {self.number}"

    @property
    def facts(self) -> Mapping[str, Any]:
        return {"address": self.address}


@dataclass(frozen=True, slots=True)
class AddressChanged:
    """An account has its mails at another address from now on; told at the one that it had."""

    kind: ClassVar = "address-changed"
    account_id: int
    number: int
    """Of all that this account was told of."""

    @property
    def key(self) -> str:
        return f"{self.kind} {self.account_id} {self.number}"

    @property
    def facts(self) -> Mapping[str, Any]:
        return {}
