"""What the program asks of whoever takes its mails."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

MANY = 1000
"""As many mails as anybody hands over at once."""


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    """Of the file."""
    content: bytes
    """PDF."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one person; the same key is the same mail for ever."""

    key: str
    to: tuple[str, str]
    """Name and address."""
    sender: tuple[str, str]
    language: str
    at: datetime
    subject: str
    text: str
    html: str
    reply_to: str = ""
    """Address; empty where that is the sender’s."""
    threads: Sequence[str] = ()
    """What it belongs to: mails that name the same thread are shown together."""
    attachments: Sequence[Attachment] = ()
    leaves: str = ""
    """The address that ends mails of this kind, for one person as for a program (RFC 8058); empty for those that come
    whether anybody wants them or not.
    """


class NotTaken(Exception):
    """Not this time; it may be tried again. The text is for operators."""


class Unreachable(NotTaken):
    """Nobody takes any mail at the moment, this one or another."""


class NeverTaken(Exception):
    """It will never be taken, however often it is tried. The text is for operators."""


class PerhapsSent(Exception):
    """It was handed over, and what became of it will never be known. The text is for operators."""


class Mailer(Protocol):
    def room(self) -> int:
        """How many mails it takes right now."""

    def send(self, mail: Mail, handing: Callable[[], None]) -> None:
        """It counts as sent once this returns. ``handing`` is called before the step after which only the answer says
        whether it was; where sending again does no harm, never. Raises NotTaken, Unreachable, NeverTaken, PerhapsSent.
        """
