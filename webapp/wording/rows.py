"""One service as its row says it: every word chosen here, every tag in the template."""

from collections.abc import Callable
from dataclasses import dataclass

from ..domain.billing.order import PAYMENT_UNDER_WAY
from ..domain.labels import N_
from ..domain.refusals import Refusal
from ..domain.service.actions import Action
from ..domain.service.conditions import LAPSES
from ..domain.service.ending import debited_until_then, end_of, last_moment
from ..domain.service.status import Status
from ..language.speaker import Speaker
from ..operations.listing.page import Line

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
    said: str
    alarming: bool
    when: str
    when_said: str
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
        status=speaker.gettext(line.status.label),
        said=_said(line, speaker),
        alarming=line.status is Status.AUTOMATIC and line.sees_money and _method_fails(line),
        when=_when(line, speaker),
        when_said=_when_said(line, speaker),
        price=speaker.money(line.price) if priced else "",
        price_note=_price_note(line, speaker, reads_net) if priced else "",
        action=_first(line, speaker, addresses),
    )


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
    if refusal.code == LAPSES.code:
        instead = Link(speaker.gettext("What to do instead"), url)
    elif refusal.code == PAYMENT_UNDER_WAY.code and line.paid_in:
        instead = _payment(line.paid_in, speaker, addresses)
    return MenuEntry(label, url, speaker.refusal(refusal), instead)


def _said(line: Line, speaker: Speaker) -> str:
    """What follows from the status."""
    service = line.service
    match line.status:
        case Status.AUTOMATIC:
            return _automatically(line, speaker)
        case Status.PAYMENT_IN_PROGRESS:
            return speaker.gettext("nothing to do until it is confirmed")
        case Status.BILL_TO_PAY if line.sees_money and service.amount_due:
            return speaker.money(service.amount_due)
        case Status.BILL_TO_PAY:
            return speaker.gettext("the billing contact has to pay")
        case Status.CANCELLATION_SCHEDULED:
            return _ending(line, speaker)
        case Status.SUSPENDED if service.suspension:
            return speaker.gettext(service.suspension.label)
        case Status.TERMINATED:
            return speaker.markup("since %(day)s", day=speaker.day(service.ends_on)) if service.ends_on else ""
        case other:
            return speaker.gettext(FOLLOWS[other]) if other in FOLLOWS else ""


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
    if _method_fails(line):
        return speaker.gettext("%(often)s, %(method)s cannot be debited", often=often, method=method.label)
    return speaker.gettext("%(often)s, %(method)s", often=often, method=method.label)


def _method_fails(line: Line) -> bool:
    method = line.case.method
    return method is not None and line.effective_on is not None and not method.usable_on(line.effective_on)


def _when(line: Line, speaker: Speaker) -> str:
    if line.effective_on is None:
        return ""
    return speaker.gettext("immediately") if line.status is Status.BILL_TO_PAY else speaker.day(line.effective_on)


def _when_said(line: Line, speaker: Speaker) -> str:
    if line.effective_on is None:
        return ""
    if line.status is Status.BILL_TO_PAY:
        return speaker.markup("billed on %(day)s", day=speaker.day(line.effective_on))
    return speaker.gettext(line.date_label)


def _price_note(line: Line, speaker: Speaker, reads_net: bool) -> str:
    if line.case.rules.shows_net_prices:
        return speaker.gettext("excl. tax")
    return speaker.gettext("tax included") if reads_net else ""
