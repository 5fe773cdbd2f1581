"""What someone saw before confirming: a confirmation binds to exactly that and to nothing else.

A preview is written down as named facts (amounts as minor units, days as ISO dates). The form carries their
fingerprint, which is compared with that of a preview made anew under the lock, and the facts themselves, which are
only ever used to say what was different.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Self

Facts = Mapping[str, str]
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact of the preview that is another one by now; None where it is missing, or not known any more."""

    name: str
    old: str | None
    new: str | None


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
        seen = _read(self.shown)
        return seen if fingerprint(seen) == self.fingerprint else {}


def fingerprint(facts: Facts) -> str:
    return sha256(written(facts).encode()).hexdigest()


def written(facts: Facts) -> str:
    """The facts in the one way they are written."""
    return json.dumps(dict(facts), sort_keys=True, separators=(",", ":"))


def differences(old: Facts, new: Facts) -> tuple[Difference, ...]:
    names = dict.fromkeys([*new, *old])
    return tuple(Difference(name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name))


def _read(text: str) -> Facts:
    try:
        facts: Any = json.loads(text[:LONGEST])
    except (ValueError, RecursionError):
        return {}
    if not isinstance(facts, dict):
        return {}
    return {name: value for name, value in facts.items() if isinstance(value, str)}
