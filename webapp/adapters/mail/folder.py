"""Mails as files, for a machine of one's own: a folder for each recipient."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .port import MANY, Mail, NotTaken
from .typed import fit, typed


@dataclass(frozen=True, slots=True)
class MailFolder:
    folder: Path

    def of(self, address: str) -> Path:
        """Where the mails to that address are."""
        return self.folder / fit(address)

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
