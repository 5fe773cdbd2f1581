from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from ...domain.words import N_
from ...forms import PortalForm


class SignInForm(PortalForm):
    email = StringField(validators=[InputRequired(N_("Enter your e-mail address.")), Length(max=254)])
    password = PasswordField(validators=[InputRequired(N_("Enter your password.")), Length(max=500)])
    next = HiddenField()
