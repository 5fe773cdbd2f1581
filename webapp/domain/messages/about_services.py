"""What happened, or will happen, to services."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from .kinds import Mentioned, stored


@dataclass(frozen=True, slots=True)
class AboutServices:
    """What happened or will happen to services of one payer, each with a day: of that day it is told once a day."""

    kind: ClassVar[str]
    on: date
    """The day on which it is told."""
    services: tuple[Mentioned, ...]
    """Each with the day that it is about, where that is known."""

    @property
    def key(self) -> str:
        first = self.services[0]
        return f"{self.kind} {first.reference} {self.on}" + (f" {first.day}" if first.day else "")

    @property
    def facts(self) -> Mapping[str, Any]:
        return {"on": self.on.isoformat(), "services": stored(self.services)}


class ServicesEnded(AboutServices):
    """The day came on which cancellations take effect; data is erased on the day of each."""

    kind = "services-ended"


class ServicesExpire(AboutServices):
    """What is renewed by hand is suspended on the day of each, unless it is."""

    kind = "services-expire"


@dataclass(frozen=True, slots=True)
class RenewalsAhead(AboutServices):
    """They renew by themselves on the day of each."""

    kind = "renewals-ahead"
    debited_from: str | None
    """The label of the method; None where nothing can be debited, and bills will be sent."""

    @property
    def facts(self) -> Mapping[str, Any]:
        return {**super(RenewalsAhead, self).facts, "debited_from": self.debited_from}


class OwnEnds(AboutServices):
    """What is renewed by hand ends on the day of each; told on a day that its payer chose."""

    kind = "own-ends"


class OwnRenewals(RenewalsAhead):
    """They renew by themselves on the day of each; told on a day that their payer chose."""

    kind = "own-renewals"


class ServicesUnpaid(AboutServices):
    """What is owed for them was not paid yet; they are suspended on the day of each."""

    kind = "services-unpaid"


class ServicesLapsed(AboutServices):
    """Nobody renewed them: they are suspended, and deleted on the day of each, where that is known."""

    kind = "services-lapsed"


class ServicesInDebt(AboutServices):
    """Nobody paid for them: they are suspended, and deleted on the day of each, where that is known."""

    kind = "services-in-debt"


class DeletionAhead(AboutServices):
    """They are deleted on the day of each."""

    kind = "deletion-ahead"


class ServicesDeleted(AboutServices):
    """They are deleted; the amount of each was credited."""

    kind = "services-deleted"
