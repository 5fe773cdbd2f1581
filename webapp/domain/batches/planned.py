"""What happens to one row of a batch when it is confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..billing.quote import Item
from ..events import Declaration, RenewalConfigured
from ..facts import Facts
from ..law.contracts import Agreement
from ..renewal.cancellation import Cancellation, Undoing
from ..renewal.choices import Offer
from ..renewal.configured import event_of
from ..renewal.preview import Preview, pays, shown
from ..renewal.renewing import shown_item
from ..service.case import Case
from ..service.service import Service
from .states import BEING_PAID_FOR, BILL_BY_MAIL, NOTHING_DUE, STILL_DEBITED


@dataclass(frozen=True, slots=True)
class RenewalPlan:
    """How one service renews when it is confirmed."""

    now: Case
    then: Case
    """The same with what is put back."""
    seen: Preview
    offer: Offer
    after: Service

    @property
    def facts(self) -> Facts:
        return shown(self.seen, self.then)

    @property
    def agreements(self) -> Sequence[Agreement]:
        return self.seen.agreements

    @property
    def note(self) -> str:
        """What should be known beforehand, by its code."""
        return BILL_BY_MAIL if self.seen.debits and not pays(self.seen, self.then) else ""

    @property
    def event(self) -> RenewalConfigured:
        return event_of(self.now, self.then, self.seen, self.offer)


@dataclass(frozen=True, slots=True)
class DeclaredPlan:
    """That one service ends, or is kept after all, when it is confirmed."""

    now: Case
    seen: Cancellation | Undoing

    @property
    def after(self) -> Service:
        return self.seen.after(self.now.service)

    @property
    def facts(self) -> Facts:
        return self.seen.facts

    @property
    def agreements(self) -> Sequence[Agreement]:
        return ()

    @property
    def note(self) -> str:
        if not isinstance(self.seen, Cancellation):
            return ""
        if self.now.service.being_renewed:
            return BEING_PAID_FOR
        return STILL_DEBITED if self.seen.committed else ""

    @property
    def event(self) -> Declaration:
        return self.seen.event


@dataclass(frozen=True, slots=True)
class OrderPlan:
    """What is ordered for one service when it is confirmed; what has to be paid changes nothing before it is."""

    now: Case
    item: Item

    @property
    def facts(self) -> Facts:
        return shown_item(self.item)

    @property
    def agreements(self) -> Sequence[Agreement]:
        return ()

    @property
    def note(self) -> str:
        return NOTHING_DUE if self.item.at_once else ""


Changing = RenewalPlan | DeclaredPlan
Plan = Changing | OrderPlan
