"""Letters about what was declared, and about the safety of an account."""

from collections.abc import Mapping
from datetime import datetime

from ..domain.events import Cancelled
from ..domain.labels import NN_
from ..domain.messages import Mentioned, PasswordChanged, ReceiptGiven, SignedInAnew
from ..wording.browsers import browser_named
from .letter import (
    Act,
    Facts,
    Letter,
    NamedService,
    Paper,
    PaperKind,
    Recipient,
    Write,
    listed,
    mentioned,
    row,
    subject,
)


def _receipt(facts: Facts, to: Recipient) -> Letter:
    gettext, services, count = to.speaker.gettext, mentioned(facts), facts["count"]
    day = to.day(min(each.day for each in services if each.day))
    if facts["declares"] == Cancelled.kind.value:
        says = NN_(
            "%(name)s is cancelled: it ends on %(day)s",
            "%(count)s services are cancelled: they end, from %(day)s on",
        )
        lead = gettext("Nothing is to be done: this is the receipt of your cancellation. Please keep it.")
    else:
        says = NN_(
            "%(name)s is kept: it no longer ends on %(day)s",
            "%(count)s services are kept: they no longer end",
        )
        lead = gettext("Nothing is to be done: this is the receipt for a cancellation that was undone. Please keep it.")
    return Letter(
        subject(services, to, says, day=day, count=count),
        lead,
        (gettext("Check the receipt"), to.page("receipts.verify", code=facts["receipt"])),
        listed(services, to, lambda each: _declared(each, facts, to), day=gettext("Ends on"), count=count),
        [gettext("Code of the receipt: %(code)s", code=facts["receipt"])],
        papers=[Paper(PaperKind.RECEIPT, facts["receipt"])],
    )


def _declared(each: Mentioned, facts: Facts, to: Recipient) -> NamedService:
    day = to.day(each.day) if each.day else ""
    if facts["declares"] == Cancelled.kind.value:
        return row(each, to, to.speaker.gettext("%(name)s ends on %(day)s.", name=each.name, day=day), day=each.day)
    text = to.speaker.gettext("%(name)s was going to end on %(day)s, and is kept.", name=each.name, day=day)
    return row(each, to, text)


def _password(facts: Facts, to: Recipient) -> Letter:
    gettext = to.speaker.gettext
    return Letter(
        gettext("Your password was changed"),
        gettext("If that was you, nothing is to be done. If it was not, ask our support for another one at once."),
        _security(to),
        closing=[gettext("Wherever you were signed in with the old one, you no longer are.")],
    )


def _signed_in(facts: Facts, to: Recipient) -> Letter:
    gettext, at = to.speaker.gettext, datetime.fromisoformat(facts["at"])
    browser, moment = browser_named(facts["agent"], to.speaker), to.speaker.moment(at, to.portal.zone).striptags()
    told = gettext("Somebody signed in with your password at a browser that is new to us: %(moment)s.", moment=moment)
    return Letter(
        gettext("New sign-in: %(browser)s", browser=browser),
        gettext("If that was you, nothing is to be done. If it was not, change your password at once."),
        _security(to),
        closing=[told],
    )


def _security(to: Recipient) -> Act:
    return to.speaker.gettext("See your password and sign-ins"), to.page("security.show")


LETTERS: Mapping[str, Write] = {
    ReceiptGiven.kind: _receipt,
    PasswordChanged.kind: _password,
    SignedInAnew.kind: _signed_in,
}
"""By the kind of the message."""
