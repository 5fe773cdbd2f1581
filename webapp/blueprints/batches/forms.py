import re
from collections.abc import Iterable

from wtforms import SelectMultipleField, StringField

from ...domain.listing.table import SIZES
from ...domain.service.service import REFERENCE
from ...operations.listing.matching import Viewer
from ...operations.listing.selection import tick
from ...web.forms import PortalForm


class TableForm(PortalForm):
    """The table with its ticks: the references drawn, those that are ticked, and the button that was pressed."""

    action = StringField()
    shown = StringField()
    ref = SelectMultipleField(validate_choice=False)
    page = StringField()
    """The box above the boxes: all that are drawn."""

    def keep(self, seen_by: Viewer) -> int:
        """Merge the ticks into the selection; returns how many there are in all."""
        shown = _references((self.shown.data or "").split())
        return tick(shown, shown if self.page.data else _references(self.ref.data or ()), seen_by)


def _references(sent: Iterable[str]) -> list[str]:
    """As many as a page can have; whatever is no reference belongs to nobody."""
    return [each for each in list(sent)[: SIZES[-1]] if re.fullmatch(REFERENCE, each)]
