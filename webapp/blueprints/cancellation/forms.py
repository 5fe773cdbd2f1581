from wtforms import SelectMultipleField

from ...operations.renewal.cancel import CancelService
from ...operations.renewal.undo import UndoCancellation
from ...web.acting import ActingForm
from ...web.forms import PressedField


class CancelForm(ActingForm):
    """``with`` names the companions to cancel as well."""

    action = PressedField()
    together = SelectMultipleField(name="with", validate_choice=False)

    @property
    def references(self) -> frozenset[str]:
        return frozenset(self.together.data or ())

    def command(self, reference: str) -> CancelService:
        return CancelService(reference, self.references, self.confirmed)


class UndoForm(ActingForm):
    action = PressedField()

    def command(self, reference: str) -> UndoCancellation:
        return UndoCancellation(reference, self.confirmed)
