"""What the page that keeps a service after all is drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass

from ...domain.facts import Facts
from ...domain.labels import N_
from ...domain.money import Money
from ...domain.refusals import Refusal
from ...domain.renewal.cancellation import Undoing
from ...domain.roles import Role
from ...domain.service.actions import Action, refusal
from ...extensions import db
from ...operations.change import Held
from ...operations.renewal.undo import returning
from ...web.addresses import address_of
from ...web.reader import reader
from ...web.subject import Subject
from ...web.viewing import desk
from ...wording.reckoned import reckoned_term
from ...wording.why import paid_for
from .forms import UndoForm


@dataclass(frozen=True, slots=True)
class UndoPage:
    subject: Subject
    seen: Undoing | None
    price: Money | None
    """Of the next term with tax; None for whoever may not see it."""
    why_renews: Sequence[str]
    why_priced: Sequence[str]
    facts: Facts
    kept: Sequence[Held]
    """The others that come back with it."""
    staying: Sequence[tuple[Held, Refusal | None]]
    """Those that were cancelled with it and stay so, with the reason."""
    impossible: Refusal | None

    def place(self, code: str) -> str:
        """Which element a refusal is about."""
        return "what"


def undo_page(reference: str, form: UndoForm) -> UndoPage:
    """Raises NoSuchService."""
    asked = returning(db.session(), reference, desk())
    case = asked.held.case
    service, sees_money = case.service, Role.BILLING in case.roles
    return UndoPage(
        subject=Subject.of(
            asked.held, N_("Undo the cancellation of %(name)s"), address_of("cancellation.undo", reference=reference)
        ),
        seen=asked.seen,
        price=case.rules.gross(service.price) if sees_money else None,
        why_renews=paid_for(service, reader()),
        why_priced=reckoned_term(service, case.rules, reader()) if sees_money else (),
        facts=asked.facts,
        kept=asked.kept[1:],
        staying=[(held, refused) for held, refused in asked.together if refused],
        impossible=refusal(Action.UNDO_CANCELLATION, case),
    )
