from wtforms import IntegerField, SelectMultipleField, StringField

from ...operations.renewal.configure import ConfigureRenewal
from ...web.forms import PortalForm


class ConfigureForm(PortalForm):
    """``choice`` is ``manual`` or a period; ``version`` the state of the service that was on the screen."""

    choice = StringField()
    version = IntegerField()
    agreed = SelectMultipleField(validate_choice=False)

    def command(self, reference: str) -> ConfigureRenewal:
        return ConfigureRenewal(
            reference=reference,
            choice=self.choice.data or "",
            agreed=frozenset(self.agreed.data or ()),
            version=self.version.data or 0,
        )
