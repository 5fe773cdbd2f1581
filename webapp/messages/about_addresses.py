"""Letters about where mails of an account go."""

from collections.abc import Mapping

from ..domain.further import FurtherShare
from ..domain.links import LinkPurpose
from ..domain.messages import AddressAsked, AddressChangeAsked, AddressChanged
from .letter import Facts, Letter, Recipient, Write


def _asked(facts: Facts, to: Recipient) -> Letter:
    gettext = to.speaker.gettext
    return Letter(
        gettext("Mails of %(name)s are to come to this address as well", name=to.name),
        gettext("If you want them, please agree. If not, or if you know nothing of it, nothing is to be done."),
        (gettext("See which, and agree"), to.act(LinkPurpose.JOIN, str(facts["further_id"]))),
        closing=[gettext(FurtherShare.of(each).label) for each in facts["shares"]],
    )


def _change_asked(facts: Facts, to: Recipient) -> Letter:
    gettext = to.speaker.gettext
    return Letter(
        gettext("Confirm your new e-mail address"),
        gettext("If you want the mails of your account here, please confirm. If you know nothing of it, do nothing."),
        (gettext("See and confirm"), to.act(LinkPurpose.ADDRESS, facts["address"])),
        closing=[gettext("You also sign in with this address from then on.")],
    )


def _changed(facts: Facts, to: Recipient) -> Letter:
    gettext = to.speaker.gettext
    return Letter(
        gettext("Your mails go to another address from now on"),
        gettext("If that was you, nothing is to be done. If it was not, ask our support for help at once."),
        (gettext("See your password and sign-ins"), to.page("security.show")),
        closing=[gettext("Whoever changed it knew your password and confirmed it at the new address.")],
    )


LETTERS: Mapping[str, Write] = {
    AddressAsked.kind: _asked,
    AddressChangeAsked.kind: _change_asked,
    AddressChanged.kind: _changed,
}
"""By the kind of the message."""
