"""What is told to the world outside: written down with the change, told after its commit.

A message is begun before its handler is called, so that whoever is killed meanwhile leaves one that is told again,
under the same key, after a pause. Those of an account are told in the order in which they came.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Select, Table, insert, select, update
from sqlalchemy.orm import Session, aliased

from ..domain.messages import PAUSES, Message, MessageState
from ..extensions import db
from ..models import Outbox
from .desk import Desk
from .transaction import writing

LOG = logging.getLogger(__name__)
TOGETHER = 50
LONGEST_REASON = 200
TABLE = cast(Table, Outbox.__table__)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message, as its handler gets it."""

    key: str
    """Stable, however often it is told."""
    account_id: int
    facts: Mapping[str, Any]
    kind: str
    at: datetime
    """When it is told, by the business day."""


class NotTold(Exception):
    """It could not be told now, and will be tried again; the text is for operators."""


class NeverTold(Exception):
    """It cannot be told, however often it is tried; the text is for operators."""


Handler = Callable[[Delivery], None]
"""Tells one message; raises NotTold or NeverTold. What else it raises is a fault, and the message is tried again."""


def put(session: Session, message: Message, account_id: int, desk: Desk) -> None:
    """To be told after the commit. Raises IntegrityError where it is there already."""
    put_all(session, [(message, account_id)], desk)


def put_all(session: Session, messages: Iterable[tuple[Message, int]], desk: Desk) -> None:
    """The same for several, each with the key of the account that is told it."""
    times = {"created_at": desk.now, "due_at": desk.system_now}
    rows = [
        {"key": message.key, "kind": message.kind, "facts": dict(message.facts), "account_id": account_id, **times}
        for message, account_id in messages
    ]
    if rows:
        session.execute(insert(TABLE), rows)


def deliver(handlers: Mapping[str, Handler], desk: Desk) -> bool:
    """Hand what is due to the handler of its kind; True where there may be more."""
    rows = db.session.execute(_next(handlers, desk)).all()
    db.session.rollback()
    for row in rows:
        if _begun(row.id, row.tries, desk):
            _end(row.id, _outcome(handlers[row.kind], row, desk), desk)
    return bool(rows)


def _next(handlers: Mapping[str, Handler], desk: Desk) -> Select[Any]:
    """The first one of each account, as far as it is due."""
    earlier = aliased(Outbox)
    before = (earlier.account_id == Outbox.account_id, earlier.id < Outbox.id, earlier.state == MessageState.WAITING)
    columns = (Outbox.id, Outbox.key, Outbox.kind, Outbox.account_id, Outbox.facts, Outbox.tries)
    due = (Outbox.state == MessageState.WAITING, Outbox.due_at <= desk.system_now, Outbox.kind.in_(handlers))
    query = select(*columns).where(*due, ~select(earlier.id).where(*before).exists())
    return query.order_by(Outbox.due_at, Outbox.id).limit(TOGETHER)


def _begun(key: int, tries: int, desk: Desk) -> bool:
    """Whether it is ours to tell; after a pause it is anyone's again."""
    due_at = desk.system_now + PAUSES[min(tries, len(PAUSES) - 1)]
    mine = (Outbox.id == key, Outbox.tries == tries, Outbox.state == MessageState.WAITING)
    with writing() as session:
        begun = session.execute(update(Outbox).where(*mine).values(tries=tries + 1, due_at=due_at))
        return cast(CursorResult[Any], begun).rowcount == 1


def _outcome(handler: Handler, row: Any, desk: Desk) -> Exception | None:
    """Why it was not told, if so."""
    try:
        handler(Delivery(row.key, row.account_id, row.facts, row.kind, desk.now))
    except (NotTold, NeverTold) as reason:
        return reason
    except Exception as fault:
        LOG.exception("Message %s", row.key)
        return fault
    return None


def _end(key: int, failure: Exception | None, desk: Desk) -> None:
    with writing() as session:
        row = session.get_one(Outbox, key, with_for_update={"key_share": True})
        if failure is None:
            row.state, row.reason, row.ended_at = MessageState.DONE, "", desk.system_now
            return
        row.reason = f"{type(failure).__name__}: {failure}"[:LONGEST_REASON]
        if isinstance(failure, NeverTold) or row.tries > len(PAUSES):
            row.state, row.ended_at = MessageState.FAILED, desk.system_now
