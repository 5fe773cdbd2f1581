"""The part of a batch that is done while its owner waits for the answer."""

from ..operations.batches.pace import AT_ONCE, carry_on
from ..operations.desk import Desk
from ..wiring import now, rules


def desk_of(account_id: int) -> Desk:
    """As that account, now."""
    return Desk(account_id, now(), rules())


def work_at_once(batch_id: int) -> None:
    """What takes longer goes on without the reader."""
    carry_on(batch_id, desk_of, seconds=AT_ONCE)
