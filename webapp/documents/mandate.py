"""A mandate for direct debits on paper, with the very texts of its page."""

from collections.abc import Sequence

from ..language.speaker import Speaker
from ..wording.methods import Fact
from .pdf import Sheet, SheetFact


def mandate_sheet(facts: Sequence[Fact], text: Sequence[str], speaker: Speaker, *, author: str, logo: str) -> Sheet:
    return Sheet(
        language=speaker.language,
        title=speaker.gettext("SEPA direct debit mandate"),
        state="",
        author=author,
        parties=[],
        facts=[SheetFact(label, value) for label, value in facts],
        headings=[],
        rows=[],
        totals=[],
        notes=text,
        logo=logo,
    )
