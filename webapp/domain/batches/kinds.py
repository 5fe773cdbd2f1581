"""What a batch does, where it stands, and where each of its rows stands. All are stored by their values."""

from ..events import EventKind
from ..labels import N_, Labelled
from ..refusals import Reason
from ..renewal.renewing import action_for
from ..service.actions import Action
from ..service.service import Service


class BatchAction(Labelled):
    RENEW = "renew", N_("Renew services")
    DISABLE_AUTOMATIC = "disable-automatic", N_("Disable automatic payment")
    ENABLE_AUTOMATIC = "enable-automatic", N_("Enable automatic payment")
    PUT_BACK = "put-back", N_("Undo a batch")
    ALIGN = "align", N_("Align renewal dates")
    CANCEL = "cancel", N_("Cancel services")
    UNDO_CANCELLATION = "undo-cancellation", N_("Undo cancellations")

    @property
    def orders(self) -> bool:
        """Whether its confirmation makes orders, and what they are for comes with their payment."""
        return self in (BatchAction.RENEW, BatchAction.ALIGN)

    def single(self, service: Service) -> Action:
        """The action on one service whose rules hold for each row."""
        return action_for(service) if self is BatchAction.RENEW else SINGLE.get(self, Action.CONFIGURE)

    @property
    def declares(self) -> EventKind | None:
        """What a receipt is given for, if it is one of those."""
        return DECLARES.get(self)

    @property
    def undone_by(self) -> "BatchAction | None":
        """The batch that takes back what one of these did."""
        return UNDONE_BY.get(self, BatchAction.PUT_BACK)


SINGLE = {
    BatchAction.ALIGN: Action.ALIGN,
    BatchAction.CANCEL: Action.CANCEL,
    BatchAction.UNDO_CANCELLATION: Action.UNDO_CANCELLATION,
}
DECLARES = {
    BatchAction.CANCEL: EventKind.CANCELLED,
    BatchAction.UNDO_CANCELLATION: EventKind.CANCELLATION_UNDONE,
}
UNDONE_BY = {
    BatchAction.CANCEL: BatchAction.UNDO_CANCELLATION,
    BatchAction.UNDO_CANCELLATION: None,
    BatchAction.RENEW: None,
    BatchAction.ALIGN: None,
}
CHOSEN = (
    BatchAction.RENEW,
    BatchAction.DISABLE_AUTOMATIC,
    BatchAction.ENABLE_AUTOMATIC,
    BatchAction.ALIGN,
    BatchAction.CANCEL,
    BatchAction.UNDO_CANCELLATION,
)
"""What is offered for a selection; the others follow from a batch."""


class BatchState(Labelled):
    CHOOSING = "choosing", N_("To be chosen")
    JUDGING = "judging", N_("Being looked through")
    PREVIEW = "preview", N_("To be confirmed")
    RUNNING = "running", N_("Under way")
    DONE = "done", N_("Finished")
    STOPPED = "stopped", N_("Stopped")
    DISCARDED = "discarded", N_("Discarded")

    @property
    def unfinished(self) -> bool:
        """Whether there is work to be done without anyone asking again."""
        return self in (BatchState.JUDGING, BatchState.RUNNING)

    @property
    def confirmed(self) -> bool:
        return self in (BatchState.RUNNING, BatchState.DONE, BatchState.STOPPED)


class RowState(Labelled):
    """In the order in which a result tells of them."""

    NEW = "new", N_("Not looked at yet")
    PLANNED = "planned", N_("Will be changed")
    DONE = "done", N_("Changed")
    ORDERED = "ordered", N_("In the order")
    CHANGED = "changed", N_("Changed meanwhile, so left alone")
    REFUSED = "refused", N_("Not possible, left alone")
    LEFT_OUT = "left-out", N_("Left out by you")
    STOPPED = "stopped", N_("Not done: you stopped before")


ACHIEVED = (RowState.DONE, RowState.ORDERED)
"""Where the batch has brought about what it was for."""
NOT_YOURS = Reason("not-yours", N_("This service is no longer among yours."))
SHOWN_OTHERWISE = Reason("shown-otherwise", N_("What would happen is no longer what you were shown."))
CHANGED_SINCE = Reason("changed-since", N_("This service was changed again after that batch."))
BILL_BY_MAIL = "bill-by-mail"
"""Note of a planned row: no payment method can be debited then, so a bill is sent."""
NOTHING_DUE = "nothing-due"
"""Note of a planned row: nothing has to be paid before it is done."""
STILL_DEBITED = "still-debited"
"""Note of a planned row: it ends with its commitment and is debited until then."""
