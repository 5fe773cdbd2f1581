"""What days do to services, told a second time: slowly, one by one, and knowing nothing of the program.

Amounts are minor units; days are calendar days of one time zone; each tax is rounded half up for each line.
"""

import calendar
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

SUSPENDED_AFTER = 7
LATE = 3
"""Days between a notice that comes too late and what it names."""
RETRIES = (4, 2, 0)
REMINDERS = (30, 15, 7, 3, 1)
LAST_CALLS = (7, 1)
"""Days before a suspension for a debt, a suspension of what is renewed by hand, and a deletion."""
METHOD_EXPIRES = (30, 7, 0)


@dataclass(frozen=True)
class Wishes:
    """What an account chose to be told, beside what it is told in any case."""

    paid: bool = True
    as_contact: frozenset[str] = frozenset(("owner ahead", "owner losses", "admin losses"))
    """As which contact of what others pay for, and of what."""
    days: tuple[int, ...] = ()
    """Before the end of a term."""


@dataclass
class Payer:
    name: str
    debited: str | None
    """How the bank takes debits: "good" or "refused"; None where there is no method."""
    expires: date | None = None
    """First day on which the method cannot be debited."""
    balance: int = 0
    """Only whoever has a single service has one, so that the order of bills does not matter."""
    pays_on: frozenset[date] = frozenset()
    """Days in the evening of which everything that is owed is paid by hand."""
    renews_on: frozenset[date] = frozenset()
    """Days in the evening of which everything that is renewed by hand is, for a term of its own."""
    services: "list[Held]" = field(default_factory=list)
    seller: str = "FR-EUR"
    taken: int = 0
    """What was debited, or paid by hand."""
    method_told: date | None = None
    wishes: Wishes = Wishes()


