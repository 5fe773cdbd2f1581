"""Where a batch stands, and where each of its rows stands. All are stored by their values."""

from collections.abc import Mapping

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
    ORDERED = "ordered", N_("Waiting for payment")
    ABANDONED = "abandoned", N_("Not paid, so nothing was changed")
    CHANGED = "changed", N_("Changed meanwhile, so left alone")
    REFUSED = "refused", N_("Not possible, left alone")
    LEFT_OUT = "left-out", N_("Left out by you")
    STOPPED = "stopped", N_("Not done: you stopped before")


class BatchStanding(Labelled):
    """Where a batch stands for whoever reads of it: its state, and what has become of its orders."""

    CHOOSING = BatchState.CHOOSING.value, BatchState.CHOOSING.label
    JUDGING = BatchState.JUDGING.value, BatchState.JUDGING.label
    PREVIEW = BatchState.PREVIEW.value, BatchState.PREVIEW.label
    RUNNING = BatchState.RUNNING.value, BatchState.RUNNING.label
    DONE = BatchState.DONE.value, BatchState.DONE.label
    STOPPED = BatchState.STOPPED.value, BatchState.STOPPED.label
    DISCARDED = BatchState.DISCARDED.value, BatchState.DISCARDED.label
    AWAITING = "awaiting", N_("Waiting for payment")
    ABANDONED = "abandoned", N_("Abandoned, nothing changed")


def standing(state: BatchState, rows: Mapping[RowState, int]) -> BatchStanding:
    """From how many of its rows are in which state."""
    if state is BatchState.DONE and rows.get(RowState.ORDERED):
        return BatchStanding.AWAITING
    if state is BatchState.DONE and rows.get(RowState.ABANDONED) and not rows.get(RowState.DONE):
        return BatchStanding.ABANDONED
    return BatchStanding.of(state.value)


ORDERED_AGAIN = Reason(
    "ordered-again",
    N_("You ordered this again in a later batch."),
    N_("You ordered them again in a later batch."),
)
NOT_YOURS = Reason(
    "not-yours",
    N_("This service is no longer among yours."),
    N_("They are no longer among your services."),
)
SHOWN_OTHERWISE = Reason(
    "shown-otherwise",
    N_("What would happen is no longer what you were shown."),
    N_("What would happen to them is no longer what you were shown."),
)
CHANGED_SINCE = Reason(
    "changed-since",
    N_("This service was changed again after that batch."),
    N_("They were changed again after that batch."),
)
BILL_BY_MAIL = "bill-by-mail"
"""Note of a planned row: no payment method can be debited then, so a bill is sent."""
NOTHING_DUE = "nothing-due"
"""Note of a planned row: nothing has to be paid before it is done."""
BEING_PAID_FOR = "being-paid-for"
"""Note of a planned row: somebody is paying for a term that cannot be given any more once it ends."""
STILL_DEBITED = "still-debited"
"""Note of a planned row: it ends with its commitment and is debited until then."""
