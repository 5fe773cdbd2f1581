"""One service as its row says it: every word chosen here, every tag in the template."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from ..domain.billing.order import PAYMENT_UNDER_WAY
from ..domain.labels import N_
from ..domain.refusals import Refusal
from ..domain.renewal.choices import Choice
from ..domain.renewal.way_back import WayBack
from ..domain.service.actions import Action
from ..domain.service.reasons import AUTOMATIC, ENDS_BY_ITSELF, EXPIRED, MANUAL
from ..domain.service.service import Service
from ..language.speaker import Speaker
from ..operations.listing.page import Line
from .events import way
from .standing import billed_instead, causes, deletion, price_note, said, status, tone_of, when, when_said
from .tones import Tone

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


SHORT = {
    Action.CONFIGURE: N_("Configure"),
    Action.ANTICIPATE: N_("Bring forward"),
    Action.RENEW: N_("Renew"),
    Action.PAY: N_("Pay"),
    Action.CANCEL: N_("Cancel"),
    Action.ALIGN: N_("Align"),
}
"""What a row calls an action whose service stands beside it; it begins as the whole name does."""


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str
    short: str = ""
    """The same where one sees what it is about."""


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
    row: Callable[[int], str]
    """The table one came from, at the row with that key."""

    def service(self, service: Service, page: str = "") -> str:
        """Of a page below the service's, or of its own."""
        return f"{self.base}/{service.reference}{page and '/'}{page}{self.suffix}"


@dataclass(frozen=True, slots=True)
class RowWords:
    """Texts are plain or safe markup; whatever does not apply is empty."""

    line: Line
    url: str
    menu: str
    here: str
    """The address of the row itself."""
    type: str
    availability: str
    status: str
    tone: Tone
    said: str
    alarming: bool
    cause: str
    """Why a bill is sent instead of a debit."""
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
        url=addresses.service(line.service),
        menu=addresses.service(line.service, "actions"),
        here=addresses.row(line.id),
        type=speaker.gettext(line.service.product.family.label),
        availability=speaker.gettext(line.service.availability.label),
        status=speaker.gettext(status(line)),
        tone=tone_of(line),
        said=said(line, speaker, reads_net=reads_net),
        alarming=line.sees_money and billed_instead(line),
        cause=next(iter(causes([line], speaker)), ""),
        when=when(line, speaker),
        when_said=when_said(line, speaker),
        deletion=deletion(line.service, line.case.today, speaker),
        price=speaker.money(line.price) if priced else "",
        price_note=price_note(line, speaker, reads_net=reads_net) if priced else "",
        action=_first(line, speaker, addresses),
    )


def _first(line: Line, speaker: Speaker, addresses: Addresses) -> Link | None:
    """A payment that is under way is looked at before anything else is done."""
    if line.paid_in:
        return _payment(line.paid_in, speaker, addresses)
    action = line.first_action(PAGES)
    if action is None:
        return None
    short = speaker.gettext(SHORT[action]) if action in SHORT else ""
    return Link(speaker.gettext(action.label), addresses.service(line.service, PAGES[action]), short)


def _payment(code: str, speaker: Speaker, addresses: Addresses) -> Link:
    return Link(speaker.gettext("See the payment"), addresses.order(code))


def put_back(back: WayBack, line: Line, speaker: Speaker, *, addresses: Addresses) -> MenuEntry:
    """What undoes a change; it leads to the page on which that is confirmed like any other."""
    url = addresses.service(line.service, PAGES[back.action])
    label = speaker.gettext(back.action.label)
    if back.to:
        label = speaker.gettext("Put it back: %(how)s", how=way(back.to, speaker))
        url += f"{'&' if '?' in url else '?'}{urlencode({'choice': Choice(back.to.mode, back.to.period).key})}"
    return MenuEntry(label, url, speaker.refusal(back.refusal) if back.refusal else "")


def choices(line: Line, speaker: Speaker, *, addresses: Addresses) -> list[MenuEntry]:
    """Everything that can be done with one service, each with the reason where it is refused."""
    refusals = dict(line.actions(PAGES))
    return [_choice(line, action, refusals, speaker, addresses) for action in refusals]


def _choice(
    line: Line, action: Action, refusals: Mapping[Action, Refusal | None], speaker: Speaker, addresses: Addresses
) -> MenuEntry:
    """Nobody is led from one refusal to the next."""
    label, url = speaker.gettext(action.label), addresses.service(line.service, PAGES[action])
    refusal = refusals[action]
    if refusal is None:
        return MenuEntry(label, url)
    elsewhere = INSTEAD.get(refusal.code, action)
    leads = elsewhere is action or refusals[elsewhere] is None
    way = instead(refusal, line.service, line.paid_in, speaker, addresses) if leads else None
    return MenuEntry(label, url, speaker.refusal(refusal), way)


INSTEAD = {
    **dict.fromkeys(ENDS_BY_ITSELF, Action.CANCEL),
    MANUAL.code: Action.RENEW,
    AUTOMATIC.code: Action.ANTICIPATE,
    EXPIRED.code: Action.RENEW,
}
"""The page that says, or does, what is possible where a refusal of that code is given."""


def instead(
    refusal: Refusal, service: Service, paid_in: str | None, speaker: Speaker, addresses: Addresses
) -> Link | None:
    """Where a refusal leads to; ``paid_in`` is the order whose payment is under way, where its reader may see it."""
    if refusal.code == PAYMENT_UNDER_WAY.code and paid_in:
        return _payment(paid_in, speaker, addresses)
    action = INSTEAD.get(refusal.code)
    return Link(speaker.gettext("What to do instead"), addresses.service(service, PAGES[action])) if action else None
