"""What is to be done, in words, each with the page where it is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ..domain.labels import N_, NN_
from ..domain.listing.table import Due, Table
from ..domain.listing.todo import Task, ToDo
from ..domain.service.status import Status
from ..language.speaker import Speaker
from .rows import Link
from .tones import Tone

LABELS: Mapping[Task, tuple[str, str]] = {
    Task.DELETED_SOON: NN_(
        "%(count)s suspended service will be deleted", "%(count)s suspended services will be deleted"
    ),
    Task.EXPIRED: NN_("%(count)s service has expired", "%(count)s services have expired"),
    Task.BILLS: NN_("%(count)s service has a bill to pay", "%(count)s services have bills to pay"),
    Task.FAILING: NN_("%(count)s renewal cannot be debited", "%(count)s renewals cannot be debited"),
    Task.EXPIRING: NN_("%(count)s service expires within 30 days", "%(count)s services expire within 30 days"),
    Task.ORDERS: NN_("%(count)s order waits to be paid", "%(count)s orders wait to be paid"),
    Task.AGREEMENTS: NN_("%(count)s agreement to accept", "%(count)s agreements to accept"),
    Task.LITTLE_LEFT: NN_("Little is left on your balance", "Little is left on your balance"),
    Task.OTHERS_BILLS: NN_(
        "%(count)s bill is for another contact to pay", "%(count)s bills are for other contacts to pay"
    ),
    Task.IN_PROGRESS: NN_("%(count)s payment is in progress", "%(count)s payments are in progress"),
}
DAYS = {
    Task.DELETED_SOON: N_("from %(day)s"),
    Task.EXPIRED: N_("since %(day)s"),
    Task.BILLS: N_("since %(day)s"),
    Task.FAILING: N_("from %(day)s"),
    Task.EXPIRING: N_("from %(day)s"),
}
"""What the first day is to those tasks that have one."""
TABLES = {
    Task.DELETED_SOON: Table(status=(Status.SUSPENDED,)),
    Task.EXPIRED: Table(status=(Status.EXPIRES,)),
    Task.EXPIRING: Table(status=(Status.EXPIRES,), due=(Due.MONTH,)),
    Task.OTHERS_BILLS: Table(status=(Status.BILL_TO_PAY,)),
    Task.IN_PROGRESS: Table(status=(Status.PAYMENT_IN_PROGRESS,)),
}
"""Where the services stand that it is about."""
TONES = {
    Task.DELETED_SOON: Tone.BAD,
    Task.EXPIRED: Tone.BAD,
    Task.BILLS: Tone.BAD,
    Task.OTHERS_BILLS: Tone.IDLE,
    Task.IN_PROGRESS: Tone.IDLE,
}


@dataclass(frozen=True, slots=True)
class Told:
    """One line: a link, and what there is to know besides; markup."""

    link: Link
    details: Sequence[str]
    tone: Tone


def told(each: ToDo, url: str, speaker: Speaker) -> Told:
    label = speaker.ngettext(*LABELS[each.task], each.count, count=speaker.number(each.count))
    details = []
    if each.amounts:
        amounts = Markup(" + ").join(speaker.money(amount) for amount in each.amounts)
        taxed = each.task is not Task.LITTLE_LEFT
        details.append(speaker.markup("%(amount)s, tax included", amount=amounts) if taxed else amounts)
    if each.first_on and each.task in DAYS:
        details.append(speaker.markup(DAYS[each.task], day=speaker.day(each.first_on)))
    return Told(Link(label, url), details, TONES.get(each.task, Tone.WARN))
