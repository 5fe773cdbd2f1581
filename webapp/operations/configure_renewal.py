"""Change how a service renews."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..domain.labels import N_
from ..domain.money import Money
from ..domain.renewal.choices import Choice, Offer, choice_named, current, net_price, preview
from ..domain.service import service as domain
from ..domain.service.actions import Action, Refusal, Refused, Situation, require
from ..models import Acceptance, Event, EventKind, Price, Service
from ..rules import Rules
from .project_listing import project
from .snapshots import cases, default_method, situation, snapshot
from .transaction import add_missing, writing


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
    service: domain.Service
    situation: Situation
    offer: Offer


class ChangedMeanwhile(Exception):
    """Somebody changed the service after this person looked at it; ``event`` says what."""

    def __init__(self, event: Event | None) -> None:
        super().__init__()
        self.event = event


def renewal_case(
    session: Session, service_id: int, account_id: int, *, rules: Rules, now: datetime, lock: bool = False
) -> RenewalCase:
    """How the service stands for that account; with ``lock`` nobody else can change it before the commit."""
    query = cases().where(Service.id == service_id)
    row = session.execute(query.with_for_update(of=Service) if lock else query).one()
    method = default_method(session, row.billing_id)
    return RenewalCase(
        service_id=row.id,
        version=row.version,
        billing_id=row.billing_id,
        service=snapshot(row, rules),
        situation=situation(row, account_id, method=method, rules=rules, now=now),
        offer=_offer(session, row),
    )


def _offer(session: Session, row: Any) -> Offer:
    prices = select(Price.period, Price.minor).where(Price.product_id == row.product_id, Price.currency == row.currency)
    accepted = select(Acceptance.agreement).where(Acceptance.account_id == row.billing_id)
    return Offer(
        {period: Money(minor, row.currency) for period, minor in session.execute(prices)},
        frozenset(session.scalars(accepted)),
    )


def configure_renewal(command: ConfigureRenewal, *, by: int, rules: Rules, now: datetime) -> Event | None:
    """Do it; None when it renews that way already.

    Raises Refused when the action or the choice is not allowed, ChangedMeanwhile when the person
    decided on an older state of the service.
    """
    with writing() as session:
        case = renewal_case(session, command.service_id, by, rules=rules, now=now, lock=True)
        require(Action.CONFIGURE, case.service, case.situation)
        choice = _allowed_choice(command, case)
        if choice == current(case.service):
            return None
        if command.version != case.version:
            raise ChangedMeanwhile(_latest_event(session, case.service_id))
        return _change(session, case, choice, by=by, rules=rules)


def _allowed_choice(command: ConfigureRenewal, case: RenewalCase) -> Choice:
    choice = choice_named(command.choice, case.service, case.offer)
    if choice is None:
        raise Refused(Refusal("no-such-choice", N_("Choose how this service should renew.")))
    seen = preview(case.service, choice, case.offer, case.situation)
    if seen.obstacle:
        raise Refused(seen.obstacle)
    if any(agreement.code not in command.agreed for agreement in seen.agreements):
        message = N_("Accept the agreement to let this service renew automatically.")
        raise Refused(Refusal("agreement-missing", message))
    return choice


def _change(session: Session, case: RenewalCase, choice: Choice, *, by: int, rules: Rules) -> Event:
    now = case.situation.now
    agreements = preview(case.service, choice, case.offer, case.situation).agreements
    accepted = {"account_id": case.billing_id, "accepted_at": now}
    add_missing(session, Acceptance, [accepted | {"agreement": agreement.code} for agreement in agreements])
    session.execute(update(Service).where(Service.id == case.service_id).values(_new_values(case, choice)))
    project(session, [case.service_id], rules=rules, now=now)
    contract = case.situation.rules
    event = Event(
        service_id=case.service_id,
        account_id=by,
        at=now,
        kind=EventKind.RENEWAL_CONFIGURED,
        old=_facts(case, current(case.service)),
        new=_facts(case, choice) | {"agreements": [agreement.title for agreement in agreements]},
        rules=f"{contract.portal.code} {contract.customer_kind}",
    )
    session.add(event)
    session.flush()
    return event


def _new_values(case: RenewalCase, choice: Choice) -> dict[str, Any]:
    """A manual service keeps its period: it is what its reminders will propose."""
    values: dict[str, Any] = {"mode": choice.mode, "version": case.version + 1}
    if choice.period:
        price = net_price(case.service, choice.period, case.offer.prices)
        values |= {"period": choice.period, "price_minor": price.minor}
    return values


def _facts(case: RenewalCase, choice: Choice) -> dict[str, Any]:
    facts = {"mode": choice.mode.value, "period": None, "price": None, "currency": case.service.price.currency}
    if choice.period:
        price = net_price(case.service, choice.period, case.offer.prices)
        facts |= {"period": str(choice.period), "price": str(price.decimal)}
    return facts


def _latest_event(session: Session, service_id: int) -> Event | None:
    return session.scalar(select(Event).where(Event.service_id == service_id).order_by(Event.id.desc()).limit(1))
