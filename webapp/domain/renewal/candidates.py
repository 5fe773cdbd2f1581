"""What each day of the month would come to, side by side, if services were aligned to it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from ..billing.quote import Item
from ..money import Money
from ..periods import Period
from ..service.case import Case
from ..service.catalogue import RenewalDay
from .align import DAYS, Movable, Target, movable, move
from .year import Subscription, Year, years

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is paid in the coming year."""

    years: Sequence[Year]
    """In each currency; what most services are paid in comes first."""

    @property
    def days(self) -> int:
        """On how many something is paid."""
        return len({day for year in self.years for day in year.days})


@dataclass(frozen=True, slots=True)
class Candidate:
    """One day of the month, for all services whose day can be moved."""

    day: int
    moved: int
    """How many of them would renew on another day than now; the others stay as they are."""
    added_days: int
    """Of all of them together."""
    cost: Sequence[Money]
    """Due now, tax included, in each currency."""
    then: Outlook


@dataclass(frozen=True, slots=True)
class Comparison:
    count: int
    """How many services have a day that can be moved."""
    now: Outlook
    """As things stand."""
    candidates: Sequence[Candidate]
    cheapest: int | None
    """The day that costs least of those on which not all of them renew already."""
    usual: int | None
    """The day on which most of them renew already."""
    only_first: int = 0
    """How many can renew on the 1st of the month only."""

    @property
    def moving(self) -> list[Candidate]:
        """The days that move anything."""
        return [each for each in self.candidates if each.moved]

    def on(self, day: int) -> Candidate:
        return self.candidates[day - DAYS.start]


@dataclass(frozen=True, slots=True)
class Alike:
    """Services that differ in nothing that matters here."""

    one: Movable
    paying: Subscription
    minor: int
    """What a term of all of them together costs, tax included."""
    count: int


def proposed(compared: Comparison, usual: int | None) -> int:
    """The day of most others where that moves anything, else the one that costs least."""
    moving = {each.day for each in compared.moving}
    return usual if usual in moving else compared.cheapest or DAYS.start


def offered_days(compared: Comparison, looked_at: int) -> list[int]:
    """What can be chosen: the days that move anything, and the one that is looked at all the same."""
    return sorted({each.day for each in compared.moving} | {looked_at})


def compare(cases: Iterable[Case], at_least: Period) -> Comparison:
    """Every day of the month, for those of the services whose day can be moved."""
    groups = _grouped(cases)
    if not groups:
        return Comparison(0, Outlook(()), (), None, None)
    today = groups[0].one.case.today
    currencies = _most_first(groups, lambda each: each.paying.currency)
    candidates = [_candidate(groups, Target(day, at_least), currencies, today) for day in DAYS]
    usual = _most_first(groups, lambda each: each.paying.anchor_day)
    return Comparison(
        count=sum(each.count for each in groups),
        now=Outlook(years(_summed(groups), today, currencies)),
        candidates=candidates,
        cheapest=_cheapest(candidates),
        usual=usual[0],
        only_first=sum(each.count for each in groups if _only_the_first(each)),
    )


def _only_the_first(alike: Alike) -> bool:
    return alike.one.case.service.product.family.renewal_day is RenewalDay.FIRST


def _grouped(cases: Iterable[Case]) -> list[Alike]:
    alike: dict[Hashable, list[Movable]] = defaultdict(list)
    for case in cases:
        moved = movable(case)
        if isinstance(moved, Movable):
            service, family = case.service, case.service.product.family
            alike[moved.end, moved.anchor_day, moved.period, service.price, family.code, id(case.rules)].append(moved)
    return [_alike(several) for several in alike.values()]


def _alike(several: Sequence[Movable]) -> Alike:
    one, price = several[0], several[0].case.service.price
    paying = Subscription(one.end, one.anchor_day, one.period, price.currency)
    return Alike(one, paying, one.case.rules.gross(price).minor * len(several), len(several))


def _candidate(groups: Sequence[Alike], target: Target, currencies: Sequence[str], today: date) -> Candidate:
    moved = added_days = 0
    cost = dict.fromkeys(currencies, 0)
    paying: dict[Subscription, int] = defaultdict(int)
    for each in groups:
        after = each.paying
        item = move(each.one, target)
        if isinstance(item, Item):
            moved += each.count
            added_days += (item.end - item.start).days * each.count
            cost[item.net.currency] += item.gross.minor * each.count
            after = after._replace(end=item.end, anchor_day=target.day)
        paying[after] += each.minor
    costs = [Money(minor, currency) for currency, minor in cost.items()]
    return Candidate(target.day, moved, added_days, costs, Outlook(years(paying, today, currencies)))


def _summed(groups: Sequence[Alike]) -> dict[Subscription, int]:
    """As things stand: groups that differ in price may be paid alike."""
    paying: dict[Subscription, int] = defaultdict(int)
    for each in groups:
        paying[each.paying] += each.minor
    return paying


def _cheapest(candidates: Sequence[Candidate]) -> int | None:
    moving = [each for each in candidates if each.moved]
    return min(moving, key=lambda each: [amount.minor for amount in each.cost]).day if moving else None


def _most_first(groups: Sequence[Alike], of: Callable[[Alike], T]) -> list[T]:
    """What the services have, beginning with what most of them have."""
    counted: Counter[T] = Counter()
    for each in groups:
        counted[of(each)] += each.count
    return [value for value, _count in counted.most_common()]
