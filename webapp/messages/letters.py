"""Each message as a letter."""

from collections.abc import Mapping

from ..domain.labels import NN_
from ..domain.messages import Digest
from . import about_account, about_addresses, about_contacts, about_methods, about_money, about_services
from .letter import Facts, Letter, NamedService, NamedServices, Recipient, Write


def _digest(facts: Facts, to: Recipient) -> Letter:
    """The subject of each letter that it stands for, with where that leads."""
    letters = [LETTERS[part["kind"]](part["facts"], to) for part in facts["parts"]]
    rows = [NamedService(letter.subject, letter.subject, letter.link[1]) for letter in letters]
    speaker, count, more = to.speaker, facts["count"], ""
    if left := count - len(rows):
        more = speaker.ngettext("and %(count)s more", "and %(count)s more", left, count=speaker.number(left))
    says = NN_("%(count)s thing has happened to your services", "%(count)s things have happened to your services")
    return Letter(
        speaker.ngettext(*says, count, count=speaker.number(count)),
        speaker.gettext("Nothing is to be done: this is what could wait."),
        (speaker.gettext("See your services"), to.page("services.index")),
        NamedServices(rows, more=more, named=speaker.gettext("What happened")),
    )


LETTERS: Mapping[str, Write] = {
    **about_account.LETTERS,
    **about_addresses.LETTERS,
    **about_contacts.LETTERS,
    **about_methods.LETTERS,
    **about_money.LETTERS,
    **about_services.LETTERS,
    Digest.kind: _digest,
}
"""By the kind of the message."""
