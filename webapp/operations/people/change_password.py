"""A customer’s own new password."""

from ...domain.passwords import PASSWORD_WRONG
from ...domain.refusals import Refused
from ...extensions import db
from ...models import Account
from ..accounts import lock_account
from ..desk import Desk
from ..transaction import writing
from .passwords import hash_password, require_fit, verify_password
from .set_password import replace_password, told_of
from .sign_in import Opened, open_session


def change_password(account_id: int, old: str, new: str, desk: Desk, *, agent: str) -> Opened:
    """Replace the password, end every session of the account and open one for whoever changed it.

    Raises Refused: for a present password that is none, also where another one was set meanwhile, and for a new one
    that is not fit.
    """
    account = db.session.get_one(Account, account_id)
    version = account.password_version
    if not account.password_hash or not verify_password(old, account.password_hash)[0]:
        raise Refused(PASSWORD_WRONG())
    require_fit(new, told_of(account))
    hashed = hash_password(new)
    with writing() as session:
        account = lock_account(session, account_id)
        if account.password_version != version:
            raise Refused(PASSWORD_WRONG())
        replace_password(session, account, hashed, desk)
        return open_session(session, account_id, account.password_version, agent, desk.system_now)
