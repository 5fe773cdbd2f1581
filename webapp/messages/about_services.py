"""Letters about what happened, or will happen, to services."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from ..domain.labels import N_, NN_
from ..domain.links import LinkPurpose
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
from .letter import Act, Facts, Letter, NamedService, Recipient, Write, listed, mentioned, row, subject, total

STAND = {"services.index": N_("See your services"), "invoices.index": N_("See your bills")}
"""Where several services can be seen to."""


def _ended(facts: Facts, to: Recipient) -> Letter:
    gettext, services = to.speaker.gettext, mentioned(facts)
    return Letter(
        subject(services, to, NN_("%(name)s has ended", "%(count)s services have ended")),
        gettext("Nothing is to be done: the day has come on which your cancellation takes effect."),
        (gettext("See your services"), to.page("services.index")),
        listed(services, to, lambda each: _erased(each, to), day=gettext("Data erased on")),
    )


def _erased(each: Mentioned, to: Recipient) -> NamedService:
    if each.day is None:
        return row(each, to, each.name)
    text = to.speaker.gettext("%(name)s, data erased on %(day)s", name=each.name, day=to.day(each.day))
    return row(each, to, text, day=each.day)


def _expire(facts: Facts, to: Recipient) -> Letter:
    gettext, services = to.speaker.gettext, mentioned(facts)
    says = NN_("%(name)s ends on %(day)s unless you renew it", "%(count)s services end, from %(day)s on")
    dearer = NN_(
        "%(name)s ends on %(day)s unless you renew it: %(amount)s",
        "%(count)s services end, from %(day)s on, unless you renew them: %(amount)s",
    )
    amount = total(services, to)
    return Letter(
        subject(services, to, dearer if amount else says, day=_first_day(services, to), amount=amount),
        gettext("Renew what you want to keep: what is renewed by hand ends by itself, on the day named here."),
        _one_or_all(services, to, lambda each: _renewing(each, each.day, to)),
        listed(
            services,
            to,
            lambda each: _priced(each, to, _renewing(each, each.day, to)),
            day=gettext("Ends on"),
            amount=_amounts(to),
        ),
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
        _one_or_all(services, to, lambda each: (gettext("Configure the renewal, or cancel"), _page(each, to))),
        listed(
            services,
            to,
            lambda each: _priced(each, to, _stopping(each, to)),
            day=gettext("Renewal on"),
            amount=_amounts(to),
        ),
        (
            gettext(
                "What you do not want to keep, cancel or renew by hand: up to 24 hours before its day, at its page."
            ),
        ),
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
    return subject(services, to, says, day=_first_day(services, to), amount=amount, method=method)


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
        _one_or_all(services, to, lambda each: _paying(each, to), several="invoices.index"),
        listed(
            services,
            to,
            lambda each: _priced(each, to, _paying(each, to)),
            day=gettext("Suspended on"),
            amount=_amounts(to),
        ),
    )


def _lapsed(facts: Facts, to: Recipient) -> Letter:
    gettext, services = to.speaker.gettext, mentioned(facts)
    told_on = date.fromisoformat(facts["on"]) if "on" in facts else None
    return Letter(
        _suspended(services, to),
        gettext("Renew what you want to keep: nobody has, and the paid time is over. Renewing brings it back."),
        _one_or_all(services, to, lambda each: _renewing(each, told_on, to)),
        listed(services, to, lambda each: _lost_on(each, to, _renewing(each, told_on, to)), day=gettext("Deleted on")),
    )


def _in_debt(facts: Facts, to: Recipient) -> Letter:
    gettext, services = to.speaker.gettext, mentioned(facts)
    return Letter(
        _suspended(services, to),
        gettext("Please pay what is owed: paying brings it back."),
        _one_or_all(services, to, lambda each: _paying(each, to), several="invoices.index"),
        listed(services, to, lambda each: _deleted_on(each, to, _paying(each, to)), day=gettext("Deleted on")),
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
        _one_or_all(services, to, lambda each: (gettext("See what can be done"), _page(each, to))),
        listed(services, to, lambda each: _deleted_on(each, to), day=gettext("Deleted on")),
    )


def _deleted(facts: Facts, to: Recipient) -> Letter:
    gettext, services = to.speaker.gettext, mentioned(facts)
    return Letter(
        subject(services, to, NN_("%(name)s is deleted", "%(count)s services are deleted")),
        gettext(
            "Nothing can be done any more: it was neither renewed nor paid for. What was billed in vain is credited."
        ),
        (gettext("See your services"), to.page("services.index")),
        listed(services, to, lambda each: _credited(each, to), amount=gettext("Credited, tax included")),
    )


def _first_day(services: Sequence[Mentioned], to: Recipient) -> str:
    days = [each.day for each in services if each.day]
    return to.day(min(days)) if days else ""


def _one_or_all(
    services: Sequence[Mentioned], to: Recipient, act: Callable[[Mentioned], Act], several: str = "services.index"
) -> Act:
    """What is done for a single one, or where several stand."""
    if len(services) == 1:
        return act(services[0])
    return to.speaker.gettext(STAND[several]), to.page(several)


def _renewing(each: Mentioned, day: date | None, to: Recipient) -> Act:
    """Without signing in, where it is known which term is over then."""
    if day is None:
        return to.speaker.gettext("Renew"), to.page("next_term.renew", reference=each.reference)
    return to.speaker.gettext("Renew"), to.act(LinkPurpose.RENEW, each.reference, day=day)


def _paying(each: Mentioned, to: Recipient) -> Act:
    return to.speaker.gettext("Pay"), to.act(LinkPurpose.PAY, each.reference)


def _stopping(each: Mentioned, to: Recipient) -> Act:
    return to.speaker.gettext("Do not renew it"), to.act(LinkPurpose.STOP, each.reference, day=each.day)


def _page(each: Mentioned, to: Recipient) -> str:
    return to.page("services.show", reference=each.reference)


def _amounts(to: Recipient) -> str:
    return to.speaker.gettext("Amount, tax included")


def _priced(each: Mentioned, to: Recipient, act: Act | None = None) -> NamedService:
    day, amount = each.day and to.day(each.day), each.amount and to.gross(each.amount)
    text = to.speaker.gettext("%(name)s, on %(day)s: %(amount)s", name=each.name, day=day, amount=amount)
    return row(each, to, text, day=each.day, amount=each.amount, act=act)


def _deleted_on(each: Mentioned, to: Recipient, act: Act | None = None) -> NamedService:
    if each.day is None:
        return row(each, to, each.name, act=act)
    text = to.speaker.gettext("%(name)s, deleted on %(day)s", name=each.name, day=to.day(each.day))
    return row(each, to, text, day=each.day, act=act)


def _lost_on(each: Mentioned, to: Recipient, act: Act) -> NamedService:
    """With what bringing it back costs as well once its registry has taken it."""
    told = _deleted_on(each, to, act)
    if each.dearer_on is None or each.amount is None:
        return told
    note = to.speaker.gettext(
        "from %(day)s on, restoring it costs %(amount)s beside its term",
        day=to.day(each.dearer_on),
        amount=to.gross(each.amount),
    )
    return row(each, to, f"{told.text}; {note}", day=each.day, note=note, act=act)


def _credited(each: Mentioned, to: Recipient) -> NamedService:
    if each.amount is None:
        return row(each, to, each.name)
    text = to.speaker.gettext("%(name)s, credited: %(amount)s", name=each.name, amount=to.gross(each.amount))
    return row(each, to, text, amount=each.amount)


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
