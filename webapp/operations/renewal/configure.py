"""Change how a service renews."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ...domain.labels import N_
from ...domain.money import Money
from ...domain.refusals import Refusal, Refused
from ...domain.renewal.choices import Choice, Offer, choice_named, current, net_price
from ...domain.renewal.preview import preview
from ...domain.service.actions import Action, require
from ...domain.service.case import Case
from ...models import Acceptance, Event, EventKind, Price, Service
from ..case import case_of, default_method, select_cases
from ..desk import Desk
from ..projection import project
from ..transaction import add_missing, writing


@dataclass(frozen=True, slots=True)
class ConfigureRenewal:
    """What someone confirmed: the choice, what they agreed to, and the state they saw."""

    service_id: int
    choice: str
    agreed: frozenset[str]
    version: int


@dataclass(frozen=True, slots=True)
class RenewalCase:
    """A service with all that decides how it may renew."""

    service_id: int
    version: int
    billing_id: int
    case: Case
    offer: Offer


class ChangedMeanwhile(Exception):
    """Somebody changed the service after this person looked at it; ``event`` says what."""

    def __init__(self, event: Event | None) -> None:
        super().__init__()
        self.event = event


def renewal_case(session: Session, service_id: int, desk: Desk, *, lock: bool = False) -> RenewalCase:
    """How the service stands for that desk; with ``lock`` nobody else can change it before the commit."""
    query = select_cases().where(Service.id == service_id)
    row = session.execute(query.with_for_update(of=Service) if lock else query).one()
    method = default_method(session, row.billing_id)
    return RenewalCase(
        service_id=row.id,
        version=row.version,
        billing_id=row.billing_id,
        case=case_of(row, desk, method),
        offer=_offer(session, row),
    )


def _offer(session: Session, row: Any) -> Offer:
    prices = select(Price.period, Price.minor).where(Price.product_id == row.product_id, Price.currency == row.currency)
    accepted = select(Acceptance.agreement).where(Acceptance.account_id == row.billing_id)
    return Offer(
        {period: Money(minor, row.currency) for period, minor in session.execute(prices)},
        frozenset(session.scalars(accepted)),
    )


def configure_renewal(command: ConfigureRenewal, desk: Desk) -> Event | None:
    """Do it; None when it renews that way already.

    Raises Refused when the action or the choice is not allowed, ChangedMeanwhile when the person
    decided on an older state of the service.
    """
    with writing() as session:
        asked = renewal_case(session, command.service_id, desk, lock=True)
        require(Action.CONFIGURE, asked.case)
        choice = _allowed_choice(command, asked)
        if choice == current(asked.case.service):
            return None
        if command.version != asked.version:
            raise ChangedMeanwhile(_latest_event(session, asked.service_id))
        return _change(session, asked, choice, desk)


def _allowed_choice(command: ConfigureRenewal, asked: RenewalCase) -> Choice:
    choice = choice_named(command.choice, asked.case.service, asked.offer)
    if choice is None:
        raise Refused(Refusal("no-such-choice", N_("Choose how this service should renew.")))
    seen = preview(asked.case, choice, asked.offer)
    if seen.obstacle:
        raise Refused(seen.obstacle)
    if any(agreement.code not in command.agreed for agreement in seen.agreements):
        message = N_("Accept the agreement to let this service renew automatically.")
        raise Refused(Refusal("agreement-missing", message))
    return choice


def _change(session: Session, asked: RenewalCase, choice: Choice, desk: Desk) -> Event:
    agreements = preview(asked.case, choice, asked.offer).agreements
    accepted = {"account_id": asked.billing_id, "accepted_at": desk.now}
    add_missing(session, Acceptance, [accepted | {"agreement": agreement.code} for agreement in agreements])
    session.execute(update(Service).where(Service.id == asked.service_id).values(_new_values(asked, choice)))
    project(session, [asked.service_id], rules=desk.rules, now=desk.now)
    contract = asked.case.rules
    event = Event(
        service_id=asked.service_id,
        account_id=desk.account_id,
        at=desk.now,
        kind=EventKind.RENEWAL_CONFIGURED,
        old=_facts(asked, current(asked.case.service)),
        new=_facts(asked, choice) | {"agreements": [agreement.title for agreement in agreements]},
        rules=f"{contract.portal.code} {contract.customer_kind}",
    )
    session.add(event)
    session.flush()
    return event


def _new_values(asked: RenewalCase, choice: Choice) -> dict[str, Any]:
    """A manual service keeps its period: it is what its reminders will propose."""
    values: dict[str, Any] = {"mode": choice.mode, "version": asked.version + 1}
    if choice.period:
        price = net_price(asked.case.service, choice.period, asked.offer)
        values |= {"period": choice.period, "price_minor": price.minor}
    return values


def _facts(asked: RenewalCase, choice: Choice) -> dict[str, Any]:
    facts = {"mode": choice.mode.value, "period": None, "price": None, "currency": asked.case.service.price.currency}
    if choice.period:
        price = net_price(asked.case.service, choice.period, asked.offer)
        facts |= {"period": str(choice.period), "price": str(price.decimal)}
    return facts


def _latest_event(session: Session, service_id: int) -> Event | None:
    return session.scalar(select(Event).where(Event.service_id == service_id).order_by(Event.id.desc()).limit(1))
