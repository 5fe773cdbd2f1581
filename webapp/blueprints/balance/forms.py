from wtforms import StringField

from ...domain.billing.ledger import NO_AMOUNT
from ...domain.money import Money, MoneyError, parse_money
from ...domain.refusals import Refused
from ...web import access
from ...web.forms import PortalForm, PressedField


class BalanceForm(PortalForm):
    """``amount`` is what is to be added, ``threshold`` what the account is to be told of."""

    action = PressedField()
    amount = StringField()
    threshold = StringField()

    @property
    def wanted(self) -> Money:
        """Raises Refused."""
        return _money(self.amount.data or "")

    @property
    def alert(self) -> int | None:
        """In minor units; None where nothing is typed. Raises Refused."""
        text = self.threshold.data or ""
        return _money(text).minor if text.strip() else None


def _money(text: str) -> Money:
    try:
        return parse_money("".join(text.split()), access.current_portal().currency)
    except MoneyError as error:
        raise Refused(NO_AMOUNT()) from error
