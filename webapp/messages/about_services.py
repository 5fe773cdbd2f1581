"""Letters about what happened, or will happen, to services."""

from collections.abc import Mapping, Sequence
from datetime import date

from ..domain.labels import NN_
from ..domain.messages import (
    DeletionAhead,
    Mentioned,
    OwnEnds,
    OwnRenewals,
    RenewalsAhead,
    ServicesDeleted,
    ServicesEnded,
    ServicesExpire,
    ServicesInDebt,
    ServicesLapsed,
    ServicesUnpaid,
)
from . import because
from .letter import Facts, Letter, Recipient, Write, listed, mentioned, subject, total, why
from .named import (
    amounts,
    credited,
    deleted_on,
    erased,
    first_day,
    lost_on,
    one_or_all,
    page_of,
    paying,
    priced,
    renewing,
    stopping,
)


def _ended(facts: Facts, to: Recipient) -> Letter:
    gettext, services = to.speaker.gettext, mentioned(facts)
    return Letter(
        subject(services, to, NN_("%(name)s has ended", "%(count)s services have ended")),
        gettext("Nothing is to be done: the day has come on which your cancellation takes effect."),
        (gettext("See your services"), to.page("services.index")),
        listed(services, to, lambda each: erased(each, to), day=gettext("Data erased on")),
        because=why(services, to, because.erased),
    )


def _expire(facts: Facts, to: Recipient) -> Letter:
    gettext, services = to.speaker.gettext, mentioned(facts)
    says = NN_("%(name)s ends on %(day)s unless you renew it", "%(count)s services end, from %(day)s on")
    dearer = NN_(
        "%(name)s ends on %(day)s unless you renew it: %(amount)s",
        "%(count)s services end, from %(day)s on, unless you renew them: %(amount)s",
    )
    amount = total(services, to)
    return Letter(
        subject(services, to, dearer if amount else says, day=first_day(services, to), amount=amount),
        gettext("Renew what you want to keep: what is renewed by hand ends by itself, on the day named here."),
        one_or_all(services, to, lambda each: renewing(each, each.day, to)),
        listed(
            services,
            to,
            lambda each: priced(each, to, renewing(each, each.day, to)),
            day=gettext("Ends on"),
            amount=amounts(to),
        ),
        because=why(services, to, because.ended),
    )


def _renewals_ahead(facts: Facts, to: Recipient) -> Letter:
    gettext, services, method = to.speaker.gettext, mentioned(facts), facts["debited_from"]
    if method:
        lead = gettext(
            "Nothing is to be done: it is paid from your balance, then debited from %(method)s.", method=method
        )
    else:
        lead = gettext(
            "Nothing can be debited for it as it stands: what your balance does not pay, you are billed for."
        )
    return Letter(
        _renews(services, to, method),
        lead,
        one_or_all(services, to, lambda each: (gettext("Configure the renewal, or cancel"), page_of(each, to))),
        listed(
            services,
            to,
            lambda each: priced(each, to, stopping(each, to)),
            day=gettext("Renewal on"),
            amount=amounts(to),
        ),
        (
            gettext(
                "What you do not want to keep, cancel or renew by hand: up to 24 hours before its day, at its page."
            ),
        ),
        because=why(services, to, because.renewed),
    )


def _renews(services: Sequence[Mentioned], to: Recipient, method: str | None) -> str:
    amount, says = total(services, to), NN_("%(name)s renews on %(day)s", "%(count)s services renew, from %(day)s on")
    if amount and method:
        says = NN_(
            "%(name)s renews on %(day)s: %(amount)s, %(method)s",
            "%(count)s services renew, from %(day)s on: %(amount)s, %(method)s",
        )
    elif amount:
        says = NN_("%(name)s renews on %(day)s: %(amount)s", "%(count)s services renew, from %(day)s on: %(amount)s")
    return subject(services, to, says, day=first_day(services, to), amount=amount, method=method)


def _unpaid(facts: Facts, to: Recipient) -> Letter:
    gettext, services = to.speaker.gettext, mentioned(facts)
    return Letter(
        subject(
            services,
            to,
            NN_(
                "%(name)s is not paid for: it is suspended on %(day)s",
                "%(count)s services are not paid for: they are suspended from %(day)s on",
            ),
            day=first_day(services, to),
        ),
        gettext("Please pay what is owed: nothing could be debited for it."),
        one_or_all(services, to, lambda each: paying(each, to), several="invoices.index"),
        listed(
            services,
            to,
            lambda each: priced(each, to, paying(each, to)),
            day=gettext("Suspended on"),
            amount=amounts(to),
        ),
        because=why(services, to, because.suspended),
    )


def _lapsed(facts: Facts, to: Recipient) -> Letter:
    gettext, services = to.speaker.gettext, mentioned(facts)
    told_on = date.fromisoformat(facts["on"]) if "on" in facts else None
    return Letter(
        _suspended(services, to),
        gettext("Renew what you want to keep: nobody has, and the paid time is over. Renewing brings it back."),
        one_or_all(services, to, lambda each: renewing(each, told_on, to)),
        listed(services, to, lambda each: lost_on(each, to, renewing(each, told_on, to)), day=gettext("Deleted on")),
        because=why(services, to, because.deleted),
    )


def _in_debt(facts: Facts, to: Recipient) -> Letter:
    gettext, services = to.speaker.gettext, mentioned(facts)
    return Letter(
        _suspended(services, to),
        gettext("Please pay what is owed: paying brings it back."),
        one_or_all(services, to, lambda each: paying(each, to), several="invoices.index"),
        listed(services, to, lambda each: deleted_on(each, to, paying(each, to)), day=gettext("Deleted on")),
        because=why(services, to, because.deleted),
    )


def _suspended(services: Sequence[Mentioned], to: Recipient) -> str:
    return subject(services, to, NN_("%(name)s is suspended", "%(count)s services are suspended"))


def _deletion_ahead(facts: Facts, to: Recipient) -> Letter:
    gettext, services = to.speaker.gettext, mentioned(facts)
    return Letter(
        subject(
            services,
            to,
            NN_("%(name)s is deleted on %(day)s", "%(count)s services are deleted, from %(day)s on"),
            day=first_day(services, to),
        ),
        gettext(
            "Renew or pay for what you want to keep: then nothing is deleted. What is deleted cannot be recovered."
        ),
        one_or_all(services, to, lambda each: (gettext("See what can be done"), page_of(each, to))),
        listed(services, to, lambda each: deleted_on(each, to), day=gettext("Deleted on")),
        because=why(services, to, because.deleted),
    )


def _deleted(facts: Facts, to: Recipient) -> Letter:
    gettext, services = to.speaker.gettext, mentioned(facts)
    return Letter(
        subject(services, to, NN_("%(name)s is deleted", "%(count)s services are deleted")),
        gettext(
            "Nothing can be done any more: it was neither renewed nor paid for. What was billed in vain is credited."
        ),
        (gettext("See your services"), to.page("services.index")),
        listed(services, to, lambda each: credited(each, to), amount=gettext("Credited, tax included")),
    )


LETTERS: Mapping[str, Write] = {
    ServicesEnded.kind: _ended,
    RenewalsAhead.kind: _renewals_ahead,
    ServicesExpire.kind: _expire,
    OwnEnds.kind: _expire,
    OwnRenewals.kind: _renewals_ahead,
    ServicesUnpaid.kind: _unpaid,
    ServicesLapsed.kind: _lapsed,
    ServicesInDebt.kind: _in_debt,
    DeletionAhead.kind: _deletion_ahead,
    ServicesDeleted.kind: _deleted,
}
"""By the kind of the message."""
