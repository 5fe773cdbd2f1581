"""Why the days and amounts are what they are that stand before somebody who is about to decide."""

from collections.abc import Iterator, Sequence
from datetime import date

from ..domain.billing.price import Price
from ..domain.billing.quote import Item
from ..domain.labels import N_, NN_
from ..domain.law.contracts import ContractRules
from ..domain.periods import Period, last_day
from ..domain.renewal.align import Movable, pro_rata
from ..domain.renewal.cancellation import Cancellation
from ..domain.renewal.choices import Offer, net_price
from ..domain.renewal.preview import Preview, pays
from ..domain.renewal.terms import renewal_day
from ..domain.roles import Role
from ..domain.service.case import Case
from ..domain.service.service import Service
from ..language.speaker import Speaker
from ..operations.orders.show import ShownLine, ShownOrder
from .reckoned import Named, first_of, reckoned, reckoned_term, shared
from .why import KEPT, paid_for

BEGINS = N_("The term begins on %(day)s, where what is paid for ends, and lasts %(duration)s.")
SHORT_MONTHS = N_("Renewals fall on %(day)s; where a month is too short, on its last day.")
FALLS_ON = N_("Renewals fall on %(day)s.")
EACH_BILLED = N_("The bill for each is made on its first day.")
ERASED = NN_(
    "By the rules for services of this type, their data is kept for %(count)s day after their end.",
    "By the rules for services of this type, their data is kept for %(count)s days after their end.",
)


def why_bought(item: Item, case: Case, speaker: Speaker) -> Sequence[str]:
    """Of a term that is to be paid for, and of its price."""
    said = list(_begins(item.start, item.duration, speaker))
    return [
        *said,
        falls_on(renewal_day(case.service.anchor_day, item.end), speaker),
        *_priced(item, case.rules, speaker),
    ]


def _priced(item: Item, rules: ContractRules, speaker: Speaker) -> Sequence[str]:
    price = Price(item.net, item.levies, item.duration, rules.shows_net_prices, item.restore_fee, rules.tax_note)
    return reckoned(price, speaker)


def _begins(start: date, duration: Period | None, speaker: Speaker) -> Iterator[str]:
    if duration:
        yield speaker.gettext(BEGINS, day=speaker.plain_day(start), duration=speaker.duration(duration))


def falls_on(day: int, speaker: Speaker) -> str:
    """Of the day of the month that terms are counted from."""
    return speaker.gettext(SHORT_MONTHS if 28 < day < 31 else FALLS_ON, day=speaker.day_of_month(day))


def _ordered(each: ShownLine, speaker: Speaker, *, netted: bool) -> Sequence[str]:
    """Of a line of an order: what it costs was fixed when it was made."""
    line = each.line
    price = line.price(each.currency, netted=netted)
    began = _begins(line.starts_on, line.duration, speaker) if line.starts_on else ()
    return [*began, *reckoned(price, speaker)]


def why_order(shown: ShownOrder, speaker: Speaker, *, netted: bool) -> Named:
    """Of each line of an order that buys terms; what pays bills is reckoned on the bills."""
    if shown.pays_bills:
        return []
    return first_of([(each.name, _ordered(each, speaker, netted=netted)) for each in shown.lines], speaker)


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
        *_priced(item, rules, speaker),
    ]


def why_renewing(seen: Preview, case: Case, offer: Offer, speaker: Speaker) -> Sequence[str]:
    """Of the days on which it is paid for, or ends and is deleted, and of the amount for whoever pays it."""
    period = seen.choice.period
    if period is None:
        return _lapses(case.service, speaker)
    if not seen.debits:
        return []
    price = net_price(case.service, period, offer)
    amount = reckoned(Price.of(price, case.rules, period), speaker) if Role.BILLING in case.roles else []
    return [*_debited(seen, period, case, speaker), *amount]


def _debited(seen: Preview, period: Period, case: Case, speaker: Speaker) -> Sequence[str]:
    service, first = case.service, seen.debits[0]
    debited = N_("Each is debited on its first day.") if pays(seen, case) else EACH_BILLED
    said = [
        *paid_for(service, speaker),
        speaker.gettext(
            "Each term lasts %(duration)s and begins where the one before ends.", duration=speaker.duration(period)
        ),
        falls_on(renewal_day(service.anchor_day, first.start), speaker),
        speaker.gettext(debited),
    ]
    if first.on != first.start:
        said.append(speaker.gettext("The first day of the next one has passed, so that it is due today."))
    return said


def _lapses(service: Service, speaker: Speaker) -> Sequence[str]:
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
    return [] if days is None else [erased_after(days, speaker)]


def erased_after(days: int, speaker: Speaker) -> str:
    return speaker.ngettext(*ERASED, days, count=speaker.number(days))


def why_until_then(seen: Cancellation, case: Case, speaker: Speaker) -> Sequence[str]:
    """Of what is still paid until a commitment ends."""
    service, rules = case.service, case.rules
    said: list[str] = []
    if seen.committed and service.period and (not seen.share or len(seen.debits) > 1):
        said += reckoned_term(service, rules, speaker)
    if seen.share and seen.share.of_days:
        days = (seen.share.end - seen.share.start).days
        net = pro_rata(service.price, days, seen.share.of_days)
        said += [
            shared(service.price, days, seen.share.of_days, rules, speaker),
            *reckoned(Price.of(net, rules, None), speaker),
        ]
    return said
