"""What the program asks of whoever takes its mails."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


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


class Mailer(Protocol):
    def send(self, mail: Mail) -> None:
        """It counts as sent once this returns. Raises OSError where it was not taken."""
