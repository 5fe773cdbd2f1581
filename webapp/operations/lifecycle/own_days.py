"""Remind accounts on the days that they chose, beside those of their contracts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from ...domain.contacts import wants_to_be_told
from ...domain.messages import (
    AboutServices,
    ContactTold,
    Mentioned,
    Message,
    OwnEnds,
    OwnRenewals,
    RenewalsAhead,
    ServicesExpire,
    most_pressing_first,
)
from ...domain.own_days import ends, told_anyway
from ...domain.roles import Role
from ...domain.service.service import Availability, Mode
from ...domain.topics import TOPICS
from ...extensions import db
from ...models import Account, Notifications, Service
from ..case import held_by
from ..change import Held, read_cases
from ..desk import Desk
from ..notifications import wished_by
from ..outbox import put_all
from ..transaction import writing
from .losses import mention
from .recap import debited_from

OF: Mapping[Mode, type[AboutServices]] = {Mode.MANUAL: ServicesExpire, Mode.AUTOMATIC: RenewalsAhead}
"""What a contact is told it like."""


def remind_as_wished(until: date, desk: Desk) -> None:
    """Of everything that falls to be told by now."""
    query = select(Notifications.account_id, Notifications.reminded_on, Account.portal)
    query = query.join(Account, Account.id == Notifications.account_id).where(Notifications.reminded_on < until)
    rows = db.session.execute(query.order_by(Notifications.account_id)).all()
    db.session.rollback()
    for row in rows:
        today = desk.today_at(row.portal)
        if row.reminded_on < today:
            with writing() as session:
                _remind(session, row.account_id, today, desk)


def _remind(session: Session, account_id: int, today: date, desk: Desk) -> None:
    query = select(Notifications).where(Notifications.account_id == account_id).with_for_update(key_share=True)
    row = session.scalars(query.execution_options(populate_existing=True)).one()
    if row.reminded_on is None or row.reminded_on >= today:
        return
    stretches = ends(row.days, row.reminded_on, today)
    row.reminded_on = today
    messages = _messages(session, account_id, _held(session, account_id, stretches, desk), today, desk)
    put_all(session, [(message, account_id) for message in messages], desk)


def _held(
    session: Session, account_id: int, stretches: Sequence[tuple[date, date]], desk: Desk
) -> Iterable[tuple[Held, Sequence[Role]]]:
    """Services that end then, and as what the account has to do with each."""
    if not stretches:
        return
    ending = or_(*(Service.ends_on.between(*stretch) for stretch in stretches))
    goes_on = or_(Service.cancels_on.is_(None), Service.cancels_on > Service.ends_on)
    mine: list[ColumnElement[bool]] = [held_by(account_id), ending, goes_on, Service.mode.is_not(None)]
    for each in read_cases(session, desk, *mine, Service.availability == Availability.ACTIVE):
        if not told_anyway(each.case.service, each.case.today, desk.rules.lifecycle):
            yield each, [role for role in Role if role and getattr(each.row, f"{role.word}_id") == account_id]


def _messages(
    session: Session, account_id: int, held: Iterable[tuple[Held, Sequence[Role]]], today: date, desk: Desk
) -> list[Message]:
    """Of what it pays for with what that costs, and of the rest as it wants to be told of it as a contact."""
    wished = wished_by(session, [account_id])[account_id]
    paid: dict[Mode, list[Held]] = {mode: [] for mode in OF}
    others: dict[Mode, list[Held]] = {mode: [] for mode in OF}
    for each, roles in held:
        mode = each.case.service.mode
        if mode is None:
            continue
        if Role.BILLING in roles:
            paid[mode].append(each)
        elif wants_to_be_told(roles, TOPICS[OF[mode].kind], wished):
            others[mode].append(each)
    messages: list[Message] = []
    if several := paid[Mode.MANUAL]:
        messages.append(OwnEnds(today, _mentioned(several)))
    if several := paid[Mode.AUTOMATIC]:
        messages.append(OwnRenewals(today, _mentioned(several), debited_from(several)))
    for mode, several in others.items():
        if several:
            unpriced = tuple(each.unpriced() for each in _mentioned(several))
            messages.append(ContactTold(today, unpriced, account_id, OF[mode].kind))
    return messages


def _mentioned(held: Iterable[Held]) -> tuple[Mentioned, ...]:
    """Each with the day of its end."""
    return most_pressing_first(mention(each, each.case.service.ends_on) for each in held)
