"""Which method renewals are debited from, what its owner calls it, and that it goes."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ...domain.messages import MethodRemoved
from ...domain.methods import NOT_VALID, removal
from ...domain.refusals import Refusal, Refused
from ...models import PaymentMethod
from ..accounts import lock_account
from ..desk import Desk
from ..outbox import put
from ..transaction import writing
from .find import NoSuchMethod, is_needed, methods_of, today_of
from .learn import change_default


@dataclass(frozen=True, slots=True)
class Mine:
    """One of the account's methods with the others, under lock."""

    session: Session
    today: date
    method: PaymentMethod
    others: Sequence[PaymentMethod]

    @property
    def default(self) -> PaymentMethod | None:
        return next((each for each in (self.method, *self.others) if each.is_default), None)


@contextmanager
def _mine(method_id: int, desk: Desk) -> Iterator[Mine]:
    """Raises NoSuchMethod; one that is removed is none any more."""
    with writing() as session:
        lock_account(session, desk.account_id)
        methods = {each.id: each for each in methods_of(session, desk.account_id)}
        if method_id not in methods:
            raise NoSuchMethod(method_id)
        yield Mine(session, today_of(session, desk), methods.pop(method_id), list(methods.values()))


def make_default(method_id: int, desk: Desk) -> str:
    """Its label. Raises NoSuchMethod; Refused where it cannot be debited."""
    with _mine(method_id, desk) as mine:
        if not mine.method.snapshot().usable_on(mine.today):
            raise Refused(NOT_VALID())
        change_default(mine.session, mine.default, mine.method)
        return mine.method.label


def describe_method(method_id: int, text: str, desk: Desk) -> None:
    """Raises NoSuchMethod."""
    with _mine(method_id, desk) as mine:
        mine.method.description = text


@dataclass(frozen=True, slots=True)
class Removed:
    reference: str
    """The provider's own, so that it can be told."""
    label: str
    successor: str
    """The label of what renewals are debited from now; empty where that is as it was, or nothing is."""


def remove(method_id: int, desk: Desk) -> Removed:
    """Raises NoSuchMethod; Refused where services need it."""
    with _mine(method_id, desk) as mine:
        method = mine.method
        if why := kept_for(method, mine.others, mine.today, needed=is_needed(mine.session, desk.account_id)):
            raise Refused(why)
        heir = successor(method, mine.others, mine.today)
        method.removed_at = desk.now
        if method.is_default:
            change_default(mine.session, method, heir)
        debited = mine.default.label if mine.default and mine.default is not method else ""
        put(mine.session, MethodRemoved(method.id, method.label, debited), method.account_id, desk)
        return Removed(method.reference, method.label, heir.label if heir else "")


def kept_for(method: PaymentMethod, others: Sequence[PaymentMethod], today: date, *, needed: bool) -> Refusal | None:
    """Why it cannot be removed, if so."""
    snapshots = [each.snapshot() for each in others]
    return removal(method.snapshot(), snapshots, today, is_default=method.is_default, needed=needed)


def successor(method: PaymentMethod, others: Sequence[PaymentMethod], today: date) -> PaymentMethod | None:
    """What renewals are debited from once it is gone: the latest valid one; None where that does not change."""
    usable = [each for each in others if each.snapshot().usable_on(today)]
    return usable[0] if method.is_default and usable else None
