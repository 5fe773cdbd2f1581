"""Why a day or an amount of a service is what it is: what it follows from and how it is reckoned, in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ..domain.billing.price import Price
from ..domain.labels import N_, NN_
from ..domain.periods import DaysFrom, after, last_day
from ..domain.service.case import Case
from ..domain.service.ending import redeemed_from, restore_fee
from ..domain.service.service import Service, Suspension
from ..domain.service.status import Status, deleted_on
from ..language.speaker import Speaker
from ..operations.listing.page import Line
from .reckoned import RESTORING, reckoned, reckoned_term

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
LASTS = N_("This term began on %(day)s and lasts %(duration)s.")
LASTS_OTHERWISE = N_("This term began on %(day)s. It is not as long as its next terms are: %(duration)s.")
UNDONE = N_("By the rules of the contract, cancellations can be undone until 24 hours before the service ends.")
ON_THE_BILL = N_("How its amount is reckoned is said on the bill.")
AGREED = N_("This was agreed for it. Cancelled before, it ends with its commitment, and every term until then is due.")
GRACE = NN_(
    "By the rules of its registry, names like this are renewed at their usual price for %(count)s day from then on.",
    "By the rules of its registry, names like this are renewed at their usual price for %(count)s days from then on.",
)
SUSPENDED = N_("It was suspended on %(day)s.")
KEPT = NN_(
    "By the rules for services of its type, what is suspended like this is kept for %(count)s day from then on.",
    "By the rules for services of its type, what is suspended like this is kept for %(count)s days from then on.",
)
UNPAID = NN_(
    "By the rules of the contract, what is not paid for is suspended %(count)s day after its bill.",
    "By the rules of the contract, what is not paid for is suspended %(count)s days after its bill.",
)
NOT_SUSPENDED = N_("A mail has named %(day)s, and nothing is suspended before that.")
PROMISED = N_("A mail has named %(day)s, and nothing is deleted before that.")


@dataclass(frozen=True, slots=True)
class Whys:
    """Why the days and amounts of a service are what they are."""

    then: Sequence[str]
    """Its next date."""
    deleted: Sequence[str]
    """The day of its deletion, where that is another one."""
    term: Sequence[str]
    price: Sequence[str]
    status: Sequence[str]
    """What stands beside its status."""
    redemption: Sequence[str]
    """What restoring its name costs, and from when."""
    committed: Sequence[str]


def whys(line: Line, started_on: date | None, speaker: Speaker) -> Whys:
    """Of a service whose present term began on that day; what it costs is told to whoever pays for it."""
    service, case, sees = line.service, line.case, line.sees_money
    then, deleted = _then(line, started_on, speaker), why_deleted(service, speaker)
    return Whys(
        then=then,
        deleted=deleted if deleted != then else (),
        term=_term(service, started_on, speaker),
        price=reckoned_term(service, case.rules, speaker) if sees and line.has_a_next_term else (),
        status=_status(line, speaker),
        redemption=_redemption(case, speaker) if sees else (),
        committed=[speaker.gettext(AGREED)] if service.committed_until else (),
    )


def _then(line: Line, started_on: date | None, speaker: Speaker) -> Sequence[str]:
    service = line.service
    match line.status:
        case Status.SUSPENDED:
            return why_deleted(service, speaker) or [speaker.gettext("No day is known on which it is deleted.")]
        case Status.CANCELLATION_SCHEDULED if service.cancels_on != service.ends_on:
            committed = service.cancels_on == service.committed_until
            return [speaker.gettext(COMMITTED if committed else N_("It is cancelled for that day."))]
        case Status.BILL_TO_PAY | Status.PAYMENT_IN_PROGRESS if service.billed_on:
            return [speaker.gettext(BILLED, day=speaker.plain_day(service.billed_on))]
        case status if status in FOLLOWS and service.ends_on:
            began = _term(service, started_on, speaker) if _is_whole(service, started_on) else []
            return [*began, *paid_for(service, speaker), speaker.gettext(FOLLOWS[status])]
        case _:
            return []


def _term(service: Service, started_on: date | None, speaker: Speaker) -> Sequence[str]:
    if started_on is None or service.period is None:
        return []
    says = LASTS if _is_whole(service, started_on) else LASTS_OTHERWISE
    return [speaker.gettext(says, day=speaker.plain_day(started_on), duration=speaker.duration(service.period))]


def _status(line: Line, speaker: Speaker) -> Sequence[str]:
    service = line.service
    if line.status is Status.CANCELLATION_SCHEDULED:
        return [speaker.gettext(UNDONE)]
    if service.suspension is Suspension.EXPIRED:
        return paid_for(service, speaker)
    if service.billed_on and line.sees_money:
        return [speaker.gettext(BILLED, day=speaker.plain_day(service.billed_on)), speaker.gettext(ON_THE_BILL)]
    return []


def _redemption(case: Case, speaker: Speaker) -> Sequence[str]:
    service = case.service
    if service.registry is None or service.suspended_on is None or redeemed_from(service) is None:
        return []
    grace, fee = service.registry.grace_days, restore_fee(service)
    told = [
        speaker.gettext(SUSPENDED, day=speaker.plain_day(service.suspended_on)),
        speaker.ngettext(*GRACE, grace, count=speaker.number(grace)),
    ]
    return [*told, *(reckoned(Price.of(fee, case.rules, None), speaker, RESTORING) if fee else ())]


def paid_for(service: Service, speaker: Speaker) -> Sequence[str]:
    return [paid_until(service.ends_on, speaker)] if service.ends_on else []


def paid_until(end: date, speaker: Speaker) -> str:
    return speaker.gettext(PAID_FOR, day=speaker.plain_day(last_day(end)))


def _is_whole(service: Service, started_on: date | None) -> bool:
    """Whether that term is as long as terms of the service are: one that was aligned, or had days added, is not."""
    if started_on is None or service.period is None or service.anchor_day is None:
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
