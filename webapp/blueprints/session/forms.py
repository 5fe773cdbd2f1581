from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from ...domain.labels import N_
from ...web.forms import PortalForm, plain


class SignInForm(PortalForm):
    email = StringField(filters=[plain], validators=[DataRequired(N_("Enter your e-mail address.")), Length(max=254)])
    password = PasswordField(validators=[InputRequired(N_("Enter your password.")), Length(max=500)])
    next = HiddenField()
