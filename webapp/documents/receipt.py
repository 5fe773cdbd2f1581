"""The receipt of a cancellation, or of one that was undone, on paper."""

from ..domain.events import Cancelled
from ..domain.labels import N_
from ..language.speaker import Speaker
from ..operations.receipts import DeclaredService, ShownReceipt
from .pdf import Sheet, SheetFact

MOST_ROWS = 500
"""Of a batch that is larger, the receipt tells the total."""
IN_THE_BATCH = N_("The services stand in the result of the batch, which can be downloaded as CSV.")


def receipt_sheet(shown: ShownReceipt, speaker: Speaker, *, at: str, check: str) -> Sheet:
    """``at`` is when it was declared, in words; ``check`` the address where anyone finds that it is genuine."""
    receipt = shown.receipt
    facts = {
        N_("Declared on"): at,
        N_("Declared by"): shown.by,
        N_("Code of the receipt"): receipt.code,
        N_("Fingerprint"): receipt.fingerprint,
        N_("Check it at"): check,
    }
    listed = len(shown.declared) <= MOST_ROWS
    hidden = speaker.ngettext(
        "%(count)s more service that is not among yours.",
        "%(count)s more services that are not among yours.",
        shown.hidden,
        count=speaker.number(shown.hidden),
    )
    return Sheet(
        language=speaker.language,
        title=speaker.gettext(receipt.kind.label),
        state="",
        author=shown.by,
        parties=[],
        facts=[SheetFact(speaker.gettext(label), value) for label, value in facts.items()],
        headings=[speaker.gettext("Service"), speaker.gettext("What was declared")],
        rows=[([each.display_name, *_names(each)], _said(each, speaker)) for each in shown.declared] if listed else [],
        totals=[] if listed else [SheetFact(speaker.gettext("Services"), speaker.number(len(shown.declared)))],
        notes=[*([hidden] if shown.hidden else []), *([] if listed else [speaker.gettext(IN_THE_BATCH)])],
    )


def _names(declared: DeclaredService) -> list[str]:
    technical = [declared.name] if declared.name != declared.display_name else []
    return [*technical, declared.reference]


def _said(declared: DeclaredService, speaker: Speaker) -> list[str]:
    fact, day = declared.fact, speaker.plain_day(declared.fact.day)
    if not isinstance(fact, Cancelled):
        return [speaker.gettext("was going to end on %(day)s; is kept", day=day)]
    moment = speaker.deadline(fact.undo_until, declared.zone).striptags()
    return [
        speaker.gettext("ends on %(day)s", day=day),
        speaker.gettext("can be undone until %(moment)s", moment=moment),
    ]
