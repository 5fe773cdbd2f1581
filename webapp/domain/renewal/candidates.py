"""What each day of the month would come to, side by side, if services were aligned to it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ..billing.quote import Item
from ..money import Money
from ..periods import Period
from ..service.actions import Action, refusal
from ..service.case import Case
from .align import DAYS, Target, align
from .terms import renewal_day
from .year import Paying, Year, years

T = TypeVar("T")


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
    years: Sequence[Year]
    """What is paid afterwards, in each currency."""

    @property
    def debit_days(self) -> int:
        return debit_days(self.years)


@dataclass(frozen=True, slots=True)
class Comparison:
    count: int
    """How many services have a day that can be moved."""
    before: Sequence[Year]
    """What is paid as things stand, in each currency; what most services are paid in comes first."""
    candidates: Sequence[Candidate]
    cheapest: int | None
    """The day that costs least of those on which not all of them renew already."""
    usual: int | None
    """The day on which most of them renew already."""

    @property
    def debit_days(self) -> int:
        """On how many days of the year something is paid as things stand."""
        return debit_days(self.before)

    def on(self, day: int) -> Candidate:
        return self.candidates[day - DAYS.start]


@dataclass(frozen=True, slots=True)
class Alike:
    """Services that differ in nothing that matters here."""

    case: Case
    paying: Paying
    gross: Money
    """Of a term."""
    count: int


def compare(cases: Iterable[Case], at_least: Period) -> Comparison:
    """Every day of the month, for those of the services whose day can be moved."""
    groups = _grouped(cases)
    currencies = _most_first(groups, lambda each: each.gross.currency)
    candidates = [_candidate(groups, Target(day, at_least), currencies) for day in DAYS]
    usual = _most_first(groups, lambda each: each.paying.anchor_day)
    return Comparison(
        count=sum(each.count for each in groups),
        before=_before(groups, currencies),
        candidates=candidates,
        cheapest=_cheapest(candidates),
        usual=usual[0] if usual else None,
    )


def _grouped(cases: Iterable[Case]) -> list[Alike]:
    alike: dict[Hashable, list[Case]] = defaultdict(list)
    for case in cases:
        if case.service.period and refusal(Action.ALIGN, case) is None:
            service, family = case.service, case.service.product.family
            alike[service.ends_on, service.anchor_day, service.period, service.price, family, id(case.rules)].append(
                case
            )
    return [_alike(several) for several in alike.values()]


def _alike(cases: Sequence[Case]) -> Alike:
    case, service = cases[0], cases[0].service
    if service.period is None or service.ends_on is None:
        raise ValueError(f"{service.reference} has a day that can be moved, and no term")
    anchor_day = renewal_day(service.anchor_day, service.ends_on)
    paying = Paying(service.ends_on, anchor_day, service.period, service.price.currency)
    return Alike(case, paying, case.rules.gross(service.price), len(cases))


def _candidate(groups: Sequence[Alike], target: Target, currencies: Sequence[str]) -> Candidate:
    moved = added_days = 0
    cost = dict.fromkeys(currencies, 0)
    paying: dict[Paying, int] = defaultdict(int)
    for each in groups:
        after = each.paying
        item = align(each.case, target)
        if isinstance(item, Item):
            moved += each.count
            added_days += (item.end - item.start).days * each.count
            cost[item.net.currency] += item.gross.minor * each.count
            after = after._replace(end=item.end, anchor_day=target.day)
        paying[after] += each.gross.minor * each.count
    return Candidate(
        day=target.day,
        moved=moved,
        added_days=added_days,
        cost=[Money(minor, currency) for currency, minor in cost.items()],
        years=years(paying, groups[0].case.today, currencies) if groups else (),
    )


def _before(groups: Sequence[Alike], currencies: Sequence[str]) -> tuple[Year, ...]:
    paying: dict[Paying, int] = defaultdict(int)
    for each in groups:
        paying[each.paying] += each.gross.minor * each.count
    return years(paying, groups[0].case.today, currencies) if groups else ()


def _cheapest(candidates: Sequence[Candidate]) -> int | None:
    moving = [each for each in candidates if each.moved]
    return min(moving, key=lambda each: [amount.minor for amount in each.cost]).day if moving else None


def _most_first(groups: Sequence[Alike], of: Callable[[Alike], T]) -> list[T]:
    """What the services have, beginning with what most of them have."""
    counted: Counter[T] = Counter()
    for each in groups:
        counted[of(each)] += each.count
    return [value for value, _count in counted.most_common()]


def debit_days(of: Sequence[Year]) -> int:
    """On how many days of the year something is paid."""
    return len({day for year in of for day in year.days})
