from wtforms import StringField

from ...domain.refusals import Refused
from ...domain.renewal.align import NO_SUCH_DAY, read_day
from ...operations.renewal.align import AlignService
from ...web.acting import ActingForm


class AlignForm(ActingForm):
    """``day`` of the month, from 1 to 31."""

    day = StringField()

    @property
    def wanted(self) -> int | None:
        """None where the form names none."""
        return read_day(self.day.data or "")

    def command(self, reference: str) -> AlignService:
        """Raises Refused where no day is named."""
        if self.wanted is None:
            raise Refused(NO_SUCH_DAY())
        return AlignService(reference, self.wanted, self.confirmed)
