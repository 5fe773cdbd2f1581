"""Letters about what happened, or will happen, to services."""

from collections.abc import Mapping, Sequence

from ..domain.labels import NN_
from ..domain.messages import (
    DeletionAhead,
    Mentioned,
    RenewalsAhead,
    ServicesDeleted,
    ServicesEnded,
    ServicesExpire,
    ServicesInDebt,
    ServicesLapsed,
    ServicesUnpaid,
)
from .letter import Facts, Letter, Recipient, Write, mentioned, named, subject


def _ended(facts: Facts, to: Recipient) -> Letter:
    gettext, services = to.speaker.gettext, mentioned(facts)
    return Letter(
        subject(services, to, NN_("%(name)s has ended", "%(count)s services have ended")),
        gettext("Nothing is to be done: the day has come on which your cancellation takes effect."),
        (gettext("See your services"), to.page("services.index")),
        named(services, lambda each: _erased(each, to), to.speaker),
    )


def _erased(each: Mentioned, to: Recipient) -> str:
    if each.day is None:
        return each.name
    return to.speaker.gettext("%(name)s, data erased on %(day)s", name=each.name, day=to.speaker.plain_day(each.day))


def _expire(facts: Facts, to: Recipient) -> Letter:
    gettext, services = to.speaker.gettext, mentioned(facts)
    return Letter(
        subject(
            services,
            to,
            NN_("%(name)s ends on %(day)s unless you renew it", "%(count)s services end, from %(day)s on"),
            day=_first_day(services, to),
        ),
        gettext("Renew what you want to keep: what is renewed by hand ends by itself, on the day named here."),
        _first(services, to, gettext("Renew"), "next_term.renew"),
        named(services, lambda each: _priced(each, to), to.speaker),
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
        subject(
            services,
            to,
            NN_("%(name)s renews on %(day)s", "%(count)s services renew, from %(day)s on"),
            day=_first_day(services, to),
        ),
        lead,
        _first(services, to, gettext("Configure the renewal, or cancel"), "services.show"),
        named(services, lambda each: _priced(each, to), to.speaker),
        (
            gettext(
                "What you do not want to keep, cancel or renew by hand: up to 24 hours before its day, at its page."
            ),
        ),
    )


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
            day=_first_day(services, to),
        ),
        gettext("Please pay what is owed: nothing could be debited for it."),
        (gettext("See your bills"), to.page("invoices.index")),
        named(services, lambda each: _priced(each, to), to.speaker),
    )


def _lapsed(facts: Facts, to: Recipient) -> Letter:
    gettext, services = to.speaker.gettext, mentioned(facts)
    return Letter(
        _suspended(services, to),
        gettext("Renew what you want to keep: nobody has, and the paid time is over. Renewing brings it back."),
        _first(services, to, gettext("Renew"), "next_term.renew"),
        named(services, lambda each: _lost_on(each, to), to.speaker),
    )


def _in_debt(facts: Facts, to: Recipient) -> Letter:
    gettext, services = to.speaker.gettext, mentioned(facts)
    return Letter(
        _suspended(services, to),
        gettext("Please pay what is owed: paying brings it back."),
        (gettext("See your bills"), to.page("invoices.index")),
        named(services, lambda each: _deleted_on(each, to), to.speaker),
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
            day=_first_day(services, to),
        ),
        gettext(
            "Renew or pay for what you want to keep: then nothing is deleted. What is deleted cannot be recovered."
        ),
        _first(services, to, gettext("See what can be done"), "services.show"),
        named(services, lambda each: _deleted_on(each, to), to.speaker),
    )


def _deleted(facts: Facts, to: Recipient) -> Letter:
    gettext, services = to.speaker.gettext, mentioned(facts)
    return Letter(
        subject(services, to, NN_("%(name)s is deleted", "%(count)s services are deleted")),
        gettext(
            "Nothing can be done any more: it was neither renewed nor paid for. What was billed in vain is credited."
        ),
        (gettext("See your services"), to.page("services.index")),
        named(services, lambda each: _credited(each, to), to.speaker),
    )


def _first_day(services: Sequence[Mentioned], to: Recipient) -> str:
    days = [each.day for each in services if each.day]
    return to.speaker.plain_day(min(days)) if days else ""


def _first(services: Sequence[Mentioned], to: Recipient, label: str, page: str) -> tuple[str, str]:
    """Where something is done for a single one, or the table for several."""
    if len(services) == 1:
        return label, to.page(page, reference=services[0].reference)
    return to.speaker.gettext("See your services"), to.page("services.index")


def _priced(each: Mentioned, to: Recipient) -> str:
    day, amount = each.day and to.speaker.plain_day(each.day), each.amount and to.speaker.plain_money(each.amount)
    return to.speaker.gettext("%(name)s, on %(day)s: %(amount)s", name=each.name, day=day, amount=amount)


def _deleted_on(each: Mentioned, to: Recipient) -> str:
    if each.day is None:
        return each.name
    return to.speaker.gettext("%(name)s, deleted on %(day)s", name=each.name, day=to.speaker.plain_day(each.day))


def _lost_on(each: Mentioned, to: Recipient) -> str:
    """With what bringing it back costs as well once its registry has taken it."""
    told = _deleted_on(each, to)
    if each.dearer_on is None or each.amount is None:
        return told
    return to.speaker.gettext(
        "%(name)s; from %(day)s on, restoring it costs %(amount)s beside its term",
        name=told,
        day=to.speaker.plain_day(each.dearer_on),
        amount=to.speaker.plain_money(each.amount),
    )


def _credited(each: Mentioned, to: Recipient) -> str:
    if each.amount is None:
        return each.name
    amount = to.speaker.plain_money(each.amount)
    return to.speaker.gettext("%(name)s, credited: %(amount)s", name=each.name, amount=amount)


LETTERS: Mapping[str, Write] = {
    ServicesEnded.kind: _ended,
    RenewalsAhead.kind: _renewals_ahead,
    ServicesExpire.kind: _expire,
    ServicesUnpaid.kind: _unpaid,
    ServicesLapsed.kind: _lapsed,
    ServicesInDebt.kind: _in_debt,
    DeletionAhead.kind: _deletion_ahead,
    ServicesDeleted.kind: _deleted,
}
"""By the kind of the message."""
