"""Letters about where mails of an account go."""

from collections.abc import Mapping

from ..domain.further import FurtherShare
from ..domain.links import LinkPurpose
from ..domain.messages import AddressAsked
from .letter import Facts, Letter, Recipient, Write


def _asked(facts: Facts, to: Recipient) -> Letter:
    gettext = to.speaker.gettext
    return Letter(
        gettext("Mails of %(name)s are to come to this address as well", name=to.name),
        gettext("If you want them, please agree. If not, or if you know nothing of it, nothing is to be done."),
        (gettext("See which, and agree"), to.act(LinkPurpose.JOIN, str(facts["further_id"]))),
        closing=[gettext(FurtherShare.of(each).label) for each in facts["shares"]],
    )


LETTERS: Mapping[str, Write] = {AddressAsked.kind: _asked}
"""By the kind of the message."""
