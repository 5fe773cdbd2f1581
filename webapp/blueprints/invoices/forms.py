from wtforms import SelectMultipleField

from ...operations.orders.for_bills import OrderBills
from ...web.acting import ActingForm
from ...web.forms import PortalForm, PressedField


class InvoicesForm(PortalForm):
    """``invoice`` names the bills that are to be paid."""

    action = PressedField()
    invoice = SelectMultipleField(validate_choice=False)

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(self.invoice.data or ())


class PayForm(InvoicesForm, ActingForm):
    """``invoice`` names further bills to pay with those of the service."""

    def command(self, reference: str) -> OrderBills:
        return OrderBills(reference, self.codes, self.confirmed)
