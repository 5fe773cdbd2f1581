"""Below which balance an account wants to be told."""

from ...models import Account
from ..transaction import writing


def choose_alert(account_id: int, minor: int | None) -> None:
    """In the currency of its portal; None for never."""
    with writing() as session:
        session.get_one(Account, account_id).balance_alert_minor = minor
