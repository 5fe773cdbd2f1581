"""Letters to contacts of services who do not pay for them."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from ..domain.labels import N_, NN_, Plural
from ..domain.messages import (
    ContactTold,
    DeletionAhead,
    HolderTold,
    Mentioned,
    RenewalsAhead,
    ServicesDeleted,
    ServicesEnded,
    ServicesExpire,
    ServicesInDebt,
    ServicesLapsed,
    ServicesUnpaid,
)
from . import because
from .letter import Facts, Letter, NamedService, Recipient, Write, listed, mentioned, row, subject, why
from .named import deleted_on, erased, first_day, one_or_all, page_of


class Says(NamedTuple):
    """What is told, what the day of each service is, and what is said of one."""

    says: Plural
    day: str
    because: Callable[[Mentioned, Recipient], Sequence[str]]
    """Why its day is what it is."""
    named: Callable[[Mentioned, Recipient], NamedService] | None = None
    """None where that is the same."""


SAYS: Mapping[str, Says] = {
    RenewalsAhead.kind: Says(
        NN_("%(name)s renews by itself on %(day)s", "%(count)s services renew by themselves, from %(day)s on"),
        N_("Renewal on"),
        because.renewed,
    ),
    ServicesExpire.kind: Says(
        NN_(
            "%(name)s ends on %(day)s unless it is renewed",
            "%(count)s services end unless they are renewed, from %(day)s on",
        ),
        N_("Ends on"),
        because.ended,
    ),
    ServicesUnpaid.kind: Says(
        NN_(
            "%(name)s is suspended on %(day)s unless it is paid for",
            "%(count)s services are suspended unless they are paid for, from %(day)s on",
        ),
        N_("Suspended on"),
        because.suspended,
    ),
    ServicesLapsed.kind: Says(
        NN_("%(name)s is suspended: nobody renewed it", "%(count)s services are suspended: nobody renewed them"),
        N_("Deleted on"),
        because.deleted,
        deleted_on,
    ),
    ServicesInDebt.kind: Says(
        NN_("%(name)s is suspended: nobody paid for it", "%(count)s services are suspended: nobody paid for them"),
        N_("Deleted on"),
        because.deleted,
        deleted_on,
    ),
    DeletionAhead.kind: Says(
        NN_(
            "%(name)s is deleted on %(day)s unless somebody renews it or pays for it",
            "%(count)s services are deleted unless somebody renews them or pays for them, from %(day)s on",
        ),
        N_("Deleted on"),
        because.deleted,
    ),
    ServicesDeleted.kind: Says(NN_("%(name)s is deleted", "%(count)s services are deleted"), "", because.deleted),
    ServicesEnded.kind: Says(
        NN_("%(name)s has ended", "%(count)s services have ended"), N_("Data erased on"), because.erased, erased
    ),
}
"""By the kind of what their payers are told."""


def _told(facts: Facts, to: Recipient) -> Letter:
    gettext, services, says = to.speaker.gettext, mentioned(facts), SAYS[facts["of"]]
    return Letter(
        subject(services, to, says.says, day=first_day(services, to)),
        gettext("Nothing is asked of you: whoever pays has been told as well."),
        one_or_all(services, to, lambda each: (gettext("See the service"), page_of(each, to))),
        listed(services, to, lambda each: _named(each, says, to), day=gettext(says.day) if says.day else ""),
        because=why(services, to, says.because),
    )


def _named(each: Mentioned, says: Says, to: Recipient) -> NamedService:
    if says.named:
        return says.named(each, to)
    return row(each, to, subject([each], to, says.says, day=first_day([each], to)), day=each.day)


LETTERS: Mapping[str, Write] = {ContactTold.kind: _told, HolderTold.kind: _told}
"""By the kind of the message."""
