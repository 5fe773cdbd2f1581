"""What letters say of each service that they name, and what can be done about it."""

from collections.abc import Callable, Sequence
from datetime import date

from ..domain.labels import N_
from ..domain.links import LinkPurpose
from ..domain.messages import Mentioned
from .letter import Act, NamedService, Recipient, row

STAND = {"services.index": N_("See your services"), "invoices.index": N_("See your bills")}
"""Where several services can be seen to."""


def first_day(services: Sequence[Mentioned], to: Recipient) -> str:
    days = [each.day for each in services if each.day]
    return to.day(min(days)) if days else ""


def one_or_all(
    services: Sequence[Mentioned], to: Recipient, act: Callable[[Mentioned], Act], several: str = "services.index"
) -> Act:
    """What is done for a single one, or where several stand."""
    if len(services) == 1:
        return act(services[0])
    return to.speaker.gettext(STAND[several]), to.page(several)


def renewing(each: Mentioned, day: date | None, to: Recipient) -> Act:
    """Without signing in, where it is known which term is over then."""
    if day is None:
        return to.speaker.gettext("Renew"), to.page("next_term.renew", reference=each.reference)
    return to.speaker.gettext("Renew"), to.act(LinkPurpose.RENEW, each.reference, day=day)


def paying(each: Mentioned, to: Recipient) -> Act:
    return to.speaker.gettext("Pay"), to.act(LinkPurpose.PAY, each.reference)


def stopping(each: Mentioned, to: Recipient) -> Act:
    return to.speaker.gettext("Do not renew it"), to.act(LinkPurpose.STOP, each.reference, day=each.day)


def page_of(each: Mentioned, to: Recipient) -> str:
    return to.page("services.show", reference=each.reference)


def amounts(to: Recipient) -> str:
    return to.speaker.gettext("Amount, tax included")


def priced(each: Mentioned, to: Recipient, act: Act | None = None) -> NamedService:
    day, amount = each.day and to.day(each.day), each.amount and to.gross(each.amount)
    text = to.speaker.gettext("%(name)s, on %(day)s: %(amount)s", name=each.name, day=day, amount=amount)
    return row(each, to, text, day=each.day, amount=each.amount, act=act)


def deleted_on(each: Mentioned, to: Recipient, act: Act | None = None) -> NamedService:
    if each.day is None:
        return row(each, to, each.name, act=act)
    text = to.speaker.gettext("%(name)s, deleted on %(day)s", name=each.name, day=to.day(each.day))
    return row(each, to, text, day=each.day, act=act)


def lost_on(each: Mentioned, to: Recipient, act: Act) -> NamedService:
    """With what bringing it back costs as well once its registry has taken it."""
    told = deleted_on(each, to, act)
    if each.dearer_on is None or each.amount is None:
        return told
    note = to.speaker.gettext(
        "from %(day)s on, restoring it costs %(amount)s beside its term",
        day=to.day(each.dearer_on),
        amount=to.gross(each.amount),
    )
    return row(each, to, f"{told.text}; {note}", day=each.day, note=note, act=act)


def credited(each: Mentioned, to: Recipient) -> NamedService:
    if each.amount is None:
        return row(each, to, each.name)
    text = to.speaker.gettext("%(name)s, credited: %(amount)s", name=each.name, amount=to.gross(each.amount))
    return row(each, to, text, amount=each.amount)


def erased(each: Mentioned, to: Recipient) -> NamedService:
    if each.day is None:
        return row(each, to, each.name)
    text = to.speaker.gettext("%(name)s, data erased on %(day)s", name=each.name, day=to.day(each.day))
    return row(each, to, text, day=each.day)
