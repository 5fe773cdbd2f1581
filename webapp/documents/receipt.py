"""The receipt of a cancellation, or of one that was undone, on paper."""

from ..domain.labels import N_
from ..language.speaker import Speaker
from ..operations.receipts import DeclaredService, ShownReceipt
from ..wording.receipts import declared, parties
from .pdf import Sheet, SheetFact

MOST_ROWS = 500
"""Of a batch that is larger, the receipt tells the total."""
IN_THE_BATCH = N_("The services stand in the result of the batch, which can be downloaded as CSV.")


def receipt_sheet(shown: ShownReceipt, speaker: Speaker, *, at: str, check: str) -> Sheet:
    """``at`` is when it was declared, in words; ``check`` the address where anyone finds that it is genuine."""
    receipt = shown.receipt
    told = {
        N_("Declared on"): at,
        N_("Declared by"): shown.by,
        N_("Code of the receipt"): receipt.code,
        N_("Fingerprint"): receipt.fingerprint,
        N_("Check it at"): check,
    }
    facts = [*parties(shown, speaker), *((speaker.gettext(label), value) for label, value in told.items())]
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
        facts=[SheetFact(label, value) for label, value in facts],
        headings=[speaker.gettext("Service"), speaker.gettext("What was declared")],
        rows=[([each.display_name, *_names(each)], declared(each, speaker)) for each in shown.declared]
        if listed
        else [],
        totals=[] if listed else [SheetFact(speaker.gettext("Services"), speaker.number(len(shown.declared)))],
        notes=[*([hidden] if shown.hidden else []), *([] if listed else [speaker.gettext(IN_THE_BATCH)])],
    )


def _names(each: DeclaredService) -> list[str]:
    technical = [each.name] if each.name != each.display_name else []
    return [*technical, each.reference]
