"""Change how a service renews."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ...domain.confirmation import Confirmed
from ...domain.renewal.choices import Offer, current, require_choice
from ...domain.renewal.configured import configured, event_of
from ...domain.renewal.preview import preview, require_agreed, shown
from ...domain.service.actions import Action
from ..change import Held, changing, read_case, record_one
from ..desk import Desk
from .offers import accept, offer_for


@dataclass(frozen=True, slots=True)
class ConfigureRenewal:
    """What someone confirmed: the choice, what they agreed to, and what they were shown."""

    reference: str
    choice: str
    agreed: frozenset[str]
    confirmed: Confirmed


@dataclass(frozen=True, slots=True)
class RenewalCase:
    """A service with all that decides how it may renew."""

    held: Held
    offer: Offer


def renewal_case(session: Session, reference: str, desk: Desk) -> RenewalCase:
    """How the service stands for that desk. Raises NoSuchService."""
    held = read_case(session, reference, desk)
    return RenewalCase(held, offer_for(session, held.row))


def configure_renewal(command: ConfigureRenewal, desk: Desk) -> int | None:
    """Do it and return the event's key; None when it renews that way already.

    Raises NoSuchService; Refused when the action or the choice is not allowed; ChangedMeanwhile or ShownOtherwise when
    the person decided on something else than it is now.
    """
    with changing(command.reference, desk, Action.CONFIGURE) as locked:
        offer = offer_for(locked.session, locked.row)
        choice = require_choice(command.choice, locked.case.service, offer)
        if choice == current(locked.case.service):
            return None
        seen = preview(locked.case, choice, offer)
        require_agreed(seen, command.agreed)
        locked.as_confirmed(command.confirmed, shown(seen, locked.case))
        accept(locked.session, seen.agreements, locked.row.billing_id, desk)
        event = event_of(locked.case, locked.case, seen, offer)
        change = locked.become(configured(locked.case.service, choice, offer), event)
        return record_one(locked.session, change, desk)
