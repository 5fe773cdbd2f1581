from wtforms import StringField

from ...domain.periods import Period
from ...web.acting import ActingForm
from ...web.forms import PressedField


class LinkForm(ActingForm):
    """``duration`` as ISO 8601, as it was shown."""

    action = PressedField()
    duration = StringField()

    @property
    def period(self) -> Period | None:
        try:
            return Period.parse(self.duration.data or "")
        except ValueError:
            return None
