"""What can be done to many services at once: one record for each action, which everyone asks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ..actors import Scope
from ..events import EventKind
from ..labels import N_, Labelled
from ..refusals import Refusal
from ..renewal.renewing import action_for
from ..service.actions import Action
from ..service.case import Case
from ..service.service import Service
from . import words
from .outcomes import Wish, aligned, as_before, automatic, cannot_be_moved, ended, kept, manual, ordered
from .planned import Plan
from .words import BatchWords


class BatchAction(Labelled):
    """Stored by its value."""

    RENEW = "renew", N_("Renew services")
    DISABLE_AUTOMATIC = "disable-automatic", N_("Disable automatic payment")
    ENABLE_AUTOMATIC = "enable-automatic", N_("Enable automatic payment")
    PUT_BACK = "put-back", N_("Undo a batch")
    ALIGN = "align", N_("Align renewal dates")
    CANCEL = "cancel", N_("Cancel services")
    UNDO_CANCELLATION = "undo-cancellation", N_("Undo cancellations")

    @property
    def kind(self) -> "BatchKind":
        """All that there is to know of it."""
        return KINDS[self]


class Asks(StrEnum):
    """What has to be said besides which services."""

    NOTHING = ""
    DURATION = "duration"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class BatchKind:
    words: BatchWords
    outcome: Callable[[Wish], Plan]
    """Raises Refused where it is not possible."""
    single: Callable[[Service], Action] = field(default=lambda service: Action.CONFIGURE)
    """The action on one service whose rules hold for each row."""
    asks: Asks = Asks.NOTHING
    impossible: Callable[[Case], Refusal | None] | None = None
    """Why nothing comes of it whatever is chosen, where its outcome depends on that."""
    orders: bool = False
    """Whether its confirmation makes orders, and what they are for comes with their payment."""
    declares: EventKind | None = None
    """What a receipt is given for, if it is one of those."""
    undone_by: BatchAction | None = None
    """The batch that takes back what one of these did."""
    offered: bool = True
    """Whether it is offered for a selection; the others follow from a batch."""
    ends_included: bool = False
    """Whether services that are included in others end with them."""
    scope: Scope = Scope.RENEW
    """What whoever decides it has to be allowed."""


KINDS: Mapping[BatchAction, BatchKind] = {
    BatchAction.RENEW: BatchKind(words.RENEWING, ordered, action_for, asks=Asks.DURATION, orders=True, scope=Scope.PAY),
    BatchAction.DISABLE_AUTOMATIC: BatchKind(words.DISABLING, manual, undone_by=BatchAction.PUT_BACK),
    BatchAction.ENABLE_AUTOMATIC: BatchKind(
        words.ENABLING, automatic, asks=Asks.DURATION, undone_by=BatchAction.PUT_BACK
    ),
    BatchAction.ALIGN: BatchKind(
        words.ALIGNING,
        aligned,
        lambda service: Action.ALIGN,
        asks=Asks.DAY,
        impossible=cannot_be_moved,
        orders=True,
    ),
    BatchAction.CANCEL: BatchKind(
        words.CANCELLING,
        ended,
        lambda service: Action.CANCEL,
        declares=EventKind.CANCELLED,
        undone_by=BatchAction.UNDO_CANCELLATION,
        ends_included=True,
        scope=Scope.TERMINATE,
    ),
    BatchAction.UNDO_CANCELLATION: BatchKind(
        words.KEEPING,
        kept,
        lambda service: Action.UNDO_CANCELLATION,
        declares=EventKind.CANCELLATION_UNDONE,
        scope=Scope.TERMINATE,
    ),
    BatchAction.PUT_BACK: BatchKind(words.PUTTING_BACK, as_before, undone_by=BatchAction.PUT_BACK, offered=False),
}
OFFERED = tuple(action for action, kind in KINDS.items() if kind.offered)
"""For a selection, in the order in which they are offered."""
