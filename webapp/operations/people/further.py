"""Further addresses of an account: named by it, used once whoever reads them agrees, and left at any time."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ...domain.further import (
    ADDRESS_KNOWN,
    ADDRESSES_MANY,
    MOST,
    NOTHING_SHARED,
    FurtherShare,
)
from ...domain.mail_address import read_mail_address
from ...domain.messages import AddressAsked, MessageState
from ...domain.refusals import Refused
from ...models import FurtherAddress, Outbox
from ..accounts import lock_account
from ..desk import Desk
from ..outbox import put
from ..transaction import writing
from .asking import next_number, require_few_asked


def further_addresses(session: Session, account_id: int) -> Sequence[FurtherAddress]:
    query = select(FurtherAddress).where(FurtherAddress.account_id == account_id)
    return session.scalars(query.order_by(FurtherAddress.id)).all()


def further_address(session: Session, account_id: int, key: int) -> FurtherAddress | None:
    return session.scalar(
        select(FurtherAddress).where(FurtherAddress.account_id == account_id, FurtherAddress.id == key)
    )


def name_address(address: str, shares: Collection[FurtherShare], language: str, desk: Desk) -> None:
    """Ask whoever reads it whether such mails may come. Raises Refused."""
    address = read_mail_address(address)
    if not shares:
        raise Refused(NOTHING_SHARED())
    with writing() as session:
        account = lock_account(session, desk.account_id)
        known = further_addresses(session, account.id)
        if address in {account.email, *(each.address for each in known)}:
            raise Refused(ADDRESS_KNOWN())
        if len(known) >= MOST:
            raise Refused(ADDRESSES_MANY())
        row = FurtherAddress(account_id=account.id, address=address, shares=sorted(shares), language=language)
        row.asked_at = desk.system_now
        session.add(row)
        session.flush()
        _ask(session, row, desk)


def ask_once_more(key: int, desk: Desk) -> bool:
    """Whoever has not agreed yet; False where there is nobody like that. Raises Refused."""
    with writing() as session:
        row = further_address(session, lock_account(session, desk.account_id).id, key)
        if row is None or row.confirmed_at:
            return False
        _ask(session, row, desk)
        return True


def _ask(session: Session, row: FurtherAddress, desk: Desk) -> None:
    require_few_asked(session, row.account_id, desk)
    row.asked_at = desk.system_now
    told = AddressAsked(row.id, tuple(row.shares), next_number(session, row.account_id))
    put(session, told, row.account_id, desk, recipient=row.address)


def agree(account_id: int, key: int, desk: Desk) -> None:
    """Whoever reads that address wants the mails; nothing where it is not asked for any more."""
    with writing() as session:
        row = further_address(session, lock_account(session, account_id).id, key)
        if row and row.confirmed_at is None:
            row.confirmed_at = desk.system_now


def remove_address(account_id: int, key: int) -> None:
    """Nothing goes there any more, not even what waits to be sent."""
    with writing() as session:
        row = further_address(session, account_id, key)
        if row is None:
            return
        waiting = (Outbox.account_id == account_id, Outbox.recipient == row.address, Outbox.handed_at.is_(None))
        session.execute(delete(Outbox).where(*waiting, Outbox.state == MessageState.WAITING))
        session.delete(row)
