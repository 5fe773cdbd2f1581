from wtforms import PasswordField
from wtforms.validators import EqualTo, InputRequired, Length

from ...domain.labels import N_
from ...domain.passwords import LONGEST, PASSWORD_LONG, PASSWORD_SHORT, PASSWORDS_DIFFER, SHORTEST
from ...web.forms import PortalForm

PRESENT_MISSING = N_("Enter your present password.")


class PasswordForm(PortalForm):
    present = PasswordField(validators=[InputRequired(PRESENT_MISSING), Length(max=LONGEST)])
    new = PasswordField(
        validators=[
            Length(min=SHORTEST, message=PASSWORD_SHORT.message),
            Length(max=LONGEST, message=PASSWORD_LONG.message),
        ]
    )
    again = PasswordField(validators=[EqualTo("new", PASSWORDS_DIFFER.message)])
