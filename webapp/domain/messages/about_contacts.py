"""What contacts of services are told who do not pay for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from .about_services import AboutServices


@dataclass(frozen=True, slots=True)
class ContactTold(AboutServices):
    """One of their contacts wants to know what their payer is told."""

    kind: ClassVar = "contact-told"
    account_id: int
    of: str
    """The kind of what the payer is told."""

    @property
    def key(self) -> str:
        first = self.services[0]
        day = f" {first.day}" if first.day else ""
        return f"{self.kind} {self.account_id} {self.of} {first.reference} {self.on}{day}"

    @property
    def facts(self) -> Mapping[str, Any]:
        return {**super(ContactTold, self).facts, "of": self.of}


class HolderTold(ContactTold):
    """The same, whether they want it or not: they hold these names."""

    kind = "holder-told"
