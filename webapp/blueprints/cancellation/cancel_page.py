"""What the page that ends a service is drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ...domain.facts import Facts
from ...domain.labels import N_
from ...domain.refusals import Refusal
from ...domain.service.actions import Action, refusal
from ...domain.service.ending import lapsed_until
from ...domain.service.reasons import ENDS_BY_ITSELF
from ...extensions import db
from ...operations.renewal.cancel import Tied, leaving
from ...web.addresses import address_of
from ...web.consequences import Consequences
from ...web.subject import Subject
from ...web.viewing import desk
from .forms import CancelForm


@dataclass(frozen=True, slots=True)
class CancelPage:
    subject: Subject
    today: date
    deleted_on: date | None
    """Where it is renewed by hand and nobody does it."""
    ending: Consequences | None
    facts: Facts
    free: Sequence[Tied]
    """Companions that may be cancelled as well."""
    staying: Sequence[Tied]
    """Companions that may not."""
    together: frozenset[str]
    """References that are ticked already."""
    impossible: Refusal | None

    @property
    def lapses(self) -> bool:
        """Whether there is nothing to cancel because it ends by itself."""
        return self.impossible is not None and self.impossible.code in ENDS_BY_ITSELF

    def place(self, code: str) -> str:
        """Which element a refusal is about."""
        return "companions-too" if self.free and code == "no-companion" else "what"


def cancel_page(reference: str, form: CancelForm) -> CancelPage:
    """The page with the companions that are ticked. Raises NoSuchService."""
    asked = leaving(db.session(), reference, desk())
    case = asked.held.case
    subject = Subject.of(asked.held, N_("Cancel %(name)s"), address_of("cancellation.cancel", reference=reference))
    return CancelPage(
        subject=subject,
        today=case.today,
        deleted_on=lapsed_until(case.service),
        ending=Consequences.of(asked, subject),
        facts=asked.facts,
        free=asked.free,
        staying=[each for each in asked.companions if each.refusal],
        together=form.references,
        impossible=refusal(Action.CANCEL, case),
    )
