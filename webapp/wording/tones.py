"""How a state is meant, whatever it is called: what colours follow from."""

from collections.abc import Mapping
from enum import StrEnum

from ..domain.batches.states import BatchStanding
from ..domain.billing.order import OrderState
from ..domain.listing.register import DocumentState
from ..domain.messages import MessageState
from ..domain.methods import Health
from ..domain.service.status import Status


class Tone(StrEnum):
    GOOD = "good"
    WARN = "warn"
    """To be looked at."""
    BAD = "bad"
    """To be done something about."""
    IDLE = "idle"


STATUSES: Mapping[Status, Tone] = {
    Status.AUTOMATIC: Tone.GOOD,
    Status.EXPIRES: Tone.WARN,
    Status.CANCELLATION_SCHEDULED: Tone.WARN,
    Status.PAYMENT_IN_PROGRESS: Tone.WARN,
    Status.BILL_TO_PAY: Tone.BAD,
    Status.SUSPENDED: Tone.BAD,
    Status.TERMINATED: Tone.IDLE,
    Status.CREATING: Tone.IDLE,
    Status.INCLUDED: Tone.IDLE,
    Status.ONE_OFF: Tone.IDLE,
}
BATCHES: Mapping[BatchStanding, Tone] = {
    BatchStanding.CHOOSING: Tone.IDLE,
    BatchStanding.JUDGING: Tone.WARN,
    BatchStanding.PREVIEW: Tone.WARN,
    BatchStanding.RUNNING: Tone.WARN,
    BatchStanding.DONE: Tone.GOOD,
    BatchStanding.STOPPED: Tone.WARN,
    BatchStanding.DISCARDED: Tone.IDLE,
    BatchStanding.AWAITING: Tone.WARN,
    BatchStanding.ABANDONED: Tone.IDLE,
}
ORDERS: Mapping[OrderState, Tone] = {
    OrderState.OPEN: Tone.WARN,
    OrderState.PAID: Tone.GOOD,
    OrderState.DISCARDED: Tone.IDLE,
    OrderState.EXPIRED: Tone.WARN,
}
DOCUMENTS: Mapping[DocumentState, Tone] = {
    DocumentState.UNPAID: Tone.BAD,
    DocumentState.PAYING: Tone.WARN,
    DocumentState.PAID: Tone.GOOD,
    DocumentState.RETURNED: Tone.BAD,
    DocumentState.CREDITED: Tone.IDLE,
    DocumentState.ELSEWHERE: Tone.IDLE,
    DocumentState.CREDIT_NOTE: Tone.IDLE,
}


METHODS: Mapping[Health, Tone] = {
    Health.VALID: Tone.GOOD,
    Health.EXPIRES_SOON: Tone.WARN,
    Health.EXPIRED: Tone.BAD,
    Health.AWAITING: Tone.WARN,
    Health.REFUSED: Tone.BAD,
    Health.UNCONNECTED: Tone.BAD,
}


MESSAGES: Mapping[MessageState, Tone] = {
    MessageState.WAITING: Tone.IDLE,
    MessageState.GATHERED: Tone.IDLE,
    MessageState.DONE: Tone.GOOD,
    MessageState.FAILED: Tone.BAD,
    MessageState.UNSURE: Tone.WARN,
}


def tone(state: Status | BatchStanding | OrderState | DocumentState | Health | MessageState) -> Tone:
    """Raises KeyError for a state that nobody has thought of."""
    match state:
        case Status():
            return STATUSES[state]
        case BatchStanding():
            return BATCHES[state]
        case OrderState():
            return ORDERS[state]
        case DocumentState():
            return DOCUMENTS[state]
        case Health():
            return METHODS[state]
        case MessageState():
            return MESSAGES[state]
