"""What is said of a bill beside its amounts."""

from ..language.speaker import Speaker
from ..operations.invoices.register import ShownDocument
from .standing import deletion


def deletions(shown: ShownDocument, speaker: Speaker) -> dict[int, str]:
    """By line: when its service is deleted, and what keeps it; only what is owed and known."""
    said = {each.line.id: deletion(each.held.case.service, each.held.case.today, speaker) for each in shown.owed}
    return {line: text for line, text in said.items() if text}
