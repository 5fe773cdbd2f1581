"""What a payment at the sandbox is, and what may become of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Payment:
    id: str
    key: str
    amount: int
    """In minor units; a set-up takes nothing."""
    currency: str
    title: str
    return_to: str
    language: str
    status: str
    """``waiting`` for the person, ``settling`` at the bank, ``succeeded`` or ``failed``; ``returned``, ``restored``."""
    failure: str
    """Why nothing was taken, or why it was taken back."""
    confirming: bool
    """Whether the person's bank asks once more."""

    saves: str
    """The kind of method that it leaves behind; empty for what takes money."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a payment."""

    status: str
    failure: str = ""
    of: tuple[str, ...] = ("waiting",)
    """Where it stands before."""
    silent: int = 0
    """How many questions about it then stay without an answer."""


BY_THE_BANK = ("waiting", "settling")
"""Of what a debit that is on its way can still become."""
PAID = Decision("succeeded", of=BY_THE_BANK)
GIVEN_UP, LAPSED = Decision("failed", "given-up"), Decision("failed", "lapsed")
