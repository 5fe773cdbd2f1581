"""Mails that are handed to a relay: once each, or told of; whatever the relay does."""

import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from tests.adapters.relay import PASSWORD, TRUSTED, USER, Behaviour, relay, server_context
from webapp.adapters.clock import FixedClock
from webapp.adapters.mail import smtp
from webapp.adapters.mail.port import Attachment, Mail, NeverTaken, NotTaken, PerhapsSent, Unreachable
from webapp.adapters.mail.smtp import Relay, Secured, SmtpMailer
from webapp.adapters.mail.typed import typed

AT = datetime(2026, 12, 2, 12, tzinfo=UTC)
MAIL = Mail(
    key="bill-settled FR-000001",
    to=("Élodie Été", "elodie@people.example"),
    sender=("Echeance Démonstration SAS", "help@host.example"),
    language="fr",
    at=AT,
    subject="exemple.fr est renouvelé\xa0: 8,39\xa0€ payés",
    text="Rien n’est à faire.\n.\n..deux points\n" + "é" * 400,
    html="<p>Rien n’est à faire.</p>",
    threads=("FR-000001",),
)


def through(port: int, secured: Secured = Secured.NOTHING, *, known: bool = False, most: int = 0) -> SmtpMailer:
    named = (USER, PASSWORD) if known else ("", "")
    return SmtpMailer(Relay("127.0.0.1", port, secured, *named), FixedClock(AT), most_a_minute=most, trusted=TRUSTED)


def send(mailer: SmtpMailer, mail: Mail = MAIL) -> list[str]:
    """How often it was said that the mail is handed over."""
    handed: list[str] = []
    mailer.send(mail, lambda: handed.append(mail.key))
    return handed


