"""Why the days and amounts are what they are that stand before somebody who is about to decide."""

from collections.abc import Iterator, Sequence

from ..domain.billing.quote import Item
from ..domain.labels import N_, NN_
from ..domain.periods import Period, last_day
from ..domain.renewal.align import Movable, pro_rata
from ..domain.renewal.cancellation import Cancellation
from ..domain.renewal.preview import Debit
from ..domain.service.case import Case
from ..domain.service.service import Service
from ..language.speaker import Speaker
from .reckoned import reckoned, reckoned_item, shared
from .why import KEPT, paid_for

BEGINS = N_("It begins on %(day)s, where what is paid for ends, and lasts %(duration)s.")
SHORT_MONTHS = N_("Renewals fall on %(day)s; where a month is too short, on its last day.")
FALLS_ON = N_("Renewals fall on %(day)s.")
ERASED = NN_(
    "Data of services of this type is kept for %(count)s day after their end.",
    "Data of services of this type is kept for %(count)s days after their end.",
)


def why_bought(item: Item, case: Case, speaker: Speaker) -> Sequence[str]:
    """Of a term that is to be paid for, and of its price."""
    said = list(_begins(item, speaker))
    return [*said, *_falls_on(item.end.day, case.service, speaker), *reckoned_item(item, case.rules, speaker)]


def _begins(item: Item, speaker: Speaker) -> Iterator[str]:
    if item.duration:
        yield speaker.gettext(BEGINS, day=speaker.plain_day(item.start), duration=speaker.duration(item.duration))


def _falls_on(day: int, service: Service, speaker: Speaker) -> Iterator[str]:
    day = service.anchor_day or day
    yield speaker.gettext(SHORT_MONTHS if 28 < day < 31 else FALLS_ON, day=speaker.day_of_month(day))


def why_moved(item: Item, moved: Movable, at_least: Period, speaker: Speaker) -> Sequence[str]:
    """Of the days that are added so that it renews on another day of the month."""
    if item.end == item.start:
        return []
    days, whole = (item.end - item.start).days, (moved.next_end - moved.end).days
    rules, price = moved.case.rules, moved.case.service.price
    first = speaker.gettext(
        "The new day is the first that is at least %(duration)s later.", duration=speaker.duration(at_least)
    )
    return [
        *paid_for(moved.case.service, speaker),
        first,
        shared(price, days, whole, rules, speaker),
        *reckoned_item(item, rules, speaker),
    ]


def why_debited(debits: Sequence[Debit], period: Period, case: Case, speaker: Speaker, *, pays: bool) -> Sequence[str]:
    """Of the days on which terms of that length are paid for."""
    if not debits:
        return []
    service, first = case.service, debits[0]
    said = [
        *paid_for(service, speaker),
        speaker.gettext(
            "Each term lasts %(duration)s and begins where the one before ends.", duration=speaker.duration(period)
        ),
        *_falls_on(first.start.day, service, speaker),
        speaker.gettext(
            N_("Each is debited on its first day.") if pays else N_("The bill for each is made on its first day.")
        ),
    ]
    if first.on != first.start:
        said.append(speaker.gettext("The first day of the next one has passed, so that it is due today."))
    return said


def why_lapses(service: Service, speaker: Speaker) -> Sequence[str]:
    """Of the days on which it is suspended and deleted if nobody renews it."""
    days = service.days_until_deletion
    kept = [speaker.ngettext(*KEPT, days, count=speaker.number(days))] if days is not None else []
    return [*paid_for(service, speaker), speaker.gettext("It is suspended on the day after."), *kept]


def why_ends(seen: Cancellation, service: Service, speaker: Speaker) -> Sequence[str]:
    """Of the day on which it ends once it is cancelled."""
    said = list(paid_for(service, speaker))
    if seen.committed and service.committed_until:
        day = speaker.plain_day(last_day(service.committed_until))
        said.append(speaker.gettext("Its commitment lasts up to and including %(day)s.", day=day))
    return said


def why_erased(service: Service, speaker: Speaker) -> Sequence[str]:
    days = service.product.family.kept_after_end_days
    return [] if days is None else [speaker.ngettext(*ERASED, days, count=speaker.number(days))]


def why_until_then(seen: Cancellation, case: Case, speaker: Speaker) -> Sequence[str]:
    """Of what is still paid until a commitment ends."""
    service, rules = case.service, case.rules
    said: list[str] = []
    if seen.committed and service.period and (not seen.share or len(seen.debits) > 1):
        said += reckoned(service.price, rules, service.period, speaker)
    if seen.share and seen.share.of_days:
        days = (seen.share.end - seen.share.start).days
        net = pro_rata(service.price, days, seen.share.of_days)
        said += [shared(service.price, days, seen.share.of_days, rules, speaker), *reckoned(net, rules, None, speaker)]
    return said
