"""Services and situations to judge, each a small change of an ordinary one."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from webapp import demo
from webapp.domain.law.contracts import CustomerKind, rules_for
from webapp.domain.methods import MethodKind, MethodState, PaymentMethod
from webapp.domain.money import Money
from webapp.domain.periods import Period
from webapp.domain.roles import Role
from webapp.domain.service.case import Case
from webapp.domain.service.catalogue import Family, Product
from webapp.domain.service.service import Availability, Kind, Mode, Service, Suspension
from webapp.rules.loader import load

RULES = load(sellers=Path(demo.__file__).parent / "sellers.toml")
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
EVERYTHING = Role.OWNER | Role.ADMIN | Role.TECHNICAL | Role.BILLING
CARD = PaymentMethod(MethodKind.CARD, "Visa 4242", MethodState.VALID, True, date(2029, 1, 1))
EUROS = Money(5000, "EUR")

AUTOMATIC = Service(
    reference="S-1",
    name="shop.example",
    product=Product("web", "Web", RULES.families["hosting"], forced=False),
    kind=Kind.RECURRING,
    availability=Availability.ACTIVE,
    mode=Mode.AUTOMATIC,
    period=Period(12),
    anchor_day=31,
    ends_on=date(2026, 12, 31),
    price=EUROS,
)
MANUAL = replace(AUTOMATIC, mode=Mode.MANUAL)
BILLED = replace(AUTOMATIC, amount_due=EUROS, billed_on=date(2026, 11, 20))
PAYING = replace(BILLED, paid_in="K7QM-2XPA-9RTD-4WHC")
CANCELLED = replace(AUTOMATIC, cancels_on=date(2026, 12, 31))
TERMINATED = replace(AUTOMATIC, availability=Availability.TERMINATED)
COMMITTED = replace(AUTOMATIC, committed_until=date(2027, 12, 31))
FORCED = replace(AUTOMATIC, product=replace(AUTOMATIC.product, forced=True))
LAPSED = replace(
    MANUAL,
    availability=Availability.SUSPENDED,
    suspension=Suspension.EXPIRED,
    suspended_on=date(2026, 11, 1),
    ends_on=date(2026, 11, 1),
)
IN_DEBT = replace(
    BILLED, availability=Availability.SUSPENDED, suspension=Suspension.DEBT, suspended_on=date(2026, 11, 20)
)
CREATING = replace(AUTOMATIC, availability=Availability.CREATING, mode=None, period=None, anchor_day=None, ends_on=None)
INCLUDED = replace(CREATING, kind=Kind.INCLUDED, availability=Availability.ACTIVE)
ONE_OFF = replace(INCLUDED, kind=Kind.ONE_OFF)
ENDING = replace(AUTOMATIC, ends_on=date(2026, 11, 24))
CANCELLED_ENDING = replace(ENDING, cancels_on=date(2026, 11, 24))
UNKNOWN_FAMILY = Family(
    "storage",
    "Storage",
    manual_allowed=False,
    named_together=False,
    deletion_after_days=None,
    remains=None,
    kept_after_end_days=None,
)


def case(service: Service, portal: str = "FR", kind: CustomerKind = CustomerKind.INDIVIDUAL, **given: Any) -> Case:
    rules = rules_for(RULES.portals[portal], kind, NOW.date())
    return Case(**{"service": service, "now": NOW, "roles": EVERYTHING, "rules": rules, "method": CARD} | given)
