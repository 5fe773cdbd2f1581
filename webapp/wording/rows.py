"""One service as its row says it: every word chosen here, every tag in the template."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ..domain.billing.order import PAYMENT_UNDER_WAY
from ..domain.labels import N_
from ..domain.refusals import Refusal
from ..domain.service.actions import Action
from ..domain.service.conditions import EXPIRED, LAPSED, LAPSES
from ..domain.service.ending import debited_until_then, end_of, lapsed_until, last_moment
from ..domain.service.service import Service, Suspension
from ..domain.service.status import Status, deleted_on
from ..language.speaker import Speaker
from ..operations.listing.page import Line
from .tones import Tone, tone

PAGES: dict[Action, str] = {
    Action.CONFIGURE: "renewal",
    Action.ANTICIPATE: "anticipate",
    Action.RENEW: "renew",
    Action.PAY: "pay",
    Action.CANCEL: "cancel",
    Action.UNDO_CANCELLATION: "cancel/undo",
    Action.ALIGN: "align",
}
"""Actions that have a page, and where it lies below the service's."""
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


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """An action on the service: without a reason it may be taken."""

    label: str
    url: str
    reason: str = ""
    instead: Link | None = None
    """Where a reason leads to."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where links lead to."""

    base: str
    """Of the table."""
    suffix: str
    """What a link to a service ends with, so that one finds back."""
    order: Callable[[str], str]
    """The page of an order, by its code."""

    def service(self, line: Line, page: str = "") -> str:
        """Of a page below the service's, or of its own."""
        return f"{self.base}/{line.service.reference}{page and '/'}{page}{self.suffix}"


@dataclass(frozen=True, slots=True)
class RowWords:
    """Texts are plain or safe markup; whatever does not apply is empty."""

    line: Line
    url: str
    menu: str
    type: str
    availability: str
    status: str
    tone: Tone
    said: str
    alarming: bool
    when: str
    when_said: str
    deletion: str
    """When a suspended service is deleted, and what keeps it."""
    price: str
    price_note: str
    action: Link | None
    """What matters first."""


def described(line: Line, speaker: Speaker, *, addresses: Addresses, reads_net: bool) -> RowWords:
    """The row of one service; ``reads_net`` when the reader sees net prices."""
    priced = line.sees_money and line.has_a_next_term
    return RowWords(
        line=line,
        url=addresses.service(line),
        menu=addresses.service(line, "actions"),
        type=speaker.gettext(line.service.product.family.label),
        availability=speaker.gettext(line.service.availability.label),
        status=speaker.gettext(_status(line)),
        tone=_tone(line),
        said=_said(line, speaker, reads_net=reads_net),
        alarming=line.sees_money and _billed_instead(line),
        when=_when(line, speaker),
        when_said=_when_said(line, speaker),
        deletion=deletion(line.service, line.case.today, speaker),
        price=speaker.money(line.price) if priced else "",
        price_note=_price_note(line, speaker, reads_net) if priced else "",
        action=_first(line, speaker, addresses),
    )


def _status(line: Line) -> str:
    return ONCE_PASSED[line.status] if line.status in ONCE_PASSED and _passed(line) else line.status.label


def _first(line: Line, speaker: Speaker, addresses: Addresses) -> Link | None:
    """A payment that is under way is looked at before anything else is done."""
    if line.paid_in:
        return _payment(line.paid_in, speaker, addresses)
    action = line.first_action(PAGES)
    return Link(speaker.gettext(action.label), addresses.service(line, PAGES[action])) if action else None


def _payment(code: str, speaker: Speaker, addresses: Addresses) -> Link:
    return Link(speaker.gettext("See the payment"), addresses.order(code))


def choices(line: Line, speaker: Speaker, *, addresses: Addresses) -> list[MenuEntry]:
    """Everything that can be done with one service, each with the reason where it is refused."""
    return [_choice(line, action, refusal, speaker, addresses) for action, refusal in line.actions(PAGES)]


