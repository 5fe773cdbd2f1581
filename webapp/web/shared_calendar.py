"""The private address of an account’s calendar: whoever has it reads the calendar, and nothing else.

It is signed, and not kept: the database knows only how many there have been.
"""

from itsdangerous import BadSignature, URLSafeSerializer

from ..domain.listing.table import Table
from ..extensions import db
from ..models import Account
from ..operations.people.share_calendar import shares_calendar
from ..wiring import settings
from .addresses import address_of

KEY = "key"


def private_address(account: Account, table: Table) -> str:
    """Of the calendar of what that table shows; empty where there is none."""
    if not account.calendar_shared:
        return ""
    key = _signer().dumps([account.id, account.calendar_number])
    address = address_of("calendar.feed", key=key, _external=True)
    query = table.having(selected=False).query
    return f"{address}&{query}" if query else address


def account_of(key: str) -> Account | None:
    """Whose key it is, as long as it is good."""
    try:
        account_id, number = _signer().loads(key)
    except (BadSignature, ValueError):
        return None
    return shares_calendar(db.session(), account_id, number)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(settings().signing_keys(), salt="calendar")
