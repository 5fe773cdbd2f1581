"""Mails as files, for a machine of one's own: a folder for each recipient."""

from collections.abc import Callable
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path

from .port import Mail, NotTaken
from .typed import fit, typed

MANY = 1000


@dataclass(frozen=True, slots=True)
class MailFolder:
    folder: Path

    def of(self, address: str) -> Path:
        """Where the mails to that address are."""
        return self.folder / fit(address)

    def name_of(self, address: str, key: str) -> str | None:
        """Of the mail with that key; None where it has not gone to that address."""
        name = fit(key)
        return name if (self.of(address) / f"{name}.eml").exists() else None

    def read(self, address: str, name: str) -> EmailMessage | None:
        """One of them; None where there is none of that name."""
        path = self.of(address) / f"{fit(name)}.eml"
        return _parsed(path) if path.exists() else None

    def latest(self, address: str, most: int) -> list[tuple[str, EmailMessage]]:
        """Each with its name, the youngest first."""
        named = [(path.stem, _parsed(path)) for path in self.of(address).glob("*.eml")]
        return sorted(named, key=lambda each: (parsedate_to_datetime(each[1]["Date"]), each[0]), reverse=True)[:most]

    def room(self) -> int:
        return MANY

    def send(self, mail: Mail, handing: Callable[[], None]) -> None:
        """Whole or not at all; the same mail is the same file, however often. Raises NotTaken, NeverTaken."""
        path = self.of(mail.to[1]) / f"{fit(mail.key)}.eml"
        draft = path.with_suffix(".draft")
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft.write_bytes(typed(mail))
            draft.replace(path)
        except OSError as error:
            raise NotTaken(str(error)) from error


def _parsed(path: Path) -> EmailMessage:
    return BytesParser(EmailMessage, policy=policy.default).parsebytes(path.read_bytes())
