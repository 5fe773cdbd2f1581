"""Telling what is in the outbox, after the commit that put it there.

A message is begun before its handler is called, so that whoever is killed meanwhile leaves one that is told again,
under the same key, after a pause. Where telling twice would do harm, the handler says first that it hands the message
over: then whoever is killed leaves one that was perhaps told, and nobody but an operator tells that again. Those of an
address are told in the order in which they came.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, cast

from sqlalchemy import CursorResult, Select, and_, func, select, update
from sqlalchemy.orm import Session, aliased

from ..domain.messages import PAUSES, MessageState
from ..extensions import db
from ..models import Account, FurtherAddress, Outbox
from .desk import Desk
from .transaction import writing

LOG = logging.getLogger(__name__)
TOGETHER = 50
LONGEST_REASON = 200
LAST_WORDS = ": "
"""Between what went wrong and what was said of it."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message, as its handler gets it."""

    key: str
    """Stable, however often it is told."""
    account_id: int
    address: str
    """Of mail: where it goes."""
    facts: Mapping[str, Any]
    kind: str
    at: datetime
    """When it is told, by the business day."""
    handing: Callable[[], None]
    """To be called before the step after which only an answer says whether it was told. Raises NotTold where somebody
    else has begun to tell it meanwhile.
    """
    further: int = 0
    """The key of the further address that it goes to; 0 where that is none."""
    language: str = ""
    """What is read there; empty for what the account reads."""


class NotTold(Exception):
    """It could not be told now, and will be tried again; the text is for operators."""


class NobodyListens(NotTold):
    """Neither this one nor another can be told at the moment: that is not counted as a try."""


class NeverTold(Exception):
    """It cannot be told, however often it is tried; the text is for operators."""


class PerhapsTold(Exception):
    """It was handed over, and nobody will ever know what became of it; the text is for operators."""


Handler = Callable[[Delivery], None]
"""Tells one message; raises NotTold, NobodyListens, NeverTold or PerhapsTold. What else it raises is a fault, and the
message is tried again."""


def deliver(handlers: Mapping[str, Handler], desk: Desk, most: int = TOGETHER) -> bool:
    """Hand what is due, and no more than so many, to the handler of its kind; True where there may be more."""
    rows = db.session.execute(_next(handlers, desk, min(most, TOGETHER))).all() if most > 0 else []
    db.session.rollback()
    for row in rows:
        if not _begun(row, desk):
            continue
        failure = _outcome(handlers[row.kind], row, desk)
        _end(row.id, row.tries + 1, failure, desk)
        if isinstance(failure, NobodyListens):
            return False
    return bool(rows)


def _next(handlers: Mapping[str, Handler], desk: Desk, most: int) -> Select[Any]:
    """The first one of each account, as far as it is due."""
    earlier = aliased(Outbox)
    same = (earlier.account_id == Outbox.account_id, earlier.recipient == Outbox.recipient)
    before = (*same, earlier.id < Outbox.id, earlier.state == MessageState.WAITING)
    columns = (Outbox.id, Outbox.key, Outbox.kind, Outbox.account_id, Outbox.facts, Outbox.tries, Outbox.handed_at)
    due = (Outbox.state == MessageState.WAITING, Outbox.due_at <= desk.system_now, Outbox.kind.in_(handlers))
    query = _with_address(select(*columns)).where(*due, ~select(earlier.id).where(*before).exists())
    return query.order_by(Outbox.due_at, Outbox.id).limit(most)


def _with_address(query: Select[Any]) -> Select[Any]:
    """Of messages: where each goes, and, as ``further``, which of the further addresses that is."""
    here = (FurtherAddress.account_id == Outbox.account_id, FurtherAddress.address == Outbox.recipient)
    email = func.coalesce(func.nullif(Outbox.recipient, ""), Account.email).label("email")
    query = query.add_columns(email, FurtherAddress.id.label("further"), FurtherAddress.language)
    return query.join(Account, Account.id == Outbox.account_id).outerjoin(FurtherAddress, and_(*here))


