"""A mail as it is written down (RFC 5322)."""

import re
from email.charset import QP, Charset
from email.header import Header
from email.message import Message
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime, formataddr

from .port import Mail, NeverTaken

UNFIT = re.compile(r"[^A-Za-z0-9@.-]+")
BODY = Charset("utf-8")
BODY.body_encoding = QP


def fit(text: str) -> str:
    """As the name of a file, or the left part of a Message-ID."""
    return UNFIT.sub("-", text).strip(".-")


def in_ascii(address: str) -> str:
    """As it travels: the names of domains as their registries know them. Raises NeverTaken."""
    local, _at, domain = address.rpartition("@")
    try:
        written = f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        written = address
    if not written.isascii() or not written.isprintable() or set(written) & set(" <>"):
        raise NeverTaken("an address that cannot be written")
    return written


def typed(mail: Mail, line_end: str = "\n") -> bytes:
    """Raises NeverTaken.

    By the older half of the library: in some releases the newer one loses spaces where it folds encoded words.
    """
    message = _body(mail)
    for attached in mail.attachments:
        part = MIMEApplication(attached.content, "pdf")
        part.add_header("Content-Disposition", "attachment", filename=fit(attached.name))
        message.attach(part)
    host = in_ascii(mail.sender[1]).rpartition("@")[2]
    message["Message-ID"] = f"<{fit(mail.key)}@{host}>"
    if mail.threads:
        message["References"] = "\n ".join(f"<thread.{fit(thread)}@{host}>" for thread in mail.threads)
    message["Date"] = format_datetime(mail.at)
    message["From"], message["To"] = _address("From", *mail.sender), _address("To", *mail.to)
    if mail.reply_to:
        message["Reply-To"] = in_ascii(mail.reply_to)
    subject = " ".join(mail.subject.splitlines())
    message["Subject"] = Header(subject, _charset(subject), header_name="Subject").encode()
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = mail.language
    if mail.leaves:
        message["List-Unsubscribe"] = f"<{mail.leaves}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return message.as_bytes(policy=compat32.clone(linesep=line_end))


def _body(mail: Mail) -> Message:
    """Ready for more parts where there will be some."""
    body = MIMEMultipart("alternative")
    for kind, text in (("plain", mail.text), ("html", mail.html)):
        body.attach(MIMEText(text, kind, BODY))  # type: ignore[arg-type]
    if not mail.attachments:
        return body
    whole = MIMEMultipart("mixed")
    whole.attach(body)
    return whole


def _address(field: str, name: str, address: str) -> str:
    name, address = " ".join(name.splitlines()), in_ascii(address)
    if _charset(name) is None:
        return formataddr((name, address))
    header = Header(name, _charset(name), header_name=field)
    header.append(f"<{address}>", "us-ascii")
    return header.encode()


def _charset(text: str) -> str | None:
    """None where it is written as it stands, and read as nothing else."""
    return None if text.isascii() and "=?" not in text else "utf-8"
