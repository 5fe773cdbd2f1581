from wtforms import SelectMultipleField, StringField

from ...domain.periods import Period
from ...domain.service.actions import Action
from ...operations.renewal.renew import OrderRenewal
from ...web.acting import ActingForm
from ...web.forms import PressedField


class RenewForm(ActingForm):
    """``duration`` as ISO 8601; ``with`` names the companions to pay for as well."""

    action = PressedField()
    duration = StringField()
    together = SelectMultipleField(name="with", validate_choice=False)

    @property
    def references(self) -> frozenset[str]:
        return frozenset(self.together.data or ())

    @property
    def period(self) -> Period | None:
        """None where the form names none."""
        try:
            return Period.parse(self.duration.data or "")
        except ValueError:
            return None

    def command(self, reference: str, action: Action) -> OrderRenewal:
        return OrderRenewal(reference, action, self.period, self.references, self.confirmed)