def _choice(line: Line, action: Action, refusal: Refusal | None, speaker: Speaker, addresses: Addresses) -> MenuEntry:
    label, url = speaker.gettext(action.label), addresses.service(line, PAGES[action])
    if refusal is None:
        return MenuEntry(label, url)
    instead = None
    if refusal.code in (LAPSES.code, LAPSED.code):
        instead = Link(speaker.gettext("What to do instead"), url)
    elif refusal.code == EXPIRED.code:
        instead = Link(speaker.gettext(Action.RENEW.label), addresses.service(line, PAGES[Action.RENEW]))
    elif refusal.code == PAYMENT_UNDER_WAY.code and line.paid_in:
        instead = _payment(line.paid_in, speaker, addresses)
    return MenuEntry(label, url, speaker.refusal(refusal), instead)


def _said(line: Line, speaker: Speaker, *, reads_net: bool) -> str:
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
            return speaker.markup("expired on %(day)s; renewing brings it back", day=speaker.day(service.ends_on))
        case Status.SUSPENDED if service.suspension:
            return speaker.gettext(service.suspension.label)
        case Status.EXPIRES if _passed(line):
            return _expired(line, speaker)
        case Status.TERMINATED:
            return speaker.markup("since %(day)s", day=speaker.day(service.ends_on)) if service.ends_on else ""
        case other:
            return speaker.gettext(FOLLOWS[other]) if other in FOLLOWS else ""


def _owing(line: Line, speaker: Speaker, *, reads_net: bool) -> str:
    due = line.service.amount_due if line.sees_money else None
    owed = speaker.money(due) if due else speaker.gettext("the billing contact has to pay")
    if due and reads_net:
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
    said = DELETED[service.suspension] if day >= today else N_("its deletion was due on %(day)s")
    return speaker.gettext(said, day=speaker.plain_day(day))


ENDINGS = {
    (False, False): N_("no more debits"),
    (False, True): N_("no more debits; can be undone until %(moment)s"),
    (True, False): N_("committed: debited until then"),
    (True, True): N_("committed: debited until then; can be undone until %(moment)s"),
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
    if method is None:
        return speaker.gettext("%(often)s, no payment method: a bill will be sent", often=often)
    if _billed_instead(line):
        return speaker.gettext("%(often)s, %(method)s cannot be debited", often=often, method=method.label)
    return speaker.gettext("%(often)s, %(method)s", often=often, method=method.label)


def _billed_instead(line: Line) -> bool:
    """Whether nothing can be debited at the end of its term, so that a bill is sent."""
    case = line.case
    if line.status is not Status.AUTOMATIC or line.effective_on is None:
        return False
    return case.method is None or not case.method.usable_on(max(line.effective_on, case.today))


def _passed(line: Line) -> bool:
    """Whether the day has come on which the status takes effect; a debit or a deletion may still be made on it."""
    if line.effective_on is None:
        return False
    on_the_day = line.status in ONCE_PASSED
    return line.effective_on < line.case.today or (on_the_day and line.effective_on == line.case.today)


def _tone(line: Line) -> Tone:
    if line.status is Status.EXPIRES and _passed(line):
        return Tone.BAD
    return Tone.WARN if line.sees_money and _billed_instead(line) else tone(line.status)


def _when(line: Line, speaker: Speaker) -> str:
    if line.effective_on is None:
        return ""
    return speaker.gettext("immediately") if line.status is Status.BILL_TO_PAY else speaker.day(line.effective_on)


def _when_said(line: Line, speaker: Speaker) -> str:
    if line.effective_on is None:
        return ""
    match line.status:
        case Status.BILL_TO_PAY:
            return speaker.markup("billed on %(day)s", day=speaker.day(line.effective_on))
        case Status.PAYMENT_IN_PROGRESS:
            return speaker.gettext(N_("billed") if line.service.billed_on else N_("renewal"))
        case Status.SUSPENDED if deleted_on(line.service) is None:
            return speaker.gettext("suspended since")
        case Status.AUTOMATIC if line.sees_money and _billed_instead(line) and not _passed(line):
            return speaker.gettext("next bill")
        case status:
            return speaker.gettext((PASSED if _passed(line) else AHEAD)[status])


def _price_note(line: Line, speaker: Speaker, reads_net: bool) -> str:
    rules = line.case.rules
    return speaker.gettext(rules.price_basis) if rules.shows_net_prices or reads_net else ""