def read(written: bytes) -> EmailMessage:
    mail = message_from_bytes(written, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def test_a_mail_arrives_as_it_was_written_and_names_itself_alike_for_ever() -> None:
    taken = Behaviour()
    with relay(taken) as port:
        mailer = through(port)
        assert send(mailer) == send(mailer) == [MAIL.key]
        mailer.hang_up()
    first, again = (read(written) for written in taken.taken)
    assert first["Message-ID"] == again["Message-ID"] == "<bill-settled-FR-000001@host.example>"
    assert first["References"] == "<thread.FR-000001@host.example>"
    assert (first["Subject"], first["Auto-Submitted"]) == (MAIL.subject, "auto-generated")
    body = first.get_body(("plain",))
    assert body is not None and body.get_content().splitlines() == MAIL.text.splitlines()
    assert taken.recipients == ["elodie@people.example"] * 2 and taken.calls == 1
    assert max(map(len, taken.taken[0].splitlines())) <= 78


def test_a_paper_that_is_attached_arrives() -> None:
    taken = Behaviour()
    with relay(taken) as port:
        mailer = through(port)
        send(mailer, replace(MAIL, attachments=(Attachment("FR 1.pdf", b"%PDF"),), reply_to="aide@bücher.example"))
        mailer.hang_up()
    mail = read(taken.taken[0])
    (paper,) = mail.iter_attachments()
    assert (paper.get_filename(), paper.get_content_type(), paper.get_content()) == (
        "FR-1.pdf", "application/pdf", b"%PDF",
    )  # fmt: skip
    assert mail["Reply-To"] == "aide@xn--bcher-kva.example"
    assert mail.get_body(("html",)) is not None


@pytest.mark.parametrize(
    ("behaviour", "expected", "handed"),
    [
        (Behaviour(at_sender="550 who are you"), NotTaken, 0),
        (Behaviour(at_recipient="450 greylisted"), NotTaken, 0),
        (Behaviour(at_recipient="550 nobody lives there"), NeverTaken, 0),
        (Behaviour(at_data="451 not now"), NotTaken, 0),
        (Behaviour(at_data="554 never"), NeverTaken, 0),
        (Behaviour(at_end="452 disk full"), NotTaken, 1),
        (Behaviour(at_end="552 too large"), NeverTaken, 1),
        (Behaviour(drops="dot"), PerhapsSent, 1),
        (Behaviour(at_end="600 what was that"), PerhapsSent, 1),
    ],
)
def test_what_is_not_taken_is_told(behaviour: Behaviour, expected: type[Exception], handed: int) -> None:
    said: list[str] = []
    with relay(behaviour) as port, pytest.raises(expected) as raised:
        through(port).send(MAIL, lambda: said.append(MAIL.key))
    assert raised.type is expected and len(said) == handed
    told = behaviour.at_sender or behaviour.at_recipient or behaviour.at_data or behaviour.at_end
    assert told in str(raised.value)


def test_a_line_that_breaks_in_the_middle_of_a_mail_has_brought_none_or_perhaps() -> None:
    """A short mail may be on its way as a whole before anybody notices."""
    with relay(Behaviour(drops="middle")) as port:
        with pytest.raises((NotTaken, PerhapsSent)):
            send(through(port))
        with pytest.raises(NotTaken):
            send(through(port), replace(MAIL, text="long\n" * 4_000_000))


def test_after_a_refusal_the_next_mail_goes_over_a_new_line() -> None:
    behaviour = Behaviour(at_recipient="450 later")
    with relay(behaviour) as port:
        mailer = through(port)
        with pytest.raises(NotTaken):
            send(mailer)
        behaviour.at_recipient = ""
        send(mailer)
        mailer.hang_up()
    assert (len(behaviour.taken), behaviour.calls) == (1, 2)


def test_a_line_that_was_not_used_for_a_while_is_called_again() -> None:
    behaviour, clock = Behaviour(), FixedClock(AT)
    with relay(behaviour) as port:
        mailer = SmtpMailer(Relay("127.0.0.1", port, Secured.NOTHING), clock)
        send(mailer)
        clock.move_to(AT + timedelta(seconds=6))
        send(mailer)
        mailer.hang_up()
    assert (len(behaviour.taken), behaviour.calls) == (2, 2)


def test_what_begins_in_the_clear_goes_on_over_tls_and_with_a_password() -> None:
    taken = Behaviour()
    with relay(taken, tls=server_context(), known_only=True) as port:
        mailer = through(port, Secured.STARTTLS, known=True)
        send(mailer)
        mailer.hang_up()
    assert taken.secured == [True]


def test_tls_from_the_start() -> None:
    taken = Behaviour()
    with relay(taken, ssl_context=server_context()) as port:
        mailer = through(port, Secured.TLS)
        send(mailer)
        mailer.hang_up()
    assert len(taken.taken) == 1


def nobody(_port: int) -> SmtpMailer:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return through(free.getsockname()[1])


@pytest.mark.parametrize(
    ("server", "caller"),
    [
        ({}, lambda port: through(port, Secured.STARTTLS)),
        ({"tls": server_context("other.example")}, lambda port: through(port, Secured.STARTTLS)),
        ({"tls": server_context(), "known_only": True}, lambda port: through(port, Secured.STARTTLS)),
        ({}, nobody),
    ],
    ids=["no TLS", "wrong certificate", "no password", "nobody"],
)
def test_who_cannot_be_reached_takes_no_mail_and_is_left_alone_for_a_while(
    server: dict[str, object], caller: Callable[[int], SmtpMailer]
) -> None:
    taken = Behaviour()
    with relay(taken, **server) as port:
        mailer = caller(port)
        try:
            with pytest.raises((Unreachable, NotTaken)):
                send(mailer)
        finally:
            mailer.hang_up()
    assert taken.taken == []


def test_a_wrong_password_is_no_fault_of_the_mail() -> None:
    with relay(Behaviour(), tls=server_context(), known_only=True) as port:
        mailer = SmtpMailer(Relay("127.0.0.1", port, Secured.STARTTLS, USER, "wrong"), FixedClock(AT), trusted=TRUSTED)
        with pytest.raises(Unreachable) as told:
            send(mailer)
        assert "535" in str(told.value) and "wrong" not in str(told.value)
        assert mailer.room() == 0


def test_who_takes_a_call_and_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "PATIENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        mailer = through(silent.getsockname()[1])
        with pytest.raises(Unreachable):
            send(mailer)


def test_no_more_than_so_many_go_in_a_minute() -> None:
    clock = FixedClock(AT)
    with relay(Behaviour()) as port:
        mailer = SmtpMailer(Relay("127.0.0.1", port, Secured.NOTHING), clock, most_a_minute=2)
        assert mailer.room() == 2
        send(mailer), send(mailer)
        assert mailer.room() == 0
        clock.move_to(AT + timedelta(seconds=60))
        assert mailer.room() == 2
        mailer.hang_up()


@pytest.mark.parametrize(
    "address", ["élodie@people.example", "a b@people.example", "a@b\r\nRCPT TO:<c@d>", "no address", "<a@b.example>"]
)
def test_an_address_that_cannot_be_written_is_refused(address: str) -> None:
    with pytest.raises(NeverTaken):
        typed(replace(MAIL, to=("E", address)))


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("smtp://me:p%40ss@mail.example", Relay("mail.example", 587, Secured.STARTTLS, "me", "p@ss")),
        ("smtps://mail.example", Relay("mail.example", 465, Secured.TLS)),
        ("smtp+plain://127.0.0.1:2525", Relay("127.0.0.1", 2525, Secured.NOTHING)),
        ("smtp+plain://me:secret@localhost", Relay("localhost", 25, Secured.NOTHING, "me", "secret")),
    ],
)
def test_the_address_of_a_relay_is_read(url: str, read: Relay) -> None:
    assert Relay.parse(url) == read and "ss@" not in repr(read)


@pytest.mark.parametrize(
    "url",
    [
        "mail.example",
        "http://mail.example",
        "smtp://",
        "smtp://a/b",
        "smtp+plain://me:secret@mail.example",
        "smtp://me:secr%C3%A9t@b",
    ],
)
def test_what_is_no_address_of_a_relay_is_refused_without_its_secret(url: str) -> None:
    with pytest.raises(ValueError, match="must") as told:
        Relay.parse(url)
    assert "secr" not in str(told.value)
