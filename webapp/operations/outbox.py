"""What is told to the world outside: written down with the change, told after its commit (``delivery.py``).

Here it is decided who is told: the account, unless it does not want to be, and its further addresses.
"""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from sqlalchemy import Table, insert, or_, select
from sqlalchemy.orm import Session

from ..domain.further import SHARED
from ..domain.messages import Message, MessageState
from ..domain.pace import parted, waits
from ..domain.topics import OPTIONAL, TOPICS, Topic
from ..models import Outbox
from .desk import Desk
from .notifications import Choices, choices_of, shared

TO = " to "
"""In the key of what goes to a further address, between that of the message and that of the address."""
CHOSEN = OPTIONAL | {Topic.AHEAD, Topic.LOSSES, Topic.HOLDER}
"""Topics of which an account may choose something."""
TABLE = cast(Table, Outbox.__table__)


def put(session: Session, message: Message, account_id: int, desk: Desk, *, recipient: str = "") -> None:
    """To be told after the commit, at another address than the account’s where that is a ``recipient``.

    Raises IntegrityError where it is there already.
    """
    if recipient:
        session.execute(insert(TABLE), [_row(message, account_id, desk, recipient=recipient)])
    else:
        put_all(session, [(message, account_id)], desk)


def put_once(session: Session, message: Message, account_id: int, desk: Desk) -> None:
    """The same where it may be there already: whoever calls has a lock that keeps others from putting it meanwhile."""
    there = or_(Outbox.key == message.key, Outbox.key.startswith(f"{message.key}{TO}", autoescape=True))
    if session.scalar(select(Outbox.id).where(there).limit(1)) is None:
        put(session, message, account_id, desk)


def put_all(session: Session, messages: Iterable[tuple[Message, int]], desk: Desk) -> None:
    """The same for several, each with the key of the account that is told it: unless it does not want to be, and at
    its further addresses as well.
    """
    told = [(message, account_id, TOPICS[message.kind]) for message, account_id in messages]
    choices = choices_of(session, {account_id for _message, account_id, topic in told if topic in CHOSEN})
    further = shared(session, {account_id for _message, account_id, topic in told if topic in SHARED})
    rows: list[Mapping[str, Any]] = []
    for whole, account_id, topic in told:
        hers = choices.get(account_id, Choices())
        wanted = [each for each in further.get(account_id, ()) if SHARED.get(topic) in each.shares]
        for message in parted(whole, hers.pace):
            if topic not in hers.off:
                rows.append(_row(message, account_id, desk, gathered=waits(topic, hers.pace)))
            rows += [_row(message, account_id, desk, f"{TO}{each.id}", recipient=each.address) for each in wanted]
    if rows:
        session.execute(insert(TABLE), rows)


def _row(
    message: Message, account_id: int, desk: Desk, mark: str = "", *, recipient: str = "", gathered: bool = False
) -> Mapping[str, Any]:
    return {
        "key": f"{message.key}{mark}",
        "kind": message.kind,
        "facts": dict(message.facts),
        "account_id": account_id,
        "created_at": desk.now,
        "due_at": desk.system_now,
        "recipient": recipient,
        "state": MessageState.GATHERED if gathered else MessageState.WAITING,
    }
