"""Entries of a ledger in words."""

from ..domain.billing.ledger import EntryKind
from ..domain.purchase.give import WHY_CREDITED
from ..language.speaker import Speaker
from ..models import LedgerEntry


def why_entered(entry: LedgerEntry, speaker: Speaker) -> str:
    """Why what the account has with its seller became more or less."""
    return speaker.gettext(WHY_CREDITED[entry.reason] if entry.kind is EntryKind.CREDITED else entry.kind.label)
