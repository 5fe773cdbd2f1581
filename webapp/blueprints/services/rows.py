"""One service as its row says it: every word chosen here, every tag in the template."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from ...domain.labels import N_
from ...domain.service.actions import Action
from ...domain.service.status import Status
from ...operations.listing.page import Line
from ...web.reader import day, money, period_label, say
from ...web.reader import gettext as _

PAGES: dict[Action, str] = {Action.CONFIGURE: "renewal"}
"""Actions that have a page, and where it lies below the service's."""
FOLLOWS = {
    Status.EXPIRES: N_("suspended unless you renew it"),
    Status.CANCELLATION_SCHEDULED: N_("nothing more will be debited"),
    Status.INCLUDED: N_("nothing to renew"),
    Status.ONE_OFF: N_("nothing to renew"),
}
"""What follows from a status whatever the service."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An action of the row's menu: the reason is empty when it may be taken."""

    label: str
    url: str
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """Texts are plain or safe markup; whatever does not apply is empty."""

    line: Line
    url: str
    type: str
    availability: str
    status: str
    said: str
    alarming: bool
    when: str
    when_said: str
    price: str
    price_note: str
    choices: tuple[Choice, ...]


def described(line: Line, *, base: str, reads_net: bool) -> Row:
    """The row of one service; ``reads_net`` when the reader's own contracts show prices without tax."""
    url = f"{base}/{line.service.reference}"
    priced = line.sees_money and line.service.renews
    return Row(
        line=line,
        url=url,
        type=_(line.service.product.family.label),
        availability=_(line.service.availability.label),
        status=_(line.status.label),
        said=_said(line),
        alarming=line.status is Status.AUTOMATIC and line.sees_money and _method_fails(line),
        when=_when(line),
        when_said=_when_said(line),
        price=money(line.price) if priced else "",
        price_note=_price_note(line, reads_net) if priced else "",
        choices=tuple(
            Choice(_(action.label), f"{url}/{PAGES[action]}", say(refusal) if refusal else "")
            for action, refusal in line.actions(PAGES)
        ),
    )


def _said(line: Line) -> str:
    """What follows from the status."""
    service = line.service
    match line.status:
        case Status.AUTOMATIC:
            return _automatically(line)
        case Status.BILL_TO_PAY if line.sees_money and service.amount_due:
            return money(service.amount_due)
        case Status.BILL_TO_PAY:
            return _("the billing contact has to pay")
        case Status.SUSPENDED if service.suspension:
            return _(service.suspension.label)
        case Status.TERMINATED:
            return _dated(_("since %(day)s"), service.ends_on) if service.ends_on else ""
        case other:
            return _(FOLLOWS[other]) if other in FOLLOWS else ""


def _automatically(line: Line) -> str:
    often = period_label(line.service.period) if line.service.period else ""
    if not line.sees_money:
        return often
    method = line.case.method
    if method is None:
        by = _("no payment method: a bill will be sent")
    elif _method_fails(line):
        by = _("%(method)s cannot be debited", method=method.label)
    else:
        by = method.label
    return f"{often}, {by}"


def _method_fails(line: Line) -> bool:
    method = line.case.method
    return method is not None and line.effective_on is not None and not method.usable_on(line.effective_on)


def _when(line: Line) -> str:
    if line.effective_on is None:
        return ""
    return _("immediately") if line.status is Status.BILL_TO_PAY else day(line.effective_on)


def _when_said(line: Line) -> str:
    if line.effective_on is None:
        return ""
    if line.status is Status.BILL_TO_PAY:
        return _dated(_("billed on %(day)s"), line.effective_on)
    return _(line.date_label)


def _dated(text: str, on: date) -> Markup:
    return Markup(text) % {"day": day(on)}  # noqa: S704


def _price_note(line: Line, reads_net: bool) -> str:
    if line.case.rules.shows_net_prices:
        return _("excl. tax")
    return _("tax included") if reads_net else ""
