"""What is said of bills beside their amounts."""

from ..domain.labels import N_
from ..domain.listing.register import Register
from ..language.speaker import Speaker
from ..operations.invoices.register import ROWS, Listed
from ..operations.invoices.show import ShownDocument
from .standing import deletion


def deletions(shown: ShownDocument, speaker: Speaker) -> dict[int, str]:
    """By line: when its service is deleted, and what keeps it; only what is owed and known."""
    said = {each.line.id: deletion(each.held.case.service, each.held.case.today, speaker) for each in shown.owed}
    return {line: text for line, text in said.items() if text}


ORDERED = {
    False: N_("Documents %(first)s to %(last)s of %(matches)s, sorted by “%(column)s”, ascending"),
    True: N_("Documents %(first)s to %(last)s of %(matches)s, sorted by “%(column)s”, descending"),
}
"""By whether the order is descending."""


def caption(register: Register, shown: Listed, speaker: Speaker) -> str:
    """Which documents the list shows, and in which order."""
    if not shown.entries:
        return speaker.gettext("Nothing matches.")
    first = (shown.number - 1) * ROWS + 1
    return speaker.gettext(
        ORDERED[register.descending],
        first=speaker.number(first),
        last=speaker.number(first + len(shown.entries) - 1),
        matches=speaker.number(shown.matches),
        column=speaker.gettext(register.sort.label),
    )
