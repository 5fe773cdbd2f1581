"""What an event changed, in words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from ..domain.actors import PAYMENTS, Engine, Key, Operator, Person
from ..domain.events import (
    Aligned,
    AskedAgain,
    BillCredited,
    BillPaid,
    CancellationUndone,
    Cancelled,
    Columns,
    Deleted,
    Ended,
    Imported,
    InventoryChanged,
    NotDebited,
    PaymentRestored,
    PaymentReturned,
    Recapped,
    Reminded,
    RenewalConfigured,
    RenewalWay,
    Renewed,
    RenewedOnBill,
    ServiceEvent,
    Suspended,
)
from ..domain.labels import N_
from ..domain.law.contracts import ContractRules
from ..domain.periods import last_day
from ..language.speaker import Speaker
from ..models import Event
from .columns import Names, Said, amounts_said, columns_said

T = TypeVar("T")
TASKS = {PAYMENTS.task: N_("automatically, when the payment arrived")}
BY_THE_BANK = N_("automatically, as the payment provider told")
BY_ITSELF = N_("automatically")
PROVIDER = N_("the provider")


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """One thing that an event changed: what it is called, what it was if anything, what it became."""

    label: str
    old: str | None
    new: str


def who(event: Event, speaker: Speaker) -> str:
    """Who did it, as customers are told: the people on the provider's side have no names for them."""
    match event.by:
        case Person(_account, staff):
            name = event.account.name if event.account else ""
            return speaker.gettext("%(staff)s, for %(name)s", staff=staff, name=name) if staff else name
        case Engine() if isinstance(event.facts, PaymentReturned | PaymentRestored):
            return speaker.gettext(BY_THE_BANK)
        case Engine(task):
            return speaker.gettext(TASKS.get(task, BY_ITSELF))
        case Operator():
            return speaker.gettext(PROVIDER)
        case Key(name):
            return name


@dataclass(frozen=True, slots=True)
class Readers:
    """To whom an event is told."""

    rules: ContractRules
    """Their contract: whether they are told prices with tax or without."""
    currency: str
    """Of amounts whose event kept none."""
    sees_money: bool
    names: Names = field(default_factory=dict)


def changes(event: Event, speaker: Speaker, readers: Readers) -> list[ChangeWords]:
    """What it was about; amounts only for those who may see them."""
    nothing = speaker.gettext("nothing")
    said = _said_of(event.facts, speaker, readers)
    return [ChangeWords(speaker.gettext(label), old, new or nothing) for label, old, new in said if old != new]


def _said_of(facts: ServiceEvent, speaker: Speaker, readers: Readers) -> Iterator[Said]:
    match facts:
        case RenewalConfigured():
            return _configured(facts, speaker, readers)
        case Imported(columns):
            return _columns({}, columns, speaker, readers, columns.get("currency"))
        case Cancelled(day=day):
            return iter([(N_("Ends on"), None, speaker.day(day))])
        case CancellationUndone(day):
            return iter([(N_("Ends on"), speaker.day(day), None)])
        case InventoryChanged(old, new, kept):
            return _columns(old, new, speaker, readers, kept)
        case Renewed():
            return _renewed(facts, speaker, readers)
        case RenewedOnBill():
            return _billed(facts, speaker, readers)
        case Ended() | Recapped() | Reminded() | AskedAgain() | NotDebited() | Suspended() | Deleted():
            return ((label, None, new) for label, new in _lost(facts, speaker, readers) if new is not None)
        case Aligned():
            return _aligned(facts, speaker, readers)
        case _:
            return _of_a_bill(facts, speaker, sees_money=readers.sees_money)


def _lost(
    facts: Ended | Recapped | Reminded | AskedAgain | NotDebited | Suspended | Deleted,
    speaker: Speaker,
    readers: Readers,
) -> Iterator[tuple[str, str | None]]:
    match facts:
        case Ended(day, erased_on):
            yield N_("Ended on"), speaker.day(day)
            yield N_("Data erased on"), _said(speaker.day, erased_on)
        case Recapped(day):
            yield N_("To be renewed on"), speaker.day(day)
        case Reminded(day, deleted):
            yield (N_("To be deleted on") if deleted else N_("To be suspended on")), speaker.day(day)
        case AskedAgain(day):
            yield N_("To be suspended on"), speaker.day(day)
        case NotDebited(bill, amount, failure, day):
            yield N_("Bill"), bill
            yield N_("Amount, tax included"), speaker.money(amount) if readers.sees_money else None
            yield N_("Reason"), speaker.gettext(failure.label) if failure else None
            yield N_("To be suspended on"), _said(speaker.day, day)
        case Suspended(reason, deleted_on):
            yield N_("Reason"), speaker.gettext(reason.label)
            yield N_("To be deleted on"), _said(speaker.day, deleted_on)
        case Deleted(credited) if readers.sees_money:
            yield N_("Credited, tax included"), _said(speaker.money, credited)


