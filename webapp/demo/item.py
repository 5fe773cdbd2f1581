"""One service of the demo as it is told, and the row of the inventory file that follows from it.

Whatever today is, the row agrees with itself: an automatic service whose end has passed has a bill,
a manual one is suspended, and dates stay on their anchor day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from ..domain.law.contracts import rules_for
from ..domain.money import parse_money
from ..domain.periods import Period, after
from ..domain.service.service import Availability, Kind, Mode, Suspension
from ..rules.loader import Rules
from .people import PEOPLE
from .products import PRODUCTS

DEBT_TOLERATED = timedelta(days=7)
"""An unpaid automatic renewal suspends the service this long after its end."""
BILLED_AHEAD = timedelta(days=3)
ANY_MONTH = range(1, 13)


class Life(Enum):
    """Where a service is in its life, beyond what its dates say already."""

    RUNNING = auto()
    BILLED_EARLY = auto()
    CANCELLED = auto()
    BARRED = auto()
    ENDED = auto()
    ORDERED = auto()
    OPENING = auto()
    ONCE = auto()
    INCLUDED = auto()


WITHOUT_TERM = (Life.ORDERED, Life.ONCE, Life.INCLUDED)
KINDS = {Life.ONCE: Kind.ONE_OFF, Life.INCLUDED: Kind.INCLUDED}


@dataclass(frozen=True, slots=True)
class DemoItem:
    name: str
    product: str
    display: str = ""
    ends: int = 0
    """Days from today to the first day that is not paid for; the next anchor day after that, where there is one."""
    period: str = "P12M"
    life: Life = Life.RUNNING
    manual: bool = False
    anchor: int = 0
    """Day of the month, 0 for the day it ends on."""
    months: range = ANY_MONTH
    """The months that an anchored end may fall in."""
    committed: int = 0
    """How many terms beyond the present one are promised."""
    price: str = ""
    within: str = ""
    """Product of the service of the same owner that an included one comes with."""
    """Net, where this customer does not pay the price of the catalogue."""
    owner: str = ""
    admin: str = ""
    technical: str = ""
    billing: str = ""


@dataclass(frozen=True, slots=True)
class DemoTerm:
    """The paid stretch, and the last day of the commitment beyond it."""

    start: date
    end: date
    anchor: int
    committed_until: date | None


def service_row(item: DemoItem, reference: str, *, today: date, rules: Rules, parent: str = "") -> dict[str, str]:
    """The row of the services file; ``parent`` is the reference of the service it comes with."""
    term = None if item.life in WITHOUT_TERM else term_of(item, today)
    row = {
        "reference": reference,
        "name": item.name,
        "display_name": item.display,
        "product": item.product,
        "parent": parent,
        "owner": item.owner,
        "admin": item.admin,
        "technical": item.technical,
        "billing": item.billing,
        "kind": KINDS.get(item.life, Kind.RECURRING).value,
        **price(item, rules),
        **(with_term(item, term, today) if term else without_term(item)),
    }
    return row | bill(item, row, today=today, rules=rules)


def price(item: DemoItem, rules: Rules) -> dict[str, str]:
    currency = rules.portals[PEOPLE[item.owner].portal].currency
    if item.life is Life.INCLUDED:
        return {"price": "0.00", "currency": currency}
    return {"price": item.price or PRODUCTS[item.product].price(item.period, currency), "currency": currency}


def bill(item: DemoItem, row: Mapping[str, str], *, today: date, rules: Rules) -> dict[str, str]:
    """The amount of the bill with the tax of its owner's contract, where the row says that there is a bill.

    What is billed ahead is asked for in advance: the invoice with its taxes is still to come.
    """
    if "billed" not in row:
        return {}
    owner = PEOPLE[item.owner]
    contract = rules_for(rules.portals[owner.portal], owner.kind, today)
    amount = str(contract.gross(parse_money(row["price"], row["currency"])).decimal)
    told = {"bill": amount, "bill_number": f"{row['billed'][:4]}-{row['reference'].replace('-', '')}"}
    if item.life is Life.BILLED_EARLY:
        return told
    return told | {"bill_net": row["price"], "bill_tax_rate": str(sum(tax.percent for tax in contract.taxes))}


def without_term(item: DemoItem) -> dict[str, str]:
    state = Availability.CREATING if item.life is Life.ORDERED else Availability.ACTIVE
    return {"state": state.value}


def with_term(item: DemoItem, term: DemoTerm, today: date) -> dict[str, str]:
    return {
        "mode": (Mode.MANUAL if item.manual else Mode.AUTOMATIC).value,
        "period": item.period,
        "anchor": str(term.anchor),
        "start": term.start.isoformat(),
        "expiry": term.end.isoformat(),
        "commitment": term.committed_until.isoformat() if term.committed_until else "",
        **state(item, term, today),
    }


def state(item: DemoItem, term: DemoTerm, today: date) -> dict[str, str]:
    """What is technically so, and the dates that belong to it."""
    match item.life:
        case Life.ENDED:
            return {"state": Availability.TERMINATED.value}
        case Life.OPENING:
            return {"state": Availability.CREATING.value}
        case Life.BARRED:
            return suspended(Suspension.POLICY, today - timedelta(days=5))
        case Life.BILLED_EARLY:
            return {"state": Availability.ACTIVE.value, "billed": (today - BILLED_AHEAD).isoformat()}
        case Life.CANCELLED:
            end = term.committed_until or term.end
            return {"state": Availability.ACTIVE.value, "cancellation": end.isoformat()}
        case _:
            return manual_state(term, today) if item.manual else automatic_state(term, today)


def manual_state(term: DemoTerm, today: date) -> dict[str, str]:
    if term.end > today:
        return {"state": Availability.ACTIVE.value}
    return suspended(Suspension.EXPIRED, term.end)


def automatic_state(term: DemoTerm, today: date) -> dict[str, str]:
    if term.end >= today:
        return {"state": Availability.ACTIVE.value}
    billed = {"billed": term.end.isoformat()}
    if today < term.end + DEBT_TOLERATED:
        return billed | {"state": Availability.ACTIVE.value}
    return billed | suspended(Suspension.DEBT, term.end + DEBT_TOLERATED)


def suspended(why: Suspension, since: date) -> dict[str, str]:
    return {"state": Availability.SUSPENDED.value, "suspension": why.value, "suspended": since.isoformat()}


def term_of(item: DemoItem, today: date) -> DemoTerm:
    """The paid term: the one that today lies in, or the last one where its end has passed."""
    period = Period.parse(item.period)
    end = end_of(item, today)
    anchor = item.anchor or (today.day if item.life is Life.OPENING else end.day)
    starts = (after(end, period, anchor_day=anchor, times=-times) for times in range(1, 100))
    start = next(day for day in starts if day <= today)
    promised = after(end, period, anchor_day=anchor, times=item.committed) if item.committed else None
    return DemoTerm(start, end, anchor, promised)


def end_of(item: DemoItem, today: date) -> date:
    if item.life is Life.OPENING:
        return after(today, Period.parse(item.period), anchor_day=today.day)
    end = today + timedelta(days=item.ends)
    if not item.anchor:
        return end
    candidates = (after(end, Period(1), anchor_day=item.anchor, times=times) for times in range(25))
    return next(day for day in candidates if day >= end and day.month in item.months)
