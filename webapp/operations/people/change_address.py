"""Another address of an account: used once whoever reads it confirms it, and told to the one before."""

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ...domain.mail_address import ADDRESS_TAKEN, SAME_ADDRESS, read_mail_address
from ...domain.messages import AddressChangeAsked, AddressChanged
from ...domain.passwords import PASSWORD_WRONG
from ...domain.refusals import Refused
from ...extensions import db
from ...models import Account, FurtherAddress
from ..accounts import lock_account
from ..desk import Desk
from ..outbox import put
from ..transaction import writing
from .asking import next_number, require_few_asked
from .describe import event_of
from .passwords import verify_password


def ask_for_address(account_id: int, address: str, password: str, desk: Desk) -> None:
    """Write to the new address; whether another account has it is told to nobody but its reader. Raises Refused."""
    address, account = read_mail_address(address), db.session.get_one(Account, account_id)
    version = account.password_version
    if not account.password_hash or not verify_password(password, account.password_hash)[0]:
        raise Refused(PASSWORD_WRONG())
    with writing() as session:
        account = lock_account(session, account_id)
        if account.password_version != version:
            raise Refused(PASSWORD_WRONG())
        if account.email == address:
            raise Refused(SAME_ADDRESS())
        require_few_asked(session, account_id, desk)
        account.new_email = address
        told = AddressChangeAsked(account_id, address, next_number(session, account_id))
        put(session, told, account_id, desk, recipient=address)


def withdraw_address(account_id: int) -> None:
    """The new one is not wanted any more."""
    with writing() as session:
        lock_account(session, account_id).new_email = None


def take_address(account_id: int, address: str, desk: Desk) -> None:
    """Its reader has confirmed it; nothing where it is not wanted any more. Raises Refused."""
    try:
        with writing() as session:
            account = lock_account(session, account_id)
            if account.new_email == address:
                _change(session, account, address, desk)
    except IntegrityError as error:
        raise Refused(ADDRESS_TAKEN()) from error


def _change(session: Session, account: Account, address: str, desk: Desk) -> None:
    old, account.email, account.new_email = account.email, address, None
    session.execute(
        delete(FurtherAddress).where(FurtherAddress.account_id == account.id, FurtherAddress.address == address)
    )
    event = event_of(account.id, {"email": old}, {"email": address}, by_id=account.id, at=desk.now)
    session.add(event)
    put(session, AddressChanged(account.id, next_number(session, account.id)), account.id, desk, recipient=old)
