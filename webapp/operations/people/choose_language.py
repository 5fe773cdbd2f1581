"""Remember the language an account reads."""

from ...models import Account
from ..transaction import writing


def choose_language(account_id: int, language: str) -> None:
    with writing() as session:
        session.get_one(Account, account_id).language = language
