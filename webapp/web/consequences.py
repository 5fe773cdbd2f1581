"""What ending a service leads to, wherever somebody is about to end it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from ..domain.money import Money
from ..domain.renewal.cancellation import Cancellation
from ..operations.companions import KnownCompanion
from ..operations.renewal.cancel import Leaving
from ..wording.why_acts import why_ends, why_erased, why_until_then
from .reader import reader
from .subject import Subject
from .viewing import desk


@dataclass(frozen=True, slots=True)
class Consequences:
    subject: Subject
    seen: Cancellation
    unpaid_days: int
    """How long a bill may stay unpaid before the service is suspended."""
    term: Money | None
    """What each term costs until the end of a commitment; None for whoever may not see it."""
    included: Sequence[KnownCompanion]
    """What ends with it."""
    why_ends: Sequence[str]
    why_until_then: Sequence[str]
    why_erased: Sequence[str]

    @classmethod
    def of(cls, asked: Leaving, subject: Subject) -> Self | None:
        """None where there is no term that could end."""
        case, seen = asked.held.case, asked.seen
        if seen is None:
            return None
        return cls(
            subject=subject,
            seen=seen,
            unpaid_days=desk().rules.lifecycle.suspended_after_days,
            term=case.rules.gross(case.service.price) if subject.sees_money else None,
            included=asked.included,
            why_ends=why_ends(seen, case.service, reader()),
            why_until_then=why_until_then(seen, case, reader()) if subject.sees_money else (),
            why_erased=why_erased(case.service, reader()) if seen.erased_on else (),
        )
