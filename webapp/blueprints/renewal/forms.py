from wtforms import SelectMultipleField, StringField

from ...operations.renewal.configure import ConfigureRenewal
from ...web.acting import ActingForm


class ConfigureForm(ActingForm):
    """``choice`` is ``manual`` or a period; ``agreed`` the codes of the agreements that were ticked."""

    choice = StringField()
    agreed = SelectMultipleField(validate_choice=False)

    def command(self, reference: str) -> ConfigureRenewal:
        agreed = frozenset(self.agreed.data or ())
        return ConfigureRenewal(reference, self.choice.data or "", agreed, self.confirmed)
