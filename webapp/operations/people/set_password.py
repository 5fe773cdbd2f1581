"""Give an account the password it signs in with."""

from sqlalchemy import delete, select

from ...models import Account, SignIn
from ..transaction import writing
from .passwords import hash_password


class UnknownAccount(LookupError):
    """No account has that handle."""


def set_password(handle: str, password: str) -> None:
    """Replace the password and end every open session of the account. Raises UnknownAccount."""
    hashed = hash_password(password)
    with writing() as session:
        account = session.scalar(select(Account).where(Account.handle == handle).with_for_update(key_share=True))
        if account is None:
            raise UnknownAccount(handle)
        account.password_hash = hashed
        account.password_version += 1
        session.execute(delete(SignIn).where(SignIn.account_id == account.id))
