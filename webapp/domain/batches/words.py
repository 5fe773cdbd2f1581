"""What each batch says of itself; sentences to be translated."""

from dataclasses import dataclass

from ..labels import N_, NN_, Plural
from ..renewal.align import FOR_GOOD

CHANGED = NN_("%(count)s service will be changed", "%(count)s services will be changed")
ORDERED = NN_("%(count)s service will be ordered", "%(count)s services will be ordered")
ALIGNED = NN_("%(count)s service will be aligned", "%(count)s services will be aligned")


@dataclass(frozen=True, slots=True)
class BatchWords:
    intro: str
    """What becomes of its services; may name the ``%(day)s`` that was chosen."""
    counted: Plural = CHANGED
    """How many go ahead."""
    confirm: str = N_("Confirm")
    grave: bool = False
    """Whether its confirmation is drawn as something to think about."""
    lasting: str = ""
    """Why it cannot be undone, where one might expect it."""
    undo: str = N_("Put back what was changed")


RENEWING = BatchWords(
    N_(
        "Each of these services is paid for until the day beside it, counted from the day until which it is paid for "
        "now: no day is lost. They are paid for together, on the page of our payment provider, once you have ordered."
    ),
    ORDERED,
    lasting=N_("Once that is paid it cannot be undone: time that is paid for is not refunded."),
)
DISABLING = BatchWords(
    N_(
        "From then on these services no longer renew by themselves: each expires on its day unless you renew it "
        "before. Reminders are sent by e-mail, each with a link to renew."
    )
)
ENABLING = BatchWords(
    N_(
        "From then on these services renew by themselves. Each keeps its frequency, unless you choose one for all; one "
        "that has none gets the shortest of its product."
    )
)
ALIGNING = BatchWords(
    N_(
        "Once the order is paid these services renew on %(day)s. Each is then paid for until the day beside it; the "
        "days in between cost their share of its price."
    ),
    ALIGNED,
    lasting=FOR_GOOD,
)
CANCELLING = BatchWords(
    N_(
        "Each of these services ends on the day beside it. Nothing more is debited, unless it is committed for longer; "
        "time that is paid for is not refunded. Until 24 hours before its end each can be kept after all."
    ),
    confirm=N_("Confirm the cancellation"),
    grave=True,
    undo=N_("Undo these cancellations"),
)
KEEPING = BatchWords(
    N_("These services are kept: each is at once as it was before it was cancelled, and renews again.")
)
PUTTING_BACK = BatchWords(
    N_("Exactly what that batch changed is put back, prices agreed with you included. Agreements stay accepted.")
)
