from wtforms import PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from ...domain.labels import N_
from ...domain.mail_address import mail_address
from ...domain.passwords import LONGEST, PASSWORDS_DIFFER
from ...web.forms import PortalForm

PRESENT_MISSING = N_("Enter your present password.")


class PasswordForm(PortalForm):
    present = PasswordField(validators=[InputRequired(PRESENT_MISSING), Length(max=LONGEST)])
    new = PasswordField()
    again = PasswordField(validators=[EqualTo("new", PASSWORDS_DIFFER.message)])


class AddressForm(PortalForm):
    address = StringField(filters=[lambda typed: mail_address(typed or "")])
    password = PasswordField(validators=[InputRequired(PRESENT_MISSING), Length(max=LONGEST)])
