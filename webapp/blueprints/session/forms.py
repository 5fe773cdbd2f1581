from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from ...domain.labels import N_
from ...domain.mail_address import LONGEST, mail_address
from ...web.forms import PortalForm


class SignInForm(PortalForm):
    email = StringField(
        filters=[lambda typed: mail_address(typed or "")],
        validators=[DataRequired(N_("Enter your e-mail address.")), Length(max=LONGEST)],
    )
    password = PasswordField(validators=[InputRequired(N_("Enter your password.")), Length(max=500)])
    next = HiddenField()
