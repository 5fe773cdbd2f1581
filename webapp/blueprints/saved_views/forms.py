from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from ...domain.labels import N_
from ...web.forms import PortalForm, plain


class ViewForm(PortalForm):
    name = StringField(
        filters=[plain],
        validators=[
            DataRequired(N_("Give the view a name.")),
            Length(max=60, message=N_("A name has at most 60 characters.")),
        ],
    )
    query = HiddenField(validators=[Length(max=4000, message=N_("This view has too many conditions to be saved."))])
