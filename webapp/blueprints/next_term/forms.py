from wtforms import SelectMultipleField

from ...domain.service.actions import Action
from ...operations.renewal.renew import OrderRenewal
from ...web.acting import DurationForm
from ...web.forms import PressedField


class RenewForm(DurationForm):
    """``with`` names the companions to pay for as well."""

    action = PressedField()
    together = SelectMultipleField(name="with", validate_choice=False)

    @property
    def references(self) -> frozenset[str]:
        return frozenset(self.together.data or ())

    def command(self, reference: str, action: Action) -> OrderRenewal:
        return OrderRenewal(reference, action, self.period, self.references, self.confirmed)
