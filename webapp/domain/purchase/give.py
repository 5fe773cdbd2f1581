"""What a paid line gives, decided by its purpose, whoever pays it: a term, another renewal day, an end of a debt."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from ..billing.order import ORDER_OVER
from ..billing.quote import Purpose
from ..events import Aligned, BillCredited, BillPaid, Renewed, ServiceEvent
from ..labels import N_
from ..refusals import Reason, Refusal
from ..renewal.terms import Term, paid_until, renewal_day
from ..service.case import Case
from ..service.reasons import BILL_TO_PAY, CANCELLATION_SCHEDULED, TERMINATED
from ..service.service import Availability, Service
from .bills import SETTLED_MEANWHILE, Owed, after_paying, owing, why_not_paid
from .bought import Bought, PaidBill

RENEWED_MEANWHILE = Reason(
    "renewed-meanwhile",
    N_("The service was paid for meanwhile: this term is bought already."),
    N_("They were paid for meanwhile: these terms are bought already."),
)
WHY_CREDITED = {
    TERMINATED.code: N_("The service was terminated before the payment arrived."),
    CANCELLATION_SCHEDULED.code: N_("The service was cancelled before the payment arrived."),
    RENEWED_MEANWHILE.code: N_("The service was paid for otherwise before the payment arrived."),
    BILL_TO_PAY.code: N_("A bill for the service came before the payment, and must be paid first."),
    SETTLED_MEANWHILE.code: N_("The bill was settled otherwise before the payment arrived."),
    ORDER_OVER.code: N_("The order was over when the payment arrived."),
}
"""By the code that the ledger keeps."""


@dataclass(frozen=True, slots=True)
class Given:
    """What comes of a line for its service."""

    after: Service
    event: ServiceEvent
    term: Term | None = None


def why_nothing(case: Case, bought: Bought) -> Refusal | None:
    """Why nothing is given for it any more: something happened to the service while it was being paid.

    Who asks makes no difference any more; the money becomes credit, and nothing is lost.
    """
    if bought.bill:
        return why_not_paid(case, bought.days and bought.days[0], settled=bought.bill.settled)
    service = case.service
    if service.availability is Availability.TERMINATED:
        return TERMINATED()
    if service.cancels_on:
        return CANCELLATION_SCHEDULED(day=service.cancels_on)
    if service.ends_on != bought.term[0]:
        return RENEWED_MEANWHILE()
    return BILL_TO_PAY() if service.amount_due else None


def give(case: Case, bought: Bought, owed: Owed | None) -> Given:
    """What the line gives, where that much is still owed on the service then."""
    return GIVING[bought.purpose](case, bought, owed)


def take_back(case: Case, bought: Bought, owed: Owed | None) -> Given | None:
    """What becomes of a bill that brings nothing any more: it is owed no longer. None where there is none to take."""
    if bought.bill is None or bought.bill.settled:
        return None
    return Given(owing(case.service, owed), BillCredited(_ordered(bought), bought.bill.code, bought.gross))


def _term(case: Case, bought: Bought, owed: Owed | None) -> Given:
    start, end = bought.term
    event = Renewed(bought.order, start, end, bought.net, bought.gross, bought.taxes)
    return Given(paid_until(case, end), event, _added(bought))


def _moved(case: Case, bought: Bought, owed: Owed | None) -> Given:
    start, end = bought.term
    day = bought.anchor_day or end.day
    prices = (bought.net, bought.gross, bought.taxes)
    event = Aligned(bought.order, renewal_day(case.service.anchor_day, start), day, start, end, *prices)
    return Given(replace(paid_until(case, end), anchor_day=day), event, _added(bought))


def _billed(case: Case, bought: Bought, owed: Owed | None) -> Given:
    """The term of a bill is given where it follows; an inventory may have given it already."""
    follows = bought.days is not None and bought.days[0] == case.service.ends_on
    days = bought.days if follows else None
    event = BillPaid(_ordered(bought), _bill(bought).code, bought.gross, days)
    after = after_paying(case, owed, days[1] if days else case.service.ends_on)
    return Given(after, event, _added(bought) if days else None)


def _bill(bought: Bought) -> PaidBill:
    if bought.bill is None:
        raise ValueError(f"line {bought.line_id} of order {bought.order} pays no bill")
    return bought.bill


def _ordered(bought: Bought) -> str:
    if bought.order is None:
        raise ValueError("a bill is paid by an order")
    return bought.order


def _added(bought: Bought) -> Term | None:
    """None where no day is added."""
    start, end = bought.term
    return Term(start, end, order_line_id=bought.line_id) if end > start else None


GIVING: Mapping[Purpose, Callable[[Case, Bought, Owed | None], Given]] = {
    Purpose.RENEW: _term,
    Purpose.ANTICIPATE: _term,
    Purpose.ALIGN: _moved,
    Purpose.BILL: _billed,
}
