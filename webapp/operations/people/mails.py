"""What was mailed to an account, and sending some of it once more."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from ...domain.messages import AddressAsked, MessageState
from ...models import Outbox
from ..accounts import lock_account
from ..delivery import LAST_WORDS, Delivery, delivery_of, with_addresses
from ..desk import Desk
from ..transaction import writing

TOGETHER = 25
"""On one page."""


class NoSuchMail(LookupError):
    """There is none of that number, or it did not go to this account."""


@dataclass(frozen=True, slots=True)
class SentMail:
    """One message with what became of it."""

    row: Outbox
    delivery: Delivery
    """As it was told."""

    @property
    def unwanted(self) -> bool:
        """Whether it went to a further address that is none any more, or that has not agreed to any mail."""
        asks = self.row.kind == AddressAsked.kind
        return self.row.recipient != "" and (asks or not self.delivery.further)

    @property
    def may_go_again(self) -> bool:
        return self.row.state not in (MessageState.WAITING, MessageState.GATHERED) and not self.unwanted

    @property
    def why(self) -> str:
        """What was said by who did not take it; empty where it was taken."""
        return self.row.reason.partition(LAST_WORDS)[2]


@dataclass(frozen=True, slots=True)
class SentMails:
    mails: Sequence[SentMail]
    """The youngest first."""
    page: int
    pages: int


def sent_mails(session: Session, page: int, desk: Desk) -> SentMails:
    """A page of them; the nearest one where there is none of that number."""
    number = session.scalar(select(func.count()).select_from(Outbox).where(_hers(desk))) or 0
    pages = max(1, -(-number // TOGETHER))
    page = min(max(page, 1), pages)
    query = with_addresses().where(_hers(desk)).order_by(Outbox.id.desc())
    rows = session.execute(query.limit(TOGETHER).offset((page - 1) * TOGETHER)).all()
    return SentMails([_sent(row) for row in rows], page, pages)


def sent_mail(session: Session, key: int, desk: Desk) -> SentMail:
    """Raises NoSuchMail."""
    row = session.execute(with_addresses().where(Outbox.id == key, _hers(desk))).one_or_none()
    if row is None:
        raise NoSuchMail(key)
    return _sent(row)


def undelivered(session: Session, desk: Desk) -> SentMail | None:
    """The last mail to the account, where nobody took it."""
    ended = (_hers(desk), Outbox.recipient == "", Outbox.state.in_((MessageState.DONE, MessageState.FAILED)))
    query = with_addresses().where(*ended).order_by(Outbox.ended_at.desc(), Outbox.id.desc())
    row = session.execute(query.limit(1)).one_or_none()
    return _sent(row) if row and row.Outbox.state is MessageState.FAILED else None


def _sent(read: Any) -> SentMail:
    return SentMail(read.Outbox, delivery_of(read, read.Outbox.created_at))


def _hers(desk: Desk) -> ColumnElement[bool]:
    return Outbox.account_id == desk.account_id


def send_again(key: int, desk: Desk) -> bool:
    """Whether it is sent once more now. Raises NoSuchMail."""
    with writing() as session:
        lock_account(session, desk.account_id)
        sent = sent_mail(session, key, desk)
        row = sent.row
        first = row.again_of or row.id
        alike = (Outbox.id == first) | (Outbox.again_of == first)
        rows = session.scalars(select(Outbox).where(alike).order_by(Outbox.id)).all()
        if sent.unwanted:
            raise NoSuchMail(key)
        if not sent.may_go_again or any(each.state is MessageState.WAITING for each in rows):
            return False
        session.add(
            Outbox(
                key=f"again {first} {len(rows)}",
                kind=row.kind,
                account_id=row.account_id,
                facts=row.facts,
                created_at=row.created_at,
                due_at=desk.system_now,
                recipient=row.recipient,
                again_of=first,
            )
        )
        return True
