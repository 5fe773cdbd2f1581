"""A relay that takes mails, or misbehaves as it is told."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "echeance", "a password of the relay"


@dataclass
class Behaviour:
    """What is answered at each step; None where all is well."""

    at_sender: str = ""
    at_recipient: str = ""
    at_data: str = ""
    """Instead of “go on”."""
    at_end: str = ""
    drops: str = ""
    """``middle``: the line, before all of it came; ``dot``: after it was taken, instead of an answer."""
    takes: float = 0.0
    """Seconds, to read a mail and once more to answer."""
    taken: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    calls: int = 0
    secured: list[bool] = field(default_factory=list)

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        if not self.at_sender:
            envelope.mail_from = address
        return self.at_sender or "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        if not self.at_recipient:
            envelope.rcpt_tos.append(address)
            self.recipients.append(address)
        return self.at_recipient or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.at_end:
            return self.at_end
        assert isinstance(envelope.content, bytes)
        await asyncio.sleep(self.takes)
        self.taken.append(envelope.content)
        self.secured.append(session.ssl is not None)
        if self.drops == "dot":
            assert server.transport is not None
            server.transport.abort()
        await asyncio.sleep(self.takes)
        return "250 OK"


class Listener(SMTP):
    def connection_made(self, transport: Any) -> None:
        self.event_handler.calls += 1
        super().connection_made(transport)

    async def smtp_DATA(self, arg: str) -> None:
        if self.event_handler.at_data:
            await self.push(self.event_handler.at_data)
        elif self.event_handler.drops == "middle":
            await self.push("354 go on")
            assert self.transport is not None
            self.transport.abort()
        else:
            await super().smtp_DATA(arg)


class Listening(Controller):
    def factory(self) -> SMTP:
        return Listener(self.handler, **self.SMTP_kwargs)

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


AUTHORITY = trustme.CA()
TRUSTED = ssl.create_default_context()
AUTHORITY.configure_trust(TRUSTED)


def server_context(name: str = "127.0.0.1") -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert(name).configure_cert(context)
    return context


def _known(server: SMTP, session: Session, envelope: Envelope, mechanism: str, told: Any) -> AuthResult:
    assert isinstance(told, LoginPassword)
    return AuthResult(success=(told.login, told.password) == (USER.encode(), PASSWORD.encode()), handled=False)


@contextmanager
def relay(behaviour: Behaviour, *, tls: ssl.SSLContext | None = None, **given: Any) -> Iterator[int]:
    """Its port."""
    wants = {"tls_context": tls, "require_starttls": True} if tls else {}
    if given.pop("known_only", False):
        wants |= {"auth_required": True, "authenticator": _known}
    listening = Listening(behaviour, hostname="127.0.0.1", port=0, **wants, **given)
    listening.start()
    try:
        behaviour.calls = 0
        yield listening.port
    finally:
        listening.stop()
