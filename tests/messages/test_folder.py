"""What is written into the folder is read again as it was."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from webapp.adapters.mail.folder import MailFolder
from webapp.adapters.mail.port import Mail

AT = datetime(2026, 12, 2, 12, tzinfo=UTC)
WORDS = ["renouvelé\xa0:", "8,39\xa0€", "payés", "site", "crèmerie-des-allées.example", "🎉", "<b>", "=?utf-8?q?a?="]
TEXT = st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map(" ".join)


@given(subject=TEXT, name=TEXT, text=TEXT)
def test_no_space_is_lost_wherever_a_line_is_folded(subject: str, name: str, text: str) -> None:
    to, sender = (name, "alice@people.example"), ("Démonstration SAS", "help@host.example")
    with TemporaryDirectory() as path:
        folder = MailFolder(Path(path))
        folder.send(Mail("paid 1", to, sender, "fr", AT, subject, text, f"<p>{text}</p>"), lambda: None)
        (file,) = folder.of(to[1]).iterdir()
        read = message_from_bytes(file.read_bytes(), _class=EmailMessage, policy=policy.default)
        as_other_readers_do = message_from_bytes(file.read_bytes())
    assert file.name == "paid-1.eml" and read["Subject"] == subject
    shown, address = parseaddr(as_other_readers_do["To"])
    assert (str(make_header(decode_header(shown))), address) == to
    parts = [read.get_body((kind,)) for kind in ("plain", "html")]
    assert [part and part.get_content() for part in parts] == [text, f"<p>{text}</p>"]
