"""How a service stands, in words: its status, what follows from it and when; what has passed is told as past."""

from collections.abc import Iterable
from datetime import date

from ..domain.billing.settlement import Fund, order_of_funds
from ..domain.labels import N_
from ..domain.methods import Health, MethodState, PaymentMethod
from ..domain.service.ending import (
    debited_until_then,
    end_of,
    is_over,
    lapsed_until,
    last_moment,
    restored_by_support,
)
from ..domain.service.service import Service, Suspension
from ..domain.service.status import Status, deleted_on, has_come
from ..language.speaker import Speaker
from ..operations.listing.page import Line
from .tones import Tone, tone

AHEAD = {
    Status.CANCELLATION_SCHEDULED: N_("end of service"),
    Status.SUSPENDED: N_("deletion"),
    Status.EXPIRES: N_("expiry"),
    Status.AUTOMATIC: N_("next debit"),
}
"""What happens on the day that a status takes effect."""
PASSED = {
    Status.CANCELLATION_SCHEDULED: N_("ended"),
    Status.SUSPENDED: N_("deletion due since"),
    Status.EXPIRES: N_("expired"),
    Status.AUTOMATIC: N_("due since"),
}
"""The same where that day has come."""
RENEWAL = N_("renewal")
"""What happens on that day for whoever does not pay: with what it is paid is not theirs to know."""
ONCE_PASSED = {Status.CANCELLATION_SCHEDULED: N_("Cancelled"), Status.EXPIRES: N_("Expired")}
"""What a status is called then."""
DELETED = {
    Suspension.DEBT: N_("deleted on %(day)s unless it is paid"),
    Suspension.EXPIRED: N_("deleted on %(day)s unless it is renewed"),
}
FOLLOWS = {
    Status.EXPIRES: N_("suspended unless you renew it"),
    Status.INCLUDED: N_("nothing to renew"),
    Status.ONE_OFF: N_("nothing to renew"),
}
"""What follows from a status whatever the service."""


FAILING_METHOD = N_("%(method)s cannot be debited: bills will be sent for what renews with it.")
EXPIRED_METHOD = N_("%(method)s cannot be debited since %(day)s: bills will be sent for what renews with it.")
UNCONNECTED_METHOD = N_(
    "%(method)s is known, but cannot be debited from here: add it again. Until then, bills will be sent for what "
    "renews with it."
)
EXPIRING_METHOD = N_("%(method)s cannot be debited from %(day)s on: bills will be sent for what renews with it then.")


def label_of(status: Status, *, come: bool) -> str:
    """What a status is called, before and after the day on which it takes effect."""
    return ONCE_PASSED.get(status, status.label) if come else status.label


def status(line: Line) -> str:
    return label_of(line.status, come=_passed(line))


def said(line: Line, speaker: Speaker, *, reads_net: bool) -> str:
    """What follows from the status."""
    service = line.service
    match line.status:
        case Status.AUTOMATIC:
            return _automatically(line, speaker)
        case Status.PAYMENT_IN_PROGRESS:
            return speaker.gettext("nothing to do until it is confirmed")
        case Status.BILL_TO_PAY:
            return _owing(line, speaker, reads_net=reads_net)
        case Status.CANCELLATION_SCHEDULED:
            return _ending(line, speaker)
        case Status.SUSPENDED if service.suspension is Suspension.EXPIRED and service.ends_on:
            return speaker.markup(_lapsed(line), day=speaker.day(service.ends_on))
        case Status.SUSPENDED if service.suspension:
            return speaker.gettext(service.suspension.label)
        case Status.EXPIRES if _passed(line):
            return _expired(line, speaker)
        case Status.TERMINATED:
            return _over(line, speaker)
        case other:
            return speaker.gettext(FOLLOWS[other]) if other in FOLLOWS else ""


def _lapsed(line: Line) -> str:
    if restored_by_support(line.service, line.case.today):
        return N_("expired on %(day)s; only support can have it restored")
    return N_("expired on %(day)s; renewing brings it back")


def _over(line: Line, speaker: Speaker) -> str:
    end = line.service.ends_on
    if end is None:
        return ""
    if is_over(line.service, line.case.today):
        return speaker.markup("since %(day)s", day=speaker.day(end))
    return speaker.gettext("before the end of its term")


def _owing(line: Line, speaker: Speaker, *, reads_net: bool) -> str:
    due = line.service.amount_due if line.sees_money else None
    owed = speaker.money(due) if due else speaker.gettext("the billing contact has to pay")
    if due and _says_basis(line, reads_net=reads_net):
        owed = speaker.markup("%(amount)s, tax included", amount=owed)
    erased = deletion(line.service, line.case.today, speaker)
    return speaker.markup("%(owed)s; %(deletion)s", owed=owed, deletion=erased) if erased else owed


def _expired(line: Line, speaker: Speaker) -> str:
    day = lapsed_until(line.service)
    if day is None:
        return speaker.gettext("renew it to keep it")
    if day < line.case.today:
        return speaker.markup("renew it to keep it: its deletion was due on %(day)s", day=speaker.day(day))
    return speaker.markup("renew it to keep it, or it is deleted on %(day)s", day=speaker.day(day))


