from ...web.acting import DurationForm
from ...web.forms import PressedField


class LinkForm(DurationForm):
    """What was pressed, and what the page was drawn with."""

    action = PressedField()
