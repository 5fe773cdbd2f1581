"""An account's payment methods, and what renews with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from ...domain.service.service import Mode
from ...domain.service.status import Status
from ...models import Account, Listing, MethodSetup, PaymentMethod, Service
from ..desk import Desk

IN_USE = PaymentMethod.removed_at.is_(None)
MOST_OWNERS, NAMED = 500, 5
RENEWING = (Status.AUTOMATIC, Status.BILL_TO_PAY, Status.PAYMENT_IN_PROGRESS, Status.SUSPENDED)
"""What an automatic service may be while something will be debited for it."""


class NoSuchMethod(LookupError):
    """There is none of that number, or not of this account."""


@dataclass(frozen=True, slots=True)
class Needing:
    """Services that renew automatically and are the account's to pay."""

    owner: str
    """Whose they are; empty for the account's own."""
    services: int
    first_on: date | None
    """The first day on which something is debited for them; None where bills are paid first."""


@dataclass(frozen=True, slots=True)
class Failing:
    """What renews without a method that cannot be debited then."""

    services: int
    first_on: date | None


def methods_of(session: Session, account_id: int | None) -> Sequence[PaymentMethod]:
    """The default first, then the latest."""
    query = select(PaymentMethod).where(PaymentMethod.account_id == account_id, IN_USE)
    return session.scalars(query.order_by(PaymentMethod.is_default.desc(), PaymentMethod.id.desc())).all()


def usable(session: Session, account_id: int | None, today: date) -> Sequence[PaymentMethod]:
    """Those that can be debited today, the default first."""
    return [each for each in methods_of(session, account_id) if each.snapshot().usable_on(today)]


def today_of(session: Session, desk: Desk) -> date:
    """The day at the account's seller."""
    portal = session.scalars(select(Account.portal).where(Account.id == desk.account_id)).one()
    return desk.today_at(portal)


def method_of(session: Session, method_id: int, desk: Desk) -> PaymentMethod:
    """One of the account's own, also when it is removed. Raises NoSuchMethod."""
    query = select(PaymentMethod).where(PaymentMethod.id == method_id, PaymentMethod.account_id == desk.account_id)
    method = session.scalar(query)
    if method is None:
        raise NoSuchMethod(method_id)
    return method


def setup_of(session: Session, code: str, desk: Desk) -> MethodSetup:
    """Raises NoSuchMethod."""
    query = select(MethodSetup).where(MethodSetup.code == code, MethodSetup.account_id == desk.account_id)
    setup = session.scalar(query)
    if setup is None:
        raise NoSuchMethod(code)
    return setup


def begun(session: Session, account_id: int | None) -> Sequence[MethodSetup]:
    """Set-ups of which nothing has come yet."""
    mine = (MethodSetup.account_id == account_id, MethodSetup.method_id.is_(None), MethodSetup.ended_at.is_(None))
    return session.scalars(select(MethodSetup).where(*mine).order_by(MethodSetup.id)).all()


def needing(session: Session, account_id: int | None) -> Sequence[Needing]:
    """The account's own services first, then those of others, the most first."""
    own = Service.owner_id == account_id
    services = func.count()
    debited_on = case((Listing.status == Status.AUTOMATIC, Listing.effective_on))
    query = (
        _needing(account_id)
        .add_columns(Account.name, own.label("own"), services, func.min(debited_on))
        .join(Account, Account.id == Service.owner_id)
        .group_by(Service.owner_id, Account.name)
        .order_by(own.desc(), services.desc(), Account.name)
        .limit(MOST_OWNERS)
    )
    return [Needing("" if is_own else name, count, first) for name, is_own, count, first in session.execute(query)]


def renewing_from(session: Session, account_id: int | None, day: date) -> Failing:
    """What is debited on that day or later."""
    debits = _needing(account_id).where(Listing.status == Status.AUTOMATIC, Listing.effective_on >= day)
    counted = session.execute(debits.add_columns(func.count(), func.min(Listing.effective_on))).one()
    return Failing(*counted)


def first_needing(session: Session, account_id: int | None) -> Sequence[str]:
    """What the first of them are called, as they come due."""
    query = _needing(account_id).add_columns(Service.display_name, Service.name)
    rows = session.execute(query.order_by(Listing.effective_on, Listing.name_key).limit(NAMED))
    return [display_name or name for display_name, name in rows]


def is_needed(session: Session, account_id: int | None) -> bool:
    """Whether anything renews automatically that is the account's to pay."""
    return session.scalar(_needing(account_id).add_columns(Service.id).limit(1)) is not None


def _needing(account_id: int | None) -> Select[()]:
    return (
        select()
        .select_from(Listing)
        .join(Service, Service.id == Listing.service_id)
        .where(Listing.account_id == account_id, Service.billing_id == account_id)
        .where(Listing.mode == Mode.AUTOMATIC, Listing.status.in_(RENEWING))
    )
