"""Change how a service renews."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, and_, select
from sqlalchemy.orm import Session

from ...domain.confirmation import Confirmed
from ...domain.events import RenewalConfigured, Renewing
from ...domain.money import Money
from ...domain.renewal.choices import Choice, Offer, current, net_price, require_choice
from ...domain.renewal.preview import Preview, preview, require_agreed, shown
from ...domain.service.actions import Action
from ...domain.service.case import Case
from ...models import Acceptance, Account, Price, Service
from ..case import NoSuchService, case_of, held_by, select_cases
from ..change import Change, Locked, changing, record
from ..desk import Desk
from ..transaction import add_missing


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

    id: int
    display_name: str
    version: int
    case: Case
    offer: Offer


def renewal_case(session: Session, reference: str, desk: Desk) -> RenewalCase:
    """How the service stands for that desk. Raises NoSuchService."""
    query = select_cases().where(Service.reference == reference, held_by(desk.account_id))
    row = session.execute(query).one_or_none()
    if row is None:
        raise NoSuchService(reference)
    return RenewalCase(row.id, row.display_name or row.name, row.version, case_of(row, desk), _offer(session, row))


def _offer(session: Session, row: Row[Any]) -> Offer:
    """The product's prices in the service's currency, and what the billing contact has accepted."""
    sold = and_(Price.product_id == row.product_id, Price.currency == row.currency)
    query = (
        select(Price.period, Price.minor, Acceptance.agreement)
        .select_from(Account)
        .outerjoin(Price, sold)
        .outerjoin(Acceptance, Acceptance.account_id == Account.id)
        .where(Account.id == row.billing_id)
    )
    rows = session.execute(query).all()
    return Offer(
        {each.period: Money(each.minor, row.currency) for each in rows if each.period},
        frozenset(each.agreement for each in rows if each.agreement),
    )


def configure_renewal(command: ConfigureRenewal, desk: Desk) -> int | None:
    """Do it and return the event's key; None when it renews that way already.

    Raises NoSuchService; Refused when the action or the choice is not allowed; ChangedMeanwhile or ShownOtherwise when
    the person decided on something else than it is now.
    """
    with changing(command.reference, desk, Action.CONFIGURE) as locked:
        offer = _offer(locked.session, locked.row)
        choice = require_choice(command.choice, locked.case.service, offer)
        if choice == current(locked.case.service):
            return None
        seen = preview(locked.case, choice, offer)
        require_agreed(seen, command.agreed)
        locked.as_confirmed(command.confirmed, shown(seen, locked.case))
        _accept(locked, seen, desk)
        (event,) = record(locked.session, [_change(locked, seen, offer)], desk)
        return event


def _accept(locked: Locked, seen: Preview, desk: Desk) -> None:
    accepted = {"account_id": locked.row.billing_id, "accepted_at": desk.now}
    rows = [accepted | {"agreement": agreement.code} for agreement in seen.agreements]
    add_missing(locked.session, Acceptance, rows)


def _change(locked: Locked, seen: Preview, offer: Offer) -> Change:
    """A manual service keeps its period: it is what its reminders will propose."""
    case, choice = locked.case, seen.choice
    event = RenewalConfigured(
        old=_renewing(case, current(case.service), offer),
        new=_renewing(case, choice, offer),
        currency=case.service.price.currency,
        taxes=case.rules.portal.taxes,
        agreements=tuple(agreement.title for agreement in seen.agreements),
    )
    if choice.period is None:
        return locked.to(event, mode=choice.mode)
    price = net_price(case.service, choice.period, offer)
    return locked.to(event, mode=choice.mode, period=choice.period, price_minor=price.minor)


def _renewing(case: Case, choice: Choice, offer: Offer) -> Renewing:
    if choice.period is None:
        return Renewing(choice.mode)
    net = net_price(case.service, choice.period, offer)
    return Renewing(choice.mode, choice.period, net, case.rules.gross(net))
