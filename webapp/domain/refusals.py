"""Why something is not done, in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Facts = Mapping[str, date]
_KNOWN: dict[str, "Reason"] = {}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason: ``message`` is a sentence to translate, ``facts`` fill its placeholders."""

    code: str
    message: str
    facts: Facts = field(default_factory=dict)

    def stored(self) -> Mapping[str, str]:
        """The facts as they are kept beside the code."""
        return {name: fact.isoformat() for name, fact in self.facts.items()}


@dataclass(frozen=True, slots=True)
class Reason:
    """What a refusal may say. Codes are stored: they are never used again for something else."""

    code: str
    message: str
    heading: str = ""
    """The same of several services."""

    def __post_init__(self) -> None:
        if self.code in _KNOWN:
            raise ValueError(f"two reasons go by the code {self.code}")
        _KNOWN[self.code] = self

    def __call__(self, **facts: date | None) -> Refusal:
        return Refusal(self.code, self.message, {name: fact for name, fact in facts.items() if fact})

    def of(self, services: int) -> str:
        """What it says of so many at once, none of whose own days can be named."""
        alone = services == 1 and "%(" not in self.message
        return self.message if alone or not self.heading else self.heading

    @classmethod
    def named(cls, code: str) -> "Reason | None":
        """The reason of that code, if it is one."""
        return _KNOWN.get(code)

    @classmethod
    def stored(cls, code: str, facts: Mapping[str, str]) -> Refusal | None:
        """The refusal that was stored with these facts, if it is one."""
        reason = cls.named(code)
        return reason(**{name: date.fromisoformat(fact) for name, fact in facts.items()}) if reason else None


class Refused(Exception):
    """An operation was asked for something that the rules do not allow."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal
