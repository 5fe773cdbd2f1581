"""What someone saw before confirming: a confirmation binds to exactly that and to nothing else.

A preview is told by named facts (``facts.py``). The form carries their fingerprint, which is compared with that of a
preview made anew under the lock, and the facts themselves, which are only ever used to say what was different.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from .facts import Fact, Facts, Unreadable, read, written


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact of the preview that is another one by now; None where it is missing, or not known any more."""

    name: str
    old: Fact | None
    new: Fact | None


class ShownOtherwise(Exception):
    """What would happen is no longer what this person saw."""

    def __init__(self, differences: tuple[Difference, ...]) -> None:
        super().__init__()
        self.differences = differences


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a form carries of the preview it was drawn with."""

    version: int
    """Of the service; 0 where the form says nothing usable."""
    fingerprint: str
    shown: str

    @classmethod
    def of(cls, version: int, facts: Facts) -> Self:
        """As the form carries it that is drawn with these facts."""
        return cls(version, fingerprint(facts), written(facts))

    def require(self, facts: Facts) -> None:
        """Raises ShownOtherwise unless exactly these facts were shown."""
        if self.fingerprint != fingerprint(facts):
            raise ShownOtherwise(differences(self._seen(), facts))

    def _seen(self) -> Facts:
        """What was shown, if the form tells it truly; the browser may send anything."""
        try:
            seen = read(self.shown)
        except Unreadable:
            return {}
        return seen if fingerprint(seen) == self.fingerprint else {}


def fingerprint(facts: Facts) -> str:
    return sha256(written(facts).encode()).hexdigest()


def differences(old: Facts, new: Facts) -> tuple[Difference, ...]:
    names = dict.fromkeys([*new, *old])
    return tuple(Difference(name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name))