def _configured(facts: RenewalConfigured, speaker: Speaker, readers: Readers) -> Iterator[Said]:
    old, new = facts.old, facts.new
    yield N_("Renewal mode"), way(old, speaker), way(new, speaker)
    if new.period is None:
        yield N_("Expires on"), None, _said(speaker.day, facts.day)
        yield N_("Debits"), None, speaker.gettext("nothing will be debited")
        return
    if old.period is None:
        yield N_("Due on"), None, _said(speaker.day, facts.day)
    if facts.agreements:
        yield N_("Agreement accepted"), None, speaker.listed(map(speaker.gettext, facts.agreements))
    if readers.sees_money:
        if readers.rules.shows_net_prices or new.gross is None:
            yield N_("Price without tax"), _said(speaker.money, old.net), _said(speaker.money, new.net)
        yield N_("Price, tax included"), _said(speaker.money, old.gross), _said(speaker.money, new.gross)


def way(how: RenewalWay, speaker: Speaker) -> str:
    if how.period is None:
        return speaker.gettext(how.mode.label)
    return speaker.gettext("Automatic, %(often)s", often=speaker.period_label(how.period))


def _renewed(facts: Renewed, speaker: Speaker, readers: Readers) -> Iterator[Said]:
    yield _paid_until(facts.start, facts.end, speaker)
    yield N_("Code of the order"), None, facts.order
    if readers.sees_money and facts.order:
        yield from _prices(facts, speaker, readers)


def _billed(facts: RenewedOnBill, speaker: Speaker, readers: Readers) -> Iterator[Said]:
    until, (before, after) = N_("Runs until (included)"), (last_day(day) for day in (facts.start, facts.end))
    yield until, speaker.day(before), speaker.day(after)
    yield N_("Bill"), None, facts.bill
    if readers.sees_money and facts.bill:
        yield from _prices(facts, speaker, readers)


def _paid_until(before: date, after: date, speaker: Speaker) -> Said:
    return N_("Paid until (included)"), speaker.day(last_day(before)), speaker.day(last_day(after))


def _aligned(facts: Aligned, speaker: Speaker, readers: Readers) -> Iterator[Said]:
    yield N_("Renews on"), speaker.day_of_month(facts.old_day), speaker.day_of_month(facts.day)
    yield _paid_until(facts.start, facts.end, speaker)
    yield N_("Code of the order"), None, facts.order
    if readers.sees_money and facts.order:
        yield from _prices(facts, speaker, readers)


def _prices(facts: Renewed | RenewedOnBill | Aligned, speaker: Speaker, readers: Readers) -> Iterator[Said]:
    if readers.rules.shows_net_prices:
        yield N_("Price without tax"), None, speaker.money(facts.net)
    yield N_("Price, tax included"), None, speaker.money(facts.gross)


def _of_a_bill(
    facts: BillPaid | BillCredited | PaymentReturned | PaymentRestored, speaker: Speaker, *, sees_money: bool
) -> Iterator[Said]:
    if isinstance(facts, BillPaid) and facts.term:
        yield _paid_until(*facts.term, speaker)
    if isinstance(facts, PaymentReturned):
        yield N_("Reason"), None, speaker.gettext(facts.reason.label) if facts.reason else None
        yield N_("Asked for again by"), None, facts.bill
    else:
        yield N_("Bill"), None, facts.bill
    yield N_("Code of the payment"), None, facts.order
    yield N_("Amount, tax included"), None, speaker.money(facts.amount) if sees_money else None


def _said(say: Callable[[T], str], value: T | None) -> str | None:
    return None if value is None else say(value)


def _columns(old: Columns, new: Columns, speaker: Speaker, readers: Readers, currency: str | None) -> Iterator[Said]:
    yield from columns_said(old, new, speaker, readers.names)
    if readers.sees_money:
        yield from amounts_said(old, new, speaker, currency or readers.currency)
