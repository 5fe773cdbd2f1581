"""Why the day and the amount that a letter tells of a service are what they are: the sentences of the pages."""

from collections.abc import Sequence

from ..domain.messages import Mentioned
from ..domain.service.status import Status
from ..wording.reckoned import reckoned
from ..wording.why import FOLLOWS, kept_until, paid_until, paid_within
from ..wording.why_acts import erased_after
from .letter import Recipient


def renewed(each: Mentioned, to: Recipient) -> Sequence[str]:
    """Of what renews by itself on its day."""
    return _ends(each, Status.AUTOMATIC, to)


def ended(each: Mentioned, to: Recipient) -> Sequence[str]:
    """Of what is renewed by hand, and ends on its day."""
    return _ends(each, Status.EXPIRES, to)


def _ends(each: Mentioned, status: Status, to: Recipient) -> Sequence[str]:
    if each.day is None:
        return []
    return [paid_until(each.day, to.speaker), to.speaker.gettext(FOLLOWS[status]), *priced(each, to)]


def priced(each: Mentioned, to: Recipient) -> Sequence[str]:
    return reckoned(each.price, to.speaker) if each.price else []


def suspended(each: Mentioned, to: Recipient) -> Sequence[str]:
    """Of what is suspended on its day if nobody pays."""
    return paid_within(each.day, each.counted, to.speaker) if each.counted else []


def deleted(each: Mentioned, to: Recipient) -> Sequence[str]:
    """Of what is deleted on its day if nobody does anything."""
    return kept_until(each.day, each.counted, to.speaker) if each.counted else []


def erased(each: Mentioned, to: Recipient) -> Sequence[str]:
    """Of what has ended, and whose data is erased on its day."""
    return [erased_after(each.counted.days, to.speaker)] if each.counted else []
