"""Tell what will be lost, suspend, delete and end; each says of how many services."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from sqlalchemy.orm import Session

from ...domain.billing.invoice import Settled
from ...domain.billing.price import Price
from ...domain.events import Deleted, Ended, Reminded, ServiceEvent, Suspended
from ...domain.lifecycle.due import loss_of
from ...domain.messages import (
    AboutServices,
    DeletionAhead,
    Mentioned,
    ServicesDeleted,
    ServicesEnded,
    ServicesExpire,
    ServicesInDebt,
    ServicesLapsed,
    most_pressing_first,
)
from ...domain.money import Money
from ...domain.periods import DaysFrom
from ...domain.purchase.bills import owing
from ...domain.service.ending import erased_on, redeemed_from, restore_fee
from ...domain.service.service import Availability, Service, Suspension, running
from ...models import Invoice, InvoiceLine
from ..change import Change, Held, record
from ..desk import Desk
from ..invoices.bills import Settling, open_minor, owed, select_unpaid, settle_lines
from ..invoices.issue import credit_note, issue
from ..orders.place import release_free
from ..outbox import put_all
from .contacts import Mention, tell_contacts

DEBT, EXPIRED = Suspension.DEBT, Suspension.EXPIRED


def by_payer(held: Iterable[Held]) -> Mapping[int, Sequence[Held]]:
    several: dict[int, list[Held]] = defaultdict(list)
    for each in held:
        several[each.row.billing_id].append(each)
    return several


def tell(session: Session, kind: type[AboutServices], held: Iterable[Held], mention: Mention, desk: Desk) -> None:
    """One message for each payer, the most pressing services first, and what their other contacts are told."""
    held = list(held)
    put_all(session, [(_message(kind, several, mention), payer) for payer, several in by_payer(held).items()], desk)
    tell_contacts(session, kind, held, mention, desk)


def _message(kind: type[AboutServices], held: Sequence[Held], mention: Mention) -> AboutServices:
    return kind(held[0].case.today, most_pressing_first(map(mention, held)))


def announce(
    session: Session, held: Sequence[Held], desk: Desk, told: Callable[[date], ServiceEvent]
) -> Mapping[int, date]:
    """Keep, with the services and in their histories, that their payers are told of a day; which, by their keys."""
    named = {each.row.id: _to_name(each, desk) for each in held}
    record(session, [_announced(each, named[each.row.id], told) for each in held], desk)
    return named


def _announced(held: Held, day: date, told: Callable[[date], ServiceEvent]) -> Change:
    return held.become(held.case.service.noticed(held.case.today, day), told(day))


def _to_name(held: Held, desk: Desk) -> date:
    loss = loss_of(held.case.service, desk.rules.lifecycle)
    if loss is None:
        raise ValueError(f"{held.case.service.reference} loses nothing")
    return loss.to_name(held.case.service, held.case.today, desk.rules.lifecycle)


def remind(session: Session, held: Sequence[Held], desk: Desk) -> int:
    named = announce(session, held, desk, partial(Reminded, deleted=False))
    tell(session, ServicesExpire, held, lambda each: mention(each, named[each.row.id]), desk)
    return len(held)


def warn(session: Session, held: Sequence[Held], desk: Desk) -> int:
    named = announce(session, held, desk, partial(Reminded, deleted=True))
    tell(session, DeletionAhead, held, lambda each: mention(each, named[each.row.id]), desk)
    return len(held)


def mention(held: Held, day: date | None) -> Mentioned:
    """With what its next term costs."""
    service, rules = held.case.service, held.case.rules
    price = Price.of(service.price, rules, service.period) if service.period else None
    amount, told = rules.gross(service.price), _kept(service)
    return Mentioned(service.reference, held.display_name, day, amount, price=price, counted=told)


def _kept(service: Service) -> DaysFrom | None:
    """From its suspension until it is deleted; None where it is not suspended, or nobody knows."""
    days = service.days_until_deletion
    return None if service.suspended_on is None or days is None else DaysFrom(service.suspended_on, days)


def suspend(session: Session, held: Sequence[Held], desk: Desk) -> int:
    """Each with the day of its deletion, where that is known: it is named then, and keeps to it."""
    days = {each.row.id: _gone(each) for each in held}
    record(session, [_suspended(each, days[each.row.id]) for each in held], desk)
    in_debt, lapsed = ([each for each in held if _reason(each) is reason] for reason in (DEBT, EXPIRED))
    tell(session, ServicesInDebt, in_debt, lambda each: _indebted(each, days[each.row.id]), desk)
    tell(session, ServicesLapsed, lapsed, lambda each: _lapsing(each, days[each.row.id]), desk)
    return len(held)


def _lapsing(held: Held, gone: date | None) -> Mentioned:
    """With what restoring it costs once its registry has taken it, as far as that is known."""
    service = _suspended(held, gone).after
    fee, day = restore_fee(service), redeemed_from(service)
    amount = held.case.rules.gross(fee) if fee else None
    return Mentioned(service.reference, held.display_name, gone, amount, day if fee else None, counted=_kept(service))


def _indebted(held: Held, gone: date | None) -> Mentioned:
    return replace(mention(held, gone), counted=_kept(_suspended(held, gone).after))


def _reason(held: Held) -> Suspension:
    return EXPIRED if held.case.service.amount_due is None else DEBT


def _gone(held: Held) -> date | None:
    days = held.case.service.days_until_deletion
    return None if days is None else held.case.today + timedelta(days=days)


def _suspended(held: Held, gone: date | None) -> Change:
    reason, today = _reason(held), held.case.today
    after = replace(held.case.service, availability=Availability.SUSPENDED, suspension=reason, suspended_on=today)
    return held.become(after.noticed(today, gone) if gone else after, Suspended(reason, gone))


def delete(session: Session, held: Sequence[Held], desk: Desk) -> int:
    """What was billed for terms that nobody had is credited; whoever pays at this moment keeps theirs."""
    paying = release_free(session, [each.row.id for each in held], desk)
    going = [each for each in held if each.row.id not in paying]
    credited = _credit(session, going, desk)
    left = owed(session, [each.row.id for each in going]) if going else {}
    changes = []
    for each in going:
        after = owing(replace(running(each.case.service), availability=Availability.TERMINATED), left.get(each.row.id))
        changes.append(each.become(after, Deleted(credited.get(each.row.id))))
    record(session, changes, desk)
    tell(session, ServicesDeleted, going, lambda each: _deleted(each, credited.get(each.row.id)), desk)
    return len(going)


def _deleted(held: Held, credited: Money | None) -> Mentioned:
    return Mentioned(held.case.service.reference, held.display_name, None, credited)


def _credit(session: Session, held: Sequence[Held], desk: Desk) -> Mapping[int, Money]:
    """What is still unpaid of terms that are not over, by the keys of the services."""
    today = {each.row.id: each.case.today for each in held}
    query = select_unpaid(Invoice, InvoiceLine, open_minor(InvoiceLine).label("open"))
    rows = session.execute(query.where(InvoiceLine.service_id.in_(today)).order_by(InvoiceLine.id)).all()
    useless = [row for row in rows if (end := row.InvoiceLine.ends_on) and end > today[row.InvoiceLine.service_id]]
    by_bill: dict[Invoice, list[tuple[InvoiceLine, int]]] = defaultdict(list)
    credited: dict[int, Money] = {}
    for row in useless:
        by_bill[row.Invoice].append((row.InvoiceLine, row.open))
        credited[row.InvoiceLine.service_id] = Money(row.open, row.Invoice.currency)
    settle_lines(session, [Settling(row.InvoiceLine.id, row.open) for row in useless], Settled.CREDITED, desk.now)
    issue(session, [credit_note(bill, lines) for bill, lines in by_bill.items()], desk)
    return credited


def end(session: Session, held: Sequence[Held], desk: Desk) -> int:
    record(session, [_ended(each) for each in held], desk)
    tell(session, ServicesEnded, held, _mention_end, desk)
    return len(held)


def _mention_end(held: Held) -> Mentioned:
    service, kept = held.case.service, held.case.service.product.family.kept_after_end_days
    told = DaysFrom(service.cancels_on, kept) if service.cancels_on and kept is not None else None
    return Mentioned(service.reference, held.display_name, _erased(held), counted=told)


def _ended(held: Held) -> Change:
    service = held.case.service
    if service.cancels_on is None:
        raise ValueError(f"{service.reference} is not cancelled")
    after = replace(running(service), availability=Availability.TERMINATED)
    return held.become(after, Ended(service.cancels_on, _erased(held)))


def _erased(held: Held) -> date | None:
    service = held.case.service
    return erased_on(service, service.cancels_on) if service.cancels_on else None
