"""Where a batch stands, and where each of its rows stands. All are stored by their values."""

from ..labels import N_, Labelled
from ..refusals import Reason


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
