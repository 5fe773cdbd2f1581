"""Letters about the means by which an account pays."""

from collections.abc import Mapping
from datetime import date

from ..domain.links import LinkPurpose
from ..domain.messages import MethodAdded, MethodExpires, MethodRefused, MethodRemoved
from .letter import Act, Facts, Letter, Recipient, Write


def _method_expires(facts: Facts, to: Recipient) -> Letter:
    gettext, told = to.speaker.gettext, {"method": facts["method"]}
    day = to.day(facts["expires_on"])
    if facts["expired"]:
        says = gettext("%(method)s has expired, and nothing can be debited from it", **told)
    else:
        says = gettext("%(method)s expires: from %(day)s on nothing can be debited from it", day=day, **told)
    if "method_id" in facts:
        day_of_it = date.fromisoformat(facts["expires_on"])
        link = gettext("Add another one"), to.act(LinkPurpose.METHOD, str(facts["method_id"]), day=day_of_it)
    else:
        link = _methods(to)
    lead = gettext("Add another payment method: otherwise you are sent a bill for what renews by itself.")
    return Letter(says, lead, link)


def _added(facts: Facts, to: Recipient) -> Letter:
    gettext = to.speaker.gettext
    if facts["is_default"]:
        lead = gettext("Nothing is to be done: renewals are debited from it from now on.")
    else:
        lead = gettext("Nothing is to be done: renewals are debited from another one, as before.")
    return Letter(
        gettext("%(method)s was added to your payment methods", method=facts["method"]),
        lead,
        _methods(to),
        closing=[gettext("If you know nothing of it, remove it and change your password.")],
    )


def _refused(facts: Facts, to: Recipient) -> Letter:
    gettext = to.speaker.gettext
    return Letter(
        gettext("Your bank did not confirm %(method)s", method=facts["method"]),
        gettext("Please add it again, or another one: nothing can be debited from it."),
        _methods(to),
    )


def _removed(facts: Facts, to: Recipient) -> Letter:
    gettext = to.speaker.gettext
    if facts["debited"]:
        lead = gettext("Nothing is to be done: renewals are debited from %(method)s.", method=facts["debited"])
    else:
        lead = gettext("Nothing can be debited any more: you are sent a bill for what renews by itself.")
    return Letter(
        gettext("%(method)s was removed from your payment methods", method=facts["method"]),
        lead,
        _methods(to),
        closing=[gettext("If you know nothing of it, change your password.")],
    )


def _methods(to: Recipient) -> Act:
    return to.speaker.gettext("See your payment methods"), to.page("methods.index")


LETTERS: Mapping[str, Write] = {
    MethodExpires.kind: _method_expires,
    MethodAdded.kind: _added,
    MethodRefused.kind: _refused,
    MethodRemoved.kind: _removed,
}
"""By the kind of the message."""
