"""What an account wants to be told beside what it has to be."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain.contacts import WISHED, WISHES, Wish, word
from ..domain.topics import OPTIONAL, Topic
from ..models import Account, FurtherAddress, Notifications
from .desk import Desk
from .transaction import writing


@dataclass(frozen=True, slots=True)
class Wishes:
    topics: Collection[Topic]
    as_contact: Collection[Wish]
    days: Collection[int]
    """Before the end of a term."""


def wanted_by(session: Session, account_id: int) -> frozenset[Topic]:
    """Of the topics that can be switched off, those that are on."""
    off = set(unwanted(session, [account_id]).get(account_id, ()))
    if session.get_one(Account, account_id).balance_alert_minor is None:
        off.add(Topic.BALANCE)
    if not wished_by(session, [account_id])[account_id]:
        off.add(Topic.CONTACT)
    if not own_days(session, account_id):
        off.add(Topic.OWN_DAYS)
    return OPTIONAL - off


def unwanted(session: Session, account_ids: Collection[int]) -> Mapping[int, frozenset[Topic]]:
    """What those of these accounts have switched off that have."""
    if not account_ids:
        return {}
    rows = session.execute(select(Notifications).where(Notifications.account_id.in_(account_ids))).scalars()
    return {row.account_id: frozenset(map(Topic.of, row.off)) & OPTIONAL for row in rows}


def wished_by(session: Session, account_ids: Collection[int]) -> Mapping[int, frozenset[Wish]]:
    """What each of these accounts wants to be told as a contact of services that others pay for."""
    query = select(Notifications.account_id, Notifications.as_contact)
    chosen = dict.fromkeys(account_ids, WISHED)
    for row in session.execute(query.where(Notifications.account_id.in_(account_ids))):
        if row.as_contact is not None:
            chosen[row.account_id] = frozenset(WISHES[each] for each in row.as_contact)
    return chosen


def shared(session: Session, account_ids: Collection[int]) -> Mapping[int, Sequence[FurtherAddress]]:
    """The further addresses of these accounts whose readers have agreed."""
    agreed: dict[int, list[FurtherAddress]] = defaultdict(list)
    if account_ids:
        where = (FurtherAddress.account_id.in_(account_ids), FurtherAddress.confirmed_at.is_not(None))
        for row in session.scalars(select(FurtherAddress).where(*where).order_by(FurtherAddress.id)):
            agreed[row.account_id].append(row)
    return agreed


def own_days(session: Session, account_id: int) -> Sequence[int]:
    """Before the end of a term, on which it wants to be reminded."""
    return session.scalar(select(Notifications.days).where(Notifications.account_id == account_id)) or ()


def want(account_id: int, wishes: Wishes, desk: Desk) -> None:
    """These and no others; when a balance is low is chosen elsewhere."""
    with writing() as session:
        row = _row(session, account_id)
        row.off = sorted({Topic.PAID} - set(wishes.topics))
        row.as_contact = sorted(map(word, wishes.as_contact))
        row.days = list(wishes.days)
        if not wishes.days:
            row.reminded_on = None
        elif row.reminded_on is None:
            portal = session.get_one(Account, account_id).portal
            row.reminded_on = desk.today_at(portal) - timedelta(days=1)


def switch_off(account_id: int, topic: Topic) -> None:
    """It is not told any more."""
    with writing() as session:
        row = _row(session, account_id)
        if topic is Topic.BALANCE:
            session.get_one(Account, account_id).balance_alert_minor = None
        elif topic is Topic.CONTACT:
            row.as_contact = []
        elif topic is Topic.OWN_DAYS:
            row.days, row.reminded_on = [], None
        elif topic in OPTIONAL:
            row.off = sorted({*row.off, topic.value})


def _row(session: Session, account_id: int) -> Notifications:
    """Under lock, with the account: two who choose at once do it one after the other."""
    session.get_one(Account, account_id, with_for_update={"key_share": True}, populate_existing=True)
    row = session.get(Notifications, account_id, populate_existing=True)
    if row is None:
        row = Notifications(account_id=account_id, off=[], days=[])
        session.add(row)
    return row
