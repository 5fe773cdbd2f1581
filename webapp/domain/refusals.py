"""Why something is not done, in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason: ``message`` is a sentence to translate, ``facts`` fill its placeholders."""

    code: str
    message: str
    facts: Mapping[str, Any] = field(default_factory=dict)


class Refused(Exception):
    """An operation was asked for something that the rules do not allow."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal
