from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length

from ...domain.labels import N_
from ...domain.receipts import LONGEST_COMMENT, Cause
from ...web.forms import PortalForm

TOO_LONG = N_("Write at most 2,000 characters.")


class ReasonsForm(PortalForm):
    """Why somebody left, as far as they like to tell; causes that do not exist are none."""

    cause = SelectMultipleField(validate_choice=False)
    comment = TextAreaField(validators=[Length(max=LONGEST_COMMENT, message=TOO_LONG)])
    back = StringField()

    @property
    def causes(self) -> list[Cause]:
        return [cause for cause in Cause if cause in (self.cause.data or ())]