@dataclass
class Held:
    name: str
    """Its reference."""
    automatic: bool
    months: int
    anchor: int
    end: date
    net: int
    deleted_after: int | None
    """Days between suspension and deletion; None where nothing is ever deleted."""
    grace: int | None = None
    """Days between suspension and redemption, where a name lapses into it."""
    fee: int | None = None
    """What restoring it from there costs, net; None where only support knows."""
    months_ahead: int | None = None
    """How far ahead of today it may be paid for by hand."""
    cancelled: date | None = None
    taxes: tuple[Fraction, ...] = (Fraction(20, 100),)
    state: str = "active"
    owed: int = 0
    billed: date | None = None
    term_billed: date | None = None
    """The end of the term that the unpaid bill is for."""
    given: bool = True
    """Whether that term was given with its bill; otherwise it is when that is paid."""
    announced: date | None = None
    """The end of the term of which the payer knows that another one follows."""
    suspended: date | None = None
    is_name: bool = False
    """Whether a registry gives it."""
    others: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Who has to do with it and does not pay for it: as what."""
    told: date | None = None
    named: date | None = None
    """When the payer was last told that something will be lost, and for which day."""


@dataclass
class Told:
    """All that happened, each with its day."""

    events: set[tuple[date, str, str]] = field(default_factory=set)
    """Of a service: its kind."""
    lines: list[tuple[date, str, date, date, int]] = field(default_factory=list)
    """Of invoices: service, first day of the term, first day after it, gross amount."""
    credited: list[tuple[date, str, int]] = field(default_factory=list)
    mails: set[tuple[date, str, str, str]] = field(default_factory=set)
    """Who is told, kind, and the service, where it is about one."""
    wishes: Mapping[str, Wishes] = field(default_factory=dict)
    """By the names of those who have chosen."""


def gross(its: Held, fee: int = 0) -> int:
    net = its.net + fee
    return net + sum(math.floor(net * rate + Fraction(1, 2)) for rate in its.taxes)


def months_later(day: date, months: int, anchor: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(anchor, calendar.monthrange(year, month + 1)[1]))


def live(payers: Iterable[Payer], first: date, days: int) -> Told:
    payers = list(payers)
    told = Told(wishes={payer.name: payer.wishes for payer in payers})
    for payer in payers:
        for today in (first + timedelta(days=number) for number in range(days)):
            _tell_of_method(payer, today, told)
            for service in payer.services:
                for _step in _steps(payer, service, today, told):
                    pass
                _remind_as_wished(payer, service, today, told)
            if today in payer.pays_on:
                _pay_by_hand(payer, today, told)
            if today in payer.renews_on:
                for service in payer.services:
                    _renew_by_hand(payer, service, today, told)
    return told


def _tell_of_method(payer: Payer, today: date, told: Told) -> None:
    if payer.debited is None or payer.expires is None:
        return
    due = [day for day in (payer.expires - timedelta(days=n) for n in METHOD_EXPIRES) if day <= today]
    if due and (payer.method_told is None or payer.method_told < max(due)):
        payer.method_told = today
        told.mails.add((today, payer.name, "method-expires", ""))


def _steps(payer: Payer, its: Held, today: date, told: Told) -> Iterator[None]:
    """Everything of one day, until nothing is left to do."""
    while its.state != "terminated" and _step(payer, its, today, told):
        yield


def _step(payer: Payer, its: Held, today: date, told: Told) -> bool:
    if its.state == "suspended" and _suspended_step(payer, its, today, told):
        return True
    if its.state == "active" and its.owed and _unpaid_step(payer, its, today, told):
        return True
    if its.state == "active" and not its.automatic and _manual_step(payer, its, today, told):
        return True
    if its.cancelled and its.cancelled <= today:
        its.state = "terminated"
        _happens(told, today, payer, its, "ended", "services-ended")
        return True
    goes_on = its.cancelled is None or its.end < its.cancelled
    return its.state == "active" and its.automatic and not its.owed and goes_on and _renewal(payer, its, today, told)


def _happens(told: Told, today: date, payer: Payer, its: Held, event: str, mail: str = "") -> None:
    told.events.add((today, its.name, event))
    if mail:
        told.mails.add((today, payer.name, mail, its.name))
        _tell_others(told, today, its, mail)


def _tell_others(told: Told, today: date, its: Held, mail: str) -> None:
    """As they wish, and who holds a name in any case."""
    if mail in ("bill-to-pay", "debit-refused"):
        return
    topic = "ahead" if mail == "renewals-ahead" else "losses"
    for name, roles in its.others.items():
        if "owner" in roles and its.is_name:
            told.mails.add((today, name, "holder-told", its.name))
        elif _wishes(told, name, roles, topic):
            told.mails.add((today, name, "contact-told", its.name))


def _wishes(told: Told, name: str, roles: Iterable[str], topic: str) -> bool:
    wished = told.wishes.get(name, Wishes()).as_contact
    return any(f"{role} {topic}" in wished for role in roles)


def _remind_as_wished(payer: Payer, its: Held, today: date, told: Told) -> None:
    """So many days before the end of what goes on, unless its payer is told of that today in any case."""
    if its.state != "active" or (its.cancelled and its.cancelled <= its.end):
        return
    recap = its.automatic and its.announced == its.end
    if (months_later(its.end, -1, 1) if recap and its.months > 1 else its.told) == today:
        return
    left, topic = (its.end - today).days, "ahead" if its.automatic else "losses"
    if left in payer.wishes.days:
        told.mails.add((today, payer.name, "own-renewals" if its.automatic else "own-ends", its.name))
    for name, roles in its.others.items():
        if left in told.wishes.get(name, Wishes()).days and _wishes(told, name, roles, topic):
            told.mails.add((today, name, "contact-told", its.name))


def _comes(its: Held, today: date, on: date, before: tuple[int, ...]) -> str | None:
    """What is lost on that day at the earliest is noticed before, and lost on the day that the notices name."""
    if its.told is None or its.named is None or its.named < on:
        if today < on - timedelta(days=max(before)):
            return None
        _name(its, today, on if today < on else today + timedelta(days=LATE))
        return "notice"
    left = [day for day in (its.named - timedelta(days=n) for n in before) if day > its.told]
    if any(day <= today for day in left):
        _name(its, today, its.named if today <= its.named else today + timedelta(days=LATE))
        return "notice"
    return "loss" if not left and its.named <= today else None


def _name(its: Held, today: date, day: date) -> None:
    its.told, its.named = today, day


def _suspended_step(payer: Payer, its: Held, today: date, told: Told) -> bool:
    if its.deleted_after is None or its.suspended is None:
        return False
    comes = _comes(its, today, its.suspended + timedelta(days=its.deleted_after), LAST_CALLS)
    if comes == "notice":
        _happens(told, today, payer, its, "reminded", "deletion-ahead")
        return True
    if comes is None:
        return False
    its.state = "terminated"
    if its.owed and its.term_billed and its.term_billed > today:
        told.credited.append((today, its.name, its.owed))
        its.owed, its.billed = 0, None
    _happens(told, today, payer, its, "deleted", "services-deleted")
    return True


def _unpaid_step(payer: Payer, its: Held, today: date, told: Told) -> bool:
    assert its.billed
    comes = _comes(its, today, its.billed + timedelta(days=SUSPENDED_AFTER), RETRIES)
    if comes == "notice":
        _happens(told, today, payer, its, "asked-again")
        _collect(payer, its, today, told, "services-unpaid")
    elif comes == "loss":
        _suspend(payer, its, today, told, "services-in-debt")
    return comes is not None


def _manual_step(payer: Payer, its: Held, today: date, told: Told) -> bool:
    comes = _comes(its, today, its.end, REMINDERS)
    if comes == "notice":
        _happens(told, today, payer, its, "reminded", "services-expire")
    elif comes == "loss":
        _suspend(payer, its, today, told, "services-lapsed")
    return comes is not None


def _suspend(payer: Payer, its: Held, today: date, told: Told, mail: str) -> None:
    its.state, its.suspended = "suspended", today
    if its.deleted_after is not None:
        _name(its, today, today + timedelta(days=its.deleted_after))
    _happens(told, today, payer, its, "suspended", mail)


def _renewal(payer: Payer, its: Held, today: date, told: Told) -> bool:
    month_before = months_later(its.end, -1, 1)
    if its.months > 1 and its.announced != its.end and month_before <= today:
        its.announced = its.end
        _happens(told, today, payer, its, "recapped", "renewals-ahead")
        return True
    if its.end > today:
        return False
    start, its.end = its.end, months_later(its.end, its.months, its.anchor)
    _happens(told, today, payer, its, "billed")
    if its.net:
        its.owed, its.billed, its.term_billed, its.given = gross(its), today, its.end, True
        _name(its, today, today + timedelta(days=SUSPENDED_AFTER))
        told.lines.append((today, its.name, start, its.end, its.owed))
        _collect(payer, its, today, told, "bill-to-pay")
    return True


def _collect(payer: Payer, its: Held, today: date, told: Told, otherwise: str) -> None:
    """From the balance, then by a debit; otherwise that mail asks for it."""
    spent = min(payer.balance, its.owed)
    payer.balance, its.owed = payer.balance - spent, its.owed - spent
    usable = payer.debited is not None and (payer.expires is None or today < payer.expires)
    if its.owed and usable and payer.debited == "good":
        payer.taken, its.owed = payer.taken + its.owed, 0
    if spent or not its.owed:
        _happens(told, today, payer, its, "bill-paid")
    if not its.owed:
        _settled(its)
        if payer.wishes.paid:
            told.mails.add((today, payer.name, "bill-settled", its.name))
    elif usable:
        _happens(told, today, payer, its, "not-debited", "debit-refused")
    else:
        told.mails.add((today, payer.name, otherwise, its.name))
        _tell_others(told, today, its, otherwise)


def _renew_by_hand(payer: Payer, its: Held, today: date, told: Told) -> None:
    """From the old end on, however late; what would be over by now nobody buys."""
    start, end = its.end, months_later(its.end, its.months, its.anchor)
    if its.automatic or its.owed or its.state == "terminated" or end <= today:
        return
    if its.months_ahead and end > months_later(today, its.months_ahead, today.day):
        return
    redeemed = its.suspended and its.grace is not None and its.suspended + timedelta(days=its.grace) <= today
    if redeemed and its.fee is None:
        return
    amount = gross(its, its.fee or 0 if redeemed else 0)
    if amount:
        spent = min(payer.balance, amount)
        payer.balance, payer.taken = payer.balance - spent, payer.taken + amount - spent
        told.lines.append((today, its.name, start, end, amount))
        told.mails.add((today, payer.name, "order-paid", its.name))
    its.end, its.state, its.suspended = end, "active", None
    _happens(told, today, payer, its, "renewed")


def _settled(its: Held) -> None:
    its.owed, its.billed = 0, None
    if its.state == "suspended":
        its.state, its.suspended = "active", None
    if not its.given and its.term_billed:
        its.end, its.given = its.term_billed, True


def _pay_by_hand(payer: Payer, today: date, told: Told) -> None:
    """What is owed for a term that was had is owed, whatever became of the service since."""
    owing = [its for its in payer.services if its.owed and (its.given or its.state != "terminated")]
    told.mails |= {(today, payer.name, "order-paid", its.name) for its in owing}
    total = sum(its.owed for its in owing)
    spent = min(payer.balance, total)
    payer.balance, payer.taken = payer.balance - spent, payer.taken + total - spent
    for its in owing:
        _settled(its)
        _happens(told, today, payer, its, "bill-paid")
