import re
from collections.abc import Iterable

from wtforms import SelectMultipleField, StringField

from ...domain.listing.table import SIZES
from ...domain.periods import Period
from ...domain.renewal.align import read_day
from ...domain.service.service import REFERENCE
from ...operations.listing.matching import Viewer
from ...operations.listing.selection import tick
from ...web.forms import PortalForm, PressedField

MOST_NAMED = 2000
"""References that one request may name."""


class OrderingForm(PortalForm):
    """``duration`` as ISO 8601; each its own where it, or ``own``, says so. ``day`` of the month, from 1 to 31."""

    duration = StringField()
    own = StringField()
    day = StringField()

    @property
    def target(self) -> int | None:
        """None where the form names no day."""
        return read_day(self.day.data or "")

    @property
    def period(self) -> Period | None:
        """None for each its own, and where the form says nothing that could be meant."""
        try:
            return None if self.own.data else Period.parse(self.duration.data or "")
        except ValueError:
            return None


class TableForm(OrderingForm):
    """The table with its ticks: the references drawn, those that are ticked, and the button that was pressed."""

    action = PressedField()
    select = StringField()
    """``all``: whatever matches, instead of what is ticked."""
    shown = StringField()
    ref = SelectMultipleField(validate_choice=False)
    page = StringField()
    """The box above the boxes: all that are drawn."""

    @property
    def is_table(self) -> bool:
        """Whether it tells what was drawn; without that the references stand for themselves."""
        return bool(self.shown.raw_data)

    @property
    def references(self) -> list[str]:
        return _references(self.ref.data or (), MOST_NAMED)

    def keep(self, seen_by: Viewer) -> int:
        """Merge the ticks into the selection; returns how many there are in all."""
        shown = _references((self.shown.data or "").split(), SIZES[-1])
        return tick(shown, shown if self.page.data else self.references[: SIZES[-1]], seen_by)


class DecisionForm(OrderingForm):
    """What is decided about a batch: the button, rows to leave out, agreements accepted."""

    action = PressedField()
    shown = StringField()
    """Positions of the rows that were drawn."""
    skip = SelectMultipleField(validate_choice=False)
    agreed = SelectMultipleField(validate_choice=False)

    @property
    def positions(self) -> list[int]:
        return [int(each) for each in (self.shown.data or "").split()[: SIZES[-1]] if re.fullmatch("[0-9]{1,9}", each)]

    @property
    def skipped(self) -> list[str]:
        return _references(self.skip.data or (), MOST_NAMED)


def _references(sent: Iterable[str], most: int) -> list[str]:
    """Whatever is no reference belongs to nobody."""
    return [each for each in list(sent)[:most] if re.fullmatch(REFERENCE, each)]
