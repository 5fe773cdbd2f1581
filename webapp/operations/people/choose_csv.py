"""Remember how an account wants its files."""

from ...domain.files import CsvFormat
from ...models import Account
from ..transaction import writing


def choose_csv(account_id: int, form: CsvFormat) -> None:
    with writing() as session:
        session.get_one(Account, account_id).csv_format = form.stored()
