"""What went to an address, read from the folder that takes the mails of tests."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from flask import Flask

from webapp.wiring import mail_folder


def mailbox(app: Flask, address: str) -> list[EmailMessage]:
    """The youngest first."""
    with app.app_context():
        folder = mail_folder()
        assert folder is not None
        files = sorted(folder.of(address).glob("*.eml"))
    read = [(parsedate_to_datetime(mail["Date"]), at, mail) for at, mail in enumerate(map(_read, files))]
    return [mail for _date, _at, mail in sorted(read, key=lambda each: each[:2], reverse=True)]


def _read(path: object) -> EmailMessage:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)  # type: ignore[attr-defined]
    assert isinstance(mail, EmailMessage)
    return mail
