from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length

from ...domain.words import N_
from ...forms import PortalForm


class ViewForm(PortalForm):
    name = StringField(
        filters=[lambda text: " ".join((text or "").split())],
        validators=[
            InputRequired(N_("Give the view a name.")),
            Length(max=60, message=N_("A name has at most 60 characters.")),
        ],
    )
    query = HiddenField()