def _begun(row: Any, desk: Desk) -> bool:
    """Whether it is ours to tell; after a pause it is anyone's again."""
    due_at = desk.system_now + PAUSES[min(row.tries, len(PAUSES) - 1)]
    mine = (Outbox.id == row.id, Outbox.tries == row.tries, Outbox.state == MessageState.WAITING)
    begins = {"tries": row.tries + 1, "due_at": due_at, "address": row.email}
    with writing() as session:
        begun = session.execute(update(Outbox).where(*mine).values(begins))
        return cast(CursorResult[Any], begun).rowcount == 1


def _outcome(handler: Handler, row: Any, desk: Desk) -> Exception | None:
    """Why it was not told, if so."""
    if row.handed_at is not None:
        return PerhapsTold("whoever handed it over was ended")
    try:
        handler(_delivery(row, row, desk.now, partial(_hand, row, desk)))
    except (NotTold, NeverTold, PerhapsTold) as reason:
        return reason
    except Exception as fault:
        LOG.exception("Message %s", row.key)
        return fault
    return None


def _hand(row: Any, desk: Desk) -> None:
    """From now on nobody else tells it."""
    mine = (Outbox.id == row.id, Outbox.tries == row.tries + 1, Outbox.state == MessageState.WAITING)
    with writing() as session:
        handed = session.execute(update(Outbox).where(*mine).values(handed_at=desk.system_now))
        if cast(CursorResult[Any], handed).rowcount != 1:
            raise NotTold("somebody else tells it")


def _end(key: int, tries: int, failure: Exception | None, desk: Desk) -> None:
    """Write down what came of that try, unless somebody else has begun another one meanwhile."""
    with writing() as session:
        mine = (Outbox.id == key, Outbox.tries == tries, Outbox.state == MessageState.WAITING)
        row = session.scalar(select(Outbox).where(*mine).with_for_update(key_share=True))
        if row is None:
            return
        row.reason = f"{type(failure).__name__}{LAST_WORDS}{failure}"[:LONGEST_REASON] if failure else ""
        row.state = _state_after(failure, tries)
        if row.state is not MessageState.WAITING:
            row.ended_at = desk.system_now
            return
        row.handed_at = None
        if isinstance(failure, NobodyListens):
            row.tries -= 1


def _state_after(failure: Exception | None, tries: int) -> MessageState:
    if failure is None:
        return MessageState.DONE
    if isinstance(failure, PerhapsTold):
        return MessageState.UNSURE
    if isinstance(failure, NobodyListens) or (tries <= len(PAUSES) and not isinstance(failure, NeverTold)):
        return MessageState.WAITING
    return MessageState.FAILED


def tell_again(key: str, desk: Desk) -> None:
    """What was given up, or perhaps told, is told anew. Raises LookupError where nothing of that key was."""
    with writing() as session:
        row = _undecided(session, key)
        row.state, row.tries, row.handed_at, row.ended_at = MessageState.WAITING, 0, None, None
        row.due_at = desk.system_now


def say_told(key: str) -> None:
    """What was given up, or perhaps told, has been told in another way. Raises LookupError where nothing was."""
    with writing() as session:
        _undecided(session, key).state = MessageState.DONE


def _undecided(session: Session, key: str) -> Outbox:
    open_ones = (MessageState.FAILED, MessageState.UNSURE)
    query = select(Outbox).where(Outbox.key == key, Outbox.state.in_(open_ones))
    row = session.scalar(query.with_for_update(key_share=True))
    if row is None:
        raise LookupError(f"no message {key!r} was given up or perhaps sent")
    return row


def message_of(session: Session, key: str, desk: Desk) -> Delivery:
    """The message of that key, to be looked at. Raises LookupError."""
    read = session.execute(with_addresses().where(Outbox.key == key)).one_or_none()
    if read is None:
        raise LookupError(f"there is no message {key!r}")
    return delivery_of(read, desk.now)


def with_addresses() -> Select[Any]:
    """Messages, each with where it goes."""
    return _with_address(select(Outbox))


def delivery_of(read: Any, at: datetime) -> Delivery:
    """What ``with_addresses`` has found, to be looked at, not to be told."""
    return _delivery(read.Outbox, read, at, lambda: None)


def _delivery(row: Any, to: Any, at: datetime, handing: Callable[[], None]) -> Delivery:
    """``to`` is the address with its language."""
    address = getattr(row, "address", "") or to.email
    told = (row.key, row.account_id, address, row.facts, row.kind, at)
    return Delivery(*told, handing, to.further or 0, to.language or "")
