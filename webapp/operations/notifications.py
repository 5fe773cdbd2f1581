"""What an account wants to be told beside what it has to be."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ..domain.contacts import WISHED, WISHES, Wish, word
from ..domain.messages import MessageState
from ..domain.pace import DIGESTS, Pace
from ..domain.topics import OPTIONAL, TOPICS, Topic
from ..models import Account, FurtherAddress, Notifications, Outbox
from .accounts import lock_account
from .desk import Desk
from .transaction import writing


@dataclass(frozen=True, slots=True)
class Wishes:
    topics: Collection[Topic]
    as_contact: Collection[Wish]
    days: Collection[int]
    """Before the end of a term."""
    pace: Pace
    language: str
    """Of its mails, and of its pages."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What decides, beside its topic, whether and when a message is told."""

    off: frozenset[Topic] = frozenset()
    pace: Pace = Pace.TOGETHER


def choices_of(session: Session, account_ids: Collection[int]) -> Mapping[int, Choices]:
    """Of each of these accounts."""
    chosen = dict.fromkeys(account_ids, Choices())
    if not chosen:
        return chosen
    query = select(Notifications.account_id, Notifications.off, Notifications.pace)
    for row in session.execute(query.where(Notifications.account_id.in_(account_ids))):
        chosen[row.account_id] = Choices(frozenset(map(Topic.of, row.off)), row.pace)
    return chosen


def wanted_by(session: Session, account_id: int) -> frozenset[Topic]:
    """Of the topics that can be switched off, those that are on."""
    choices = choices_of(session, [account_id])[account_id]
    on = {
        Topic.PAID: Topic.PAID not in choices.off,
        Topic.BALANCE: session.get_one(Account, account_id).balance_alert_minor is not None,
        Topic.OWN_DAYS: bool(own_days(session, account_id)),
        Topic.DIGEST: choices.pace in DIGESTS,
        Topic.CONTACT: bool(wished_by(session, [account_id])[account_id]),
    }
    return frozenset(topic for topic in OPTIONAL if on[topic])


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
        row, account = _row(session, account_id), session.get_one(Account, account_id)
        row.off = sorted({Topic.PAID} - set(wishes.topics))
        row.as_contact = sorted(map(word, wishes.as_contact))
        _forget(session, row)
        row.days, row.pace, account.language = list(wishes.days), wishes.pace, wishes.language
        if not wishes.days:
            row.reminded_on = None
        elif row.reminded_on is None:
            row.reminded_on = desk.today_at(account.portal) - timedelta(days=1)


def switch_off(account_id: int, topic: Topic) -> None:
    """It is not told any more; of a digest, nothing that is in one."""
    with writing() as session:
        row = _row(session, account_id)
        match topic:
            case Topic.BALANCE:
                session.get_one(Account, account_id).balance_alert_minor = None
            case Topic.OWN_DAYS:
                row.days, row.reminded_on = [], None
            case Topic.PAID:
                row.off = [Topic.PAID.value]
            case Topic.CONTACT:
                row.as_contact = []
            case Topic.DIGEST:
                row.off, row.as_contact, row.pace = [Topic.PAID.value], [], Pace.TOGETHER
        _forget(session, row)


def _forget(session: Session, row: Notifications) -> None:
    """What waits for a digest of topics that are switched off is not told any more."""
    off = {*map(Topic.of, row.off), *([Topic.CONTACT] if row.as_contact == [] else [])}
    kinds = [kind for kind, topic in TOPICS.items() if topic in off]
    waiting = (Outbox.account_id == row.account_id, Outbox.state == MessageState.GATHERED, Outbox.kind.in_(kinds))
    session.execute(delete(Outbox).where(*waiting))


def _row(session: Session, account_id: int) -> Notifications:
    """Under the lock of its account."""
    lock_account(session, account_id)
    row = session.get(Notifications, account_id, populate_existing=True)
    if row is None:
        row = Notifications(account_id=account_id, off=[], days=[], pace=Pace.TOGETHER)
        session.add(row)
    return row
