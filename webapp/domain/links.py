"""What a mail leads to without a sign-in: one purpose, for what it names, for whom it was sent to, until a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any, Self

from .labels import N_
from .refusals import Reason

LASTS = timedelta(days=60)
NOT_OURS = Reason("link-not-ours", N_("This link is none of ours, or a part of it got lost on the way to you."))
LINK_OVER = Reason("link-over", N_("This link was good for some weeks, and they are over."))
MOVED_ON = Reason(
    "link-moved-on", N_("What this link was for is no longer a matter of the account that it was sent to.")
)


class LinkPurpose(StrEnum):
    RENEW = "r"
    """Order the next term of a service."""
    PAY = "p"
    """What is owed: by the names of bills, or of the services that they are for."""
    STOP = "s"
    """End a service with the term that it has."""
    METHOD = "m"
    """Leave another payment method, before the present one expires."""
    LEAVE = "l"
    """Get no more mails of a topic, or none at all at a further address."""
    JOIN = "j"
    """Agree that mails go to a further address."""
    ADDRESS = "a"
    """Confirm the new address of an account."""


OPEN_TO_FURTHER = frozenset((LinkPurpose.PAY, LinkPurpose.LEAVE, LinkPurpose.JOIN, LinkPurpose.ADDRESS))
"""What somebody may do who reads a further address of an account."""
FURTHER = "further"
"""Marks what is about a further address; its key comes after it."""


@dataclass(frozen=True, slots=True)
class MailLink:
    purpose: LinkPurpose
    account_id: int
    mark: str
    """Of the address that it was sent to: with another one, the account has other links."""
    about: tuple[str, ...]
    """References of services, names of bills, the key of a payment method or of a further address, a new address, or a
    topic.
    """
    day: date | None
    """That the matter is about: a term that ends later has been renewed already."""
    until: date
    """The last day on which it is good."""

    def stored(self) -> Sequence[Any]:
        day = self.day and self.day.toordinal()
        return [self.purpose.value, self.account_id, self.mark, *self.about, day, self.until.toordinal()]

    @classmethod
    def read(cls, stored: Sequence[Any]) -> Self:
        """Raises ValueError."""
        purpose, account_id, mark, *about, day, until = stored
        on = date.fromordinal(day) if day else None
        return cls(LinkPurpose(purpose), account_id, mark, tuple(about), on, date.fromordinal(until))


def mark_of(address: str) -> str:
    """Tells addresses of mail apart, and tells none."""
    return sha256(address.encode()).hexdigest()[:8]
