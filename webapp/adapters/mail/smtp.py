"""Mails handed to a relay (RFC 5321), over TLS (RFC 8314)."""

import re
import smtplib
import ssl
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Self
from urllib.parse import unquote, urlsplit

from ..clock import Clock
from .port import MANY, Mail, NeverTaken, NotTaken, PerhapsSent, Unreachable
from .typed import in_ascii, typed

PATIENCE = 10.0
"""Seconds for each answer but the last, which waits for those who read all of the mail."""
LAST_PATIENCE = 30.0
KEPT = timedelta(seconds=5)
"""As long as that a line that is not used is kept for the next mail."""
REST = timedelta(seconds=30)
"""Nobody is called again so soon after nobody answered."""
MINUTE = timedelta(minutes=1)
LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)
ANSWERS = range(200, 600)
LOCAL = ("localhost", "127.0.0.1", "::1")


class Secured(Enum):
    """How a line is, by the scheme of its address."""

    STARTTLS = "smtp"
    TLS = "smtps"
    NOTHING = "smtp+plain"


PORTS = {Secured.STARTTLS: 587, Secured.TLS: 465, Secured.NOTHING: 25}


@dataclass(frozen=True, slots=True)
class Relay:
    """Who takes the mails."""

    host: str
    port: int
    secured: Secured
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def parse(cls, url: str) -> Self:
        """``smtp://user:password@host:587`` begins TLS on the line, ``smtps://`` has it from the start, ``smtp+plain://``
        never. Raises ValueError, in words that tell no secret.
        """
        parts = urlsplit(url)
        if parts.scheme not in {each.value for each in Secured} or not parts.hostname or parts.path.strip("/"):
            raise ValueError("must be like smtp://user:password@host:587, smtps://… or smtp+plain://…")
        secured = Secured(parts.scheme)
        if parts.username and secured is Secured.NOTHING and parts.hostname not in LOCAL:
            raise ValueError("must not send a password in plain text: use smtp:// or smtps://")
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        if not (user + password).isascii():
            raise ValueError("must name a user and a password in ASCII")
        return cls(parts.hostname, parts.port or PORTS[secured], secured, user, password)


class SmtpMailer:
    """One mail after the other, over a line that is kept as long as it is used; at most so many a minute, or any."""

    def __init__(
        self, relay: Relay, clock: Clock, *, most_a_minute: int = 0, trusted: ssl.SSLContext | None = None
    ) -> None:
        self._relay, self._clock, self._most = relay, clock, most_a_minute
        self._trusted = trusted or ssl.create_default_context()
        self._line: smtplib.SMTP | None = None
        self._used_at = self._rests_until = datetime.min.replace(tzinfo=clock.now().tzinfo)
        self._sent: deque[datetime] = deque(maxlen=most_a_minute or None)

    def room(self) -> int:
        now = self._clock.now()
        if now < self._rests_until:
            return 0
        if not self._most:
            return MANY
        return self._most - sum(at > now - MINUTE for at in self._sent)

    def send(self, mail: Mail, handing: Callable[[], None]) -> None:
        written = LEADING_DOT.sub(b"..", typed(mail, "\r\n"))
        if self._most:
            self._sent.append(self._clock.now())
        line = self._connected()
        try:
            self._hand_over(line, mail, written, handing)
        except BaseException:
            self.hang_up()
            raise
        self._used_at = self._clock.now()

    def hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    def _connected(self) -> smtplib.SMTP:
        """Raises Unreachable."""
        if self._line is not None and self._clock.now() < self._used_at + KEPT:
            return self._line
        self.hang_up()
        try:
            self._line = self._called()
            self._introduce(self._line)
        except (OSError, smtplib.SMTPException) as error:
            self.hang_up()
            self._rests_until = self._clock.now() + REST
            raise Unreachable(f"the relay: {type(error).__name__}, {error}") from error
        return self._line

    def _called(self) -> smtplib.SMTP:
        host, port = self._relay.host, self._relay.port
        if self._relay.secured is Secured.TLS:
            return smtplib.SMTP_SSL(host, port, timeout=PATIENCE, context=self._trusted)
        return smtplib.SMTP(host, port, timeout=PATIENCE)

    def _introduce(self, line: smtplib.SMTP) -> None:
        if self._relay.secured is Secured.STARTTLS:
            line.starttls(context=self._trusted)
        if self._relay.user:
            line.login(self._relay.user, self._relay.password)
        line.ehlo_or_helo_if_needed()

    def _hand_over(self, line: smtplib.SMTP, mail: Mail, written: bytes, handing: Callable[[], None]) -> None:
        sender, to = in_ascii(mail.sender[1]), in_ascii(mail.to[1])
        try:
            code, words = line.mail(sender)
            if code != 250:
                raise NotTaken(_told("the sender", code, words))
            _require(line.rcpt(to), (250, 251), "the recipient")
            _require(line.docmd("DATA"), (354,), "the mail")
            line.send(written)
        except (OSError, smtplib.SMTPException) as error:
            raise NotTaken(f"the line: {type(error).__name__}, {error}") from error
        handing()
        try:
            if line.sock is not None:
                line.sock.settimeout(LAST_PATIENCE)
            line.send(b".\r\n")
            code, words = line.getreply()
            if line.sock is not None:
                line.sock.settimeout(PATIENCE)
        except (OSError, smtplib.SMTPException) as error:
            raise PerhapsSent(f"no answer after all of it: {type(error).__name__}, {error}") from error
        if code not in ANSWERS:
            raise PerhapsSent(_told("an odd answer after all of it", code, words))
        _require((code, words), (250,), "the mail")


def _require(answer: tuple[int, bytes], good: tuple[int, ...], what: str) -> None:
    """Raises NeverTaken where the relay says never, and NotTaken where it says not now."""
    code, words = answer
    if code in good:
        return
    if code >= 500:
        raise NeverTaken(_told(what, code, words))
    raise NotTaken(_told(what, code, words))


def _told(what: str, code: int, words: bytes) -> str:
    return f"{what}: {code} {words.decode('utf-8', 'replace')}"
