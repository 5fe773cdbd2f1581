"""Why a day or an amount of a service is what it is: what it follows from and how it is reckoned, in sentences."""

from collections.abc import Sequence
from datetime import date

from ..domain.labels import N_, NN_
from ..domain.periods import DaysFrom, after, last_day
from ..domain.service.service import Service
from ..domain.service.status import Status, deleted_on
from ..language.speaker import Speaker
from ..operations.listing.page import Line
from .reckoned import reckoned_term

PAID_FOR = N_("What is paid for ends with %(day)s.")
FOLLOWS = {
    Status.AUTOMATIC: N_("It is set to renew by itself on the day after."),
    Status.EXPIRES: N_("It is set to be renewed by hand: unless that is done, nothing follows."),
    Status.CANCELLATION_SCHEDULED: N_("It is cancelled, and ends with what is paid for."),
    Status.PAYMENT_IN_PROGRESS: N_("A payment for the next term is under way."),
}
"""What follows from how it is set."""
COMMITTED = N_("It is cancelled, and ends with its commitment.")
BILLED = N_("Its bill was made on %(day)s, and not all of it is paid.")
SUSPENDED = N_("It was suspended on %(day)s.")
KEPT = NN_(
    "What is suspended like this is kept for %(count)s day from then on.",
    "What is suspended like this is kept for %(count)s days from then on.",
)
UNPAID = NN_(
    "What is not paid for is suspended %(count)s day after its bill.",
    "What is not paid for is suspended %(count)s days after its bill.",
)
NOT_SUSPENDED = N_("A mail has named %(day)s, and nothing is suspended before that.")
PROMISED = N_("A mail has named %(day)s, and nothing is deleted before that.")


def why_then(line: Line, started_on: date | None, speaker: Speaker) -> Sequence[str]:
    """Of the next date of a service whose present term began on that day."""
    service = line.service
    match line.status:
        case Status.SUSPENDED:
            return why_deleted(service, speaker) or [speaker.gettext("No day is known on which it is deleted.")]
        case Status.CANCELLATION_SCHEDULED if service.cancels_on != service.ends_on:
            committed = service.cancels_on == service.committed_until
            return [speaker.gettext(COMMITTED if committed else N_("It is cancelled for that day."))]
        case Status.BILL_TO_PAY | Status.PAYMENT_IN_PROGRESS if service.billed_on:
            return [speaker.gettext(BILLED, day=speaker.plain_day(service.billed_on))]
        case status if status in FOLLOWS:
            return _ends(service, started_on, status, speaker)
        case _:
            return []


def _ends(service: Service, started_on: date | None, status: Status, speaker: Speaker) -> Sequence[str]:
    if service.ends_on is None:
        return []
    told = [*paid_for(service, speaker), speaker.gettext(FOLLOWS[status])]
    if started_on and _is_whole(service, started_on) and service.period:
        began = speaker.gettext(
            "This term began on %(day)s and lasts %(duration)s.",
            day=speaker.plain_day(started_on),
            duration=speaker.duration(service.period),
        )
        return [began, *told]
    return told


def paid_for(service: Service, speaker: Speaker) -> Sequence[str]:
    return [paid_until(service.ends_on, speaker)] if service.ends_on else []


def paid_until(end: date, speaker: Speaker) -> str:
    return speaker.gettext(PAID_FOR, day=speaker.plain_day(last_day(end)))


def _is_whole(service: Service, started_on: date) -> bool:
    """Whether that term is as long as terms of the service are: one that was aligned, or had days added, is not."""
    if service.period is None or service.anchor_day is None:
        return False
    return after(started_on, service.period, anchor_day=service.anchor_day) == service.ends_on


def why_deleted(service: Service, speaker: Speaker) -> Sequence[str]:
    """Of the day of its deletion, where that is known."""
    day, kept = deleted_on(service), service.days_until_deletion
    if day is None or service.suspended_on is None or kept is None:
        return []
    promised = service.promised_on == day
    return kept_until(day if promised else None, DaysFrom(service.suspended_on, kept), speaker)


def kept_until(named: date | None, kept: DaysFrom, speaker: Speaker) -> Sequence[str]:
    """Of what is suspended; a mail may have named another day than that on which they are over."""
    told = [
        speaker.gettext(SUSPENDED, day=speaker.plain_day(kept.day)),
        speaker.ngettext(*KEPT, kept.days, count=speaker.number(kept.days)),
    ]
    return [*told, *_promised(named, kept, PROMISED, speaker)]


def paid_within(named: date | None, within: DaysFrom, speaker: Speaker) -> Sequence[str]:
    """Of the day on which what is unpaid is suspended."""
    told = [
        speaker.gettext(BILLED, day=speaker.plain_day(within.day)),
        speaker.ngettext(*UNPAID, within.days, count=speaker.number(within.days)),
    ]
    return [*told, *_promised(named, within, NOT_SUSPENDED, speaker)]


def _promised(named: date | None, counted: DaysFrom, says: str, speaker: Speaker) -> Sequence[str]:
    if named is None or named == counted.end:
        return []
    return [speaker.gettext(says, day=speaker.plain_day(named))]


def why_priced(line: Line, speaker: Speaker) -> Sequence[str]:
    """Of the price of its next term, for whoever pays it."""
    told = line.sees_money and line.has_a_next_term
    return reckoned_term(line.service, line.case.rules, speaker) if told else []
