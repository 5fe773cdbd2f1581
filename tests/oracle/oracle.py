"""What days do to services, told a second time: slowly, one by one, and knowing nothing of the program.

Amounts are minor units; days are calendar days of one time zone; tax is 20 per cent, rounded half up for each line.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

RETRIES = (3, 5, 7)
SUSPENDED_AFTER = 7
REMINDERS = (30, 15, 7, 3, 1)
LAST_CALLS = (7, 1)
METHOD_EXPIRES = (30, 7, 0)


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
    services: "list[Held]" = field(default_factory=list)
    taken: int = 0
    """What was debited, or paid by hand."""
    method_told: date | None = None


@dataclass
class Held:
    name: str
    automatic: bool
    months: int
    anchor: int
    end: date
    net: int
    deleted_after: int | None
    """Days between suspension and deletion; None where nothing is ever deleted."""
    cancelled: date | None = None
    state: str = "active"
    owed: int = 0
    billed: date | None = None
    term_billed: date | None = None
    """The end of the term that the unpaid bill is for."""
    announced: date | None = None
    """The end of the term of which the payer knows that another one follows."""
    reminded: date | None = None
    suspended: date | None = None
    called: date | None = None


@dataclass
class Told:
    """All that happened, each with its day."""

    events: set[tuple[date, str, str]] = field(default_factory=set)
    """Of a service: its kind."""
    lines: list[tuple[date, str, date, date, int]] = field(default_factory=list)
    """Of invoices: service, first day of the term, first day after it, gross amount."""
    credited: list[tuple[date, str, int]] = field(default_factory=list)
    mails: set[tuple[date, str, str, str]] = field(default_factory=set)
    """Payer, kind, and the service, where it is about one."""


def gross(net: int) -> int:
    return (net * 12 + 5) // 10


def months_later(day: date, months: int, anchor: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(anchor, calendar.monthrange(year, month + 1)[1]))


def live(payers: list[Payer], first: date, days: int) -> Told:
    told = Told()
    for payer in payers:
        for today in (first + timedelta(days=number) for number in range(days)):
            _tell_of_method(payer, today, told)
            for service in payer.services:
                for _step in _steps(payer, service, today, told):
                    pass
            if today in payer.pays_on:
                _pay_by_hand(payer, today, told)
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


def _suspended_step(payer: Payer, its: Held, today: date, told: Told) -> bool:
    if its.deleted_after is None or its.suspended is None or its.called is None:
        return False
    gone = its.suspended + timedelta(days=its.deleted_after)
    if any(its.called < gone - timedelta(days=n) <= today for n in LAST_CALLS):
        its.called = today
        _happens(told, today, payer, its, "reminded", "deletion-ahead")
        return True
    if gone > today:
        return False
    its.state = "terminated"
    if its.owed and its.term_billed and its.term_billed > today:
        told.credited.append((today, its.name, its.owed))
        its.owed, its.billed = 0, None
    _happens(told, today, payer, its, "deleted", "services-deleted")
    return True


def _unpaid_step(payer: Payer, its: Held, today: date, told: Told) -> bool:
    assert its.billed and its.called
    if any(its.called < its.billed + timedelta(days=n) <= today for n in RETRIES):
        its.called = today
        _happens(told, today, payer, its, "reminded")
        _collect(payer, its, today, told, "services-unpaid")
        return True
    if its.billed + timedelta(days=SUSPENDED_AFTER) > today:
        return False
    _suspend(payer, its, today, told, "services-in-debt")
    return True


def _manual_step(payer: Payer, its: Held, today: date, told: Told) -> bool:
    due = [day for day in (its.end - timedelta(days=n) for n in REMINDERS) if day <= today]
    if due and (its.reminded is None or its.reminded < max(due)):
        its.reminded = today
        _happens(told, today, payer, its, "reminded", "services-expire")
        return True
    if its.end > today:
        return False
    _suspend(payer, its, today, told, "services-lapsed")
    return True


def _suspend(payer: Payer, its: Held, today: date, told: Told, mail: str) -> None:
    its.state, its.suspended, its.called = "suspended", today, today
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
        its.owed, its.billed, its.called, its.term_billed = gross(its.net), today, today, its.end
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
        its.billed = None
        told.mails.add((today, payer.name, "bill-settled", its.name))
    elif usable:
        told.mails.add((today, payer.name, "debit-refused", ""))
    else:
        told.mails.add((today, payer.name, otherwise, its.name))


def _pay_by_hand(payer: Payer, today: date, told: Told) -> None:
    """What is owed for a term that was had is owed, whatever became of the service since."""
    owing = [its for its in payer.services if its.owed]
    if owing:
        told.mails.add((today, payer.name, "order-paid", ""))
    total = sum(its.owed for its in owing)
    spent = min(payer.balance, total)
    payer.balance, payer.taken = payer.balance - spent, payer.taken + total - spent
    for its in owing:
        its.owed, its.billed = 0, None
        if its.state == "suspended":
            its.state, its.suspended = "active", None
        _happens(told, today, payer, its, "bill-paid")
