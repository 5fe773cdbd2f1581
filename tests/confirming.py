"""What someone confirms after having looked, without a browser."""

from collections.abc import Iterable

from webapp.domain.billing.quote import Item
from webapp.domain.confirmation import Confirmed
from webapp.domain.periods import Period
from webapp.domain.renewal.align import align
from webapp.domain.renewal.choices import choice_named
from webapp.domain.renewal.preview import preview, shown
from webapp.domain.renewal.renewing import shown_item
from webapp.domain.service.actions import Action
from webapp.extensions import db
from webapp.operations.desk import Desk
from webapp.operations.renewal.align import AlignService, aligning, target
from webapp.operations.renewal.cancel import CancelService, leaving
from webapp.operations.renewal.configure import ConfigureRenewal, renewal_case
from webapp.operations.renewal.renew import OrderRenewal, renewing
from webapp.operations.renewal.undo import UndoCancellation, returning


def looked_at(reference: str, choice: str, desk: Desk, agreed: Iterable[str] = ()) -> ConfigureRenewal:
    """The confirmation of that choice as the service stands now."""
    asked = renewal_case(db.session(), reference, desk)
    chosen = choice_named(choice, asked.held.case.service, asked.offer)
    facts = shown(preview(asked.held.case, chosen, asked.offer), asked.held.case) if chosen else {}
    return ConfigureRenewal(reference, choice, frozenset(agreed), Confirmed.of(asked.held.row.version, facts))


def leaving_looked_at(reference: str, desk: Desk, together: Iterable[str] = ()) -> CancelService:
    """The confirmation that this service ends, with those companions."""
    asked = leaving(db.session(), reference, desk)
    return CancelService(reference, frozenset(together), Confirmed.of(asked.held.row.version, asked.facts))


def returning_looked_at(reference: str, desk: Desk) -> UndoCancellation:
    """The confirmation that this service is kept after all."""
    asked = returning(db.session(), reference, desk)
    return UndoCancellation(reference, Confirmed.of(asked.held.row.version, asked.facts))


def aligning_looked_at(reference: str, day: int, desk: Desk) -> AlignService:
    """The confirmation that this service renews on that day."""
    held = aligning(db.session(), reference, desk).held
    item = align(held.case, target(day, desk))
    return AlignService(
        reference, day, Confirmed.of(held.row.version, shown_item(item) if isinstance(item, Item) else {})
    )


def renewing_looked_at(
    reference: str, duration: str, desk: Desk, together: Iterable[str] = (), action: Action = Action.ANTICIPATE
) -> OrderRenewal:
    """The confirmation that this service is paid for that long, with those companions."""
    asked = renewing(db.session(), reference, desk)
    confirmed = Confirmed.of(asked.asked.held.row.version, asked.facts)
    return OrderRenewal(reference, action, Period.parse(duration), frozenset(together), confirmed)