def deletion(service: Service, today: date, speaker: Speaker) -> str:
    """When a suspended service is deleted, and what keeps it; empty where nobody knows, or where nothing lapsed."""
    day = deleted_on(service)
    if day is None or service.suspension not in DELETED:
        return ""
    said = N_("deleted on %(day)s if the payment does not arrive") if service.paid_in else DELETED[service.suspension]
    return speaker.gettext(said if day >= today else N_("its deletion was due on %(day)s"), day=speaker.plain_day(day))


def warning(service: Service, today: date, speaker: Speaker) -> str:
    """The same as a sentence of its own."""
    day = deleted_on(service)
    if day is None or service.suspension not in DELETED:
        return ""
    said = N_("If the payment does not arrive, it is deleted on %(day)s.")
    if not service.paid_in:
        said = N_("If nothing is done, it is deleted on %(day)s.")
    return speaker.gettext(said if day >= today else N_("Its deletion was due on %(day)s."), day=speaker.plain_day(day))


ENDINGS = {
    (False, False): N_("no more debits"),
    (False, True): N_("no more debits; can be undone until %(moment)s"),
    (True, False): N_("committed: due until then"),
    (True, True): N_("committed: due until then; can be undone until %(moment)s"),
}
"""By whether terms are still to be paid, and whether the cancellation can still be undone."""


def _ending(line: Line, speaker: Speaker) -> str:
    end, zone = end_of(line.service), line.case.rules.portal.zone
    until = last_moment(end, zone) if end else line.case.now
    said = ENDINGS[debited_until_then(line.service), line.case.now <= until]
    return speaker.markup(said, moment=speaker.deadline(until, zone))


def _automatically(line: Line, speaker: Speaker) -> str:
    often = speaker.period_label(line.service.period) if line.service.period else ""
    method = line.case.method
    if not line.sees_money:
        return often
    if method is None or billed_instead(line):
        return speaker.gettext("%(often)s · no debit possible", often=often)
    return speaker.gettext("%(often)s, %(method)s", often=often, method=method.label)


def causes(lines: Iterable[Line], speaker: Speaker) -> list[str]:
    """Why bills will be sent for rows whose terms cannot be debited, each reason once."""
    methods = {line.case.method: line.case.today for line in lines if line.sees_money and billed_instead(line)}
    return [_cause(method, today, speaker) for method, today in methods.items()]


def _cause(method: PaymentMethod | None, today: date, speaker: Speaker) -> str:
    if method is None:
        return speaker.gettext("There is no payment method: bills will be sent for what renews automatically.")
    if method.health(today) is Health.UNCONNECTED:
        return speaker.markup(UNCONNECTED_METHOD, method=method.label)
    if method.state is MethodState.VALID and method.expires_on:
        said = EXPIRED_METHOD if method.expires_on <= today else EXPIRING_METHOD
        return speaker.markup(said, method=method.label, day=speaker.day(method.expires_on))
    return speaker.markup(FAILING_METHOD, method=method.label)


def billed_instead(line: Line) -> bool:
    """Whether nothing can be debited at the end of its term, so that a bill is sent."""
    case = line.case
    if line.status is not Status.AUTOMATIC or line.effective_on is None:
        return False
    return Fund.BILL in order_of_funds(max(line.effective_on, case.today), case.method)


def _passed(line: Line) -> bool:
    return has_come(line.status, line.effective_on, line.case.today)


def tone_of(line: Line) -> Tone:
    if line.status is Status.EXPIRES and _passed(line):
        return Tone.BAD
    return Tone.WARN if line.sees_money and billed_instead(line) else tone(line.status)


def when(line: Line, speaker: Speaker) -> str:
    if line.effective_on is None:
        return ""
    return speaker.gettext("immediately") if line.status is Status.BILL_TO_PAY else speaker.day(line.effective_on)


def when_said(line: Line, speaker: Speaker) -> str:
    if line.effective_on is None:
        return ""
    match line.status:
        case Status.BILL_TO_PAY:
            return speaker.markup("billed on %(day)s", day=speaker.day(line.effective_on))
        case Status.PAYMENT_IN_PROGRESS:
            return speaker.gettext(N_("billed") if line.service.billed_on else RENEWAL)
        case Status.SUSPENDED if deleted_on(line.service) is None:
            return speaker.gettext("suspended since")
        case Status.AUTOMATIC if not _passed(line) and not line.sees_money:
            return speaker.gettext(RENEWAL)
        case Status.AUTOMATIC if not _passed(line) and billed_instead(line):
            return speaker.gettext("next bill")
        case status:
            return speaker.gettext((PASSED if _passed(line) else AHEAD)[status])


def price_note(line: Line, speaker: Speaker, *, reads_net: bool) -> str:
    return speaker.gettext(line.case.rules.price_basis) if _says_basis(line, reads_net=reads_net) else ""


def _says_basis(line: Line, *, reads_net: bool) -> bool:
    """Whether an amount may not stand alone: consumers see none but those with tax."""
    return reads_net or not line.case.rules.for_a_consumer
