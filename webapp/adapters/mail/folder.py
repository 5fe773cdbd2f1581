"""Mails as files (RFC 5322), for a machine of one's own: a folder for each recipient."""

import re
from dataclasses import dataclass
from email import policy
from email.charset import QP, Charset
from email.header import Header
from email.message import EmailMessage, Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.parser import BytesParser
from email.utils import format_datetime, formataddr, parsedate_to_datetime
from pathlib import Path

from .port import Mail

UNFIT = re.compile(r"[^A-Za-z0-9@.-]+")
BODY = Charset("utf-8")
BODY.body_encoding = QP


def fit(text: str) -> str:
    """As the name of a file."""
    return UNFIT.sub("-", text).strip(".-")


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

    def send(self, mail: Mail) -> None:
        """Whole or not at all; the same mail is the same file."""
        path = self.of(mail.to[1]) / f"{fit(mail.key)}.eml"
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_suffix(".draft")
        draft.write_bytes(_typed(mail).as_bytes())
        draft.replace(path)


def _typed(mail: Mail) -> Message:
    """By the older half of the library: in some releases the newer one loses spaces where it folds encoded words."""
    message = MIMEMultipart("alternative")
    for kind, text in (("plain", mail.text), ("html", mail.html)):
        message.attach(MIMEText(text, kind, BODY))  # type: ignore[arg-type]
    message["Message-ID"] = f"<{fit(mail.key)}@echeance>"
    message["Date"] = format_datetime(mail.at)
    message["From"], message["To"] = _address("From", *mail.sender), _address("To", *mail.to)
    message["Subject"] = Header(mail.subject, _charset(mail.subject), header_name="Subject").encode()
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = mail.language
    return message


def _address(field: str, name: str, address: str) -> str:
    if _charset(name) is None:
        return formataddr((name, address))
    header = Header(name, _charset(name), header_name=field)
    header.append(f"<{address}>", "us-ascii")
    return header.encode()


def _charset(text: str) -> str | None:
    """None where it is written as it stands, and read as nothing else."""
    return None if text.isascii() and "=?" not in text else "utf-8"


def _parsed(path: Path) -> EmailMessage:
    return BytesParser(EmailMessage, policy=policy.default).parsebytes(path.read_bytes())
