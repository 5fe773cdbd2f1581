"""Remember how high an account wants its rows."""

from ...models import Account
from ..transaction import writing


def choose_density(account_id: int, *, compact: bool) -> None:
    with writing() as session:
        session.get_one(Account, account_id).compact = compact
