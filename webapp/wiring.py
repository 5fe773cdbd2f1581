"""What create_app() put together, for those who need it during a request or a command."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from flask import Flask, current_app

from .adapters import Adapters
from .adapters.clock import Clock, MovableClock, SystemClock
from .adapters.mail.folder import MailFolder
from .adapters.mail.port import Mailer
from .adapters.mail.smtp import Relay, SmtpMailer
from .adapters.payments.port import PaymentProvider
from .adapters.payments.sandbox import SandboxProvider
from .domain.actors import Actor, Person
from .domain.law.contracts import Portal
from .domain.panels import Panel
from .operations.desk import Desk
from .rules.loader import Rules
from .settings import PREFIX, SettingError, Settings

_KEY = "echeance"


@dataclass(frozen=True, slots=True)
class Wiring:
    settings: Settings
    adapters: Adapters
    rules: Rules
    panels: Mapping[str, Panel] = field(default_factory=dict)
    """By name."""

    def install(self, app: Flask) -> None:
        """Raises SettingError when the pieces do not fit."""
        if self.settings.default_portal not in self.rules.portals:
            raise SettingError(f"ECHEANCE_DEFAULT_PORTAL: there is no portal {self.settings.default_portal!r}")
        app.extensions[_KEY] = self


def outside(settings: Settings) -> Adapters:
    """The outside world that the settings name. Raises SettingError."""
    system = SystemClock()
    relay = _relay(settings, system)
    if settings.production:
        return Adapters(system, mail=relay)
    url, var = settings.sandbox_url, settings.var
    sandbox = SandboxProvider(url, settings.shared_key()) if url else None
    return Adapters(MovableClock(var / "clock", system), sandbox, system, relay or MailFolder(var / "mail"))


def _relay(settings: Settings, clock: Clock) -> SmtpMailer | None:
    if not settings.smtp_url:
        return None
    try:
        relay = Relay.parse(settings.smtp_url)
    except ValueError as error:
        raise SettingError(f"{PREFIX}SMTP_URL {error}") from error
    return SmtpMailer(relay, clock, most_a_minute=settings.mails_per_minute)


def sellers(settings: Settings) -> Path | None:
    """The file that names the sellers of this installation."""
    if settings.sellers:
        return Path(settings.sellers)
    return None if settings.production else Path(__file__).parent / "demo" / "sellers.toml"


def wiring_of(app: Flask) -> Wiring:
    wired: Wiring = app.extensions[_KEY]
    return wired


def wiring() -> Wiring:
    return wiring_of(current_app)


def settings() -> Settings:
    return wiring().settings


def rules() -> Rules:
    return wiring().rules


def panels() -> Mapping[str, Panel]:
    return wiring().panels


def now() -> datetime:
    """The moment that law, terms and previews go by."""
    return wiring().adapters.clock.now()


def system_now() -> datetime:
    """The moment that sign-ins, leases, cadence and signatures go by."""
    adapters = wiring().adapters
    return (adapters.system_clock or adapters.clock).now()


def movable_clock() -> MovableClock | None:
    """That of the business day; None where nobody may move it."""
    clock = wiring().adapters.clock
    return clock if isinstance(clock, MovableClock) else None


def payments() -> PaymentProvider | None:
    """None where nothing can be paid."""
    return wiring().adapters.payments


def mailer() -> Mailer | None:
    """None where nothing is told to anybody."""
    return wiring().adapters.mail


def mail_folder() -> MailFolder | None:
    """Where mails are files; None where people get them."""
    taker = mailer()
    return taker if isinstance(taker, MailFolder) else None


def desk_for(actor: Actor) -> Desk:
    """As whoever acts, now, under the rules of this installation."""
    return Desk(actor, now(), rules(), system_now())


def desk_of(account_id: int) -> Desk:
    """As that account."""
    return desk_for(Person(account_id))


def portal_named(code: str) -> Portal:
    return rules().portals[code]
