"""Everything that can be configured: ECHEANCE_… environment variables, read once into a frozen value.

Each variable may be given as a file instead (``ECHEANCE_SECRET_KEY_FILE``), the way secrets are mounted.
"""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from limits import parse_many

PREFIX = "ECHEANCE_"
SHORTEST_KEY = 32
FEWEST_LETTERS = 8
"""Different characters of a key: chance hardly ever gives fewer."""
MAKING_A_KEY = 'python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
FORWARDED = ("for", "proto", "host", "port", "prefix")
RATE = "rate"
SHORTEST_IDLE = 10
"""Minutes: the last use of a session is written down every five."""


class SettingError(ValueError):
    """A variable has a value that the program cannot use."""


class Environment(StrEnum):
    UNSAID = ""
    """Commands do as in the demo; nothing is served before somebody has said what it is."""
    DEMO = "demo"
    """A machine of one's own: demo data, demo sign-ins, plain HTTP."""
    PRODUCTION = "production"
    """Customers: demo data is refused and cookies travel over TLS only."""


class WorkerKind(StrEnum):
    THREAD = "thread"
    """Beside the requests, in each process that serves; one of them works."""
    NONE = "none"
    """Only where ``flask worker`` runs."""


def _rate(default: str) -> Any:
    """How often something may be done."""
    return field(default=default, metadata={RATE: True})


@dataclass(frozen=True, slots=True)
class Settings:
    var: Path = Path("var")
    """Folder of the embedded database, mails and generated files."""
    environment: Environment = Environment.UNSAID
    database_url: str = field(default="", repr=False)
    """SQLAlchemy address; empty means SQLite in ``var``."""
    secret_key: str = field(default="", repr=False)
    """Signs sessions; empty means one made at first start and kept in ``var``."""
    secret_key_fallbacks: str = field(default="", repr=False)
    """Keys before it, oldest first, with commas between them: what they signed is still believed."""
    hosts: str = ""
    """Names that the program goes by, with commas between them (``.example.com`` also means those below it)."""
    public_url: str = ""
    """Where customers find the program, with the path that it is mounted at; empty means the first of its hosts."""
    default_portal: str = "FR"
    """Portal of visitors who have not signed in."""
    session_hours: int = 12
    """How long a sign-in lasts at most."""
    idle_minutes: int = 120
    """How long it lasts unused."""
    sign_in_attempts: str = _rate("10 per minute; 60 per hour")
    """Tries of a password for one account from one network, or from one browser that it has signed in at."""
    sign_in_attempts_per_account: str = _rate("300 per hour")
    """For one account, from all browsers together that it has not signed in at."""
    sign_in_attempts_per_network: str = _rate("120 per minute")
    """From one network, for all accounts together."""
    rate_limit_storage: str = field(default="memory://", repr=False)
    """Where attempts are counted: one memory per process, or a server that all processes share."""
    batches_begun: str = _rate("20 per minute")
    """Batches that one account may begin."""
    exports: str = _rate("20 per minute")
    """Files of services that one account may ask for."""
    lists_pasted: str = _rate("60 per minute")
    """Searches for a list of names that one account may make."""
    orders: str = _rate("30 per minute")
    """Orders and payments that one account may begin."""
    sent: str = _rate("120 per minute")
    """Forms of any kind that one account may send."""
    codes_missed: str = _rate("30 per minute")
    """Codes of receipts, orders and documents that one account, or one network, may ask for in vain."""
    worker: WorkerKind = WorkerKind.THREAD
    """Where long work is carried on without a request."""
    sandbox_url: str = ""
    """Where the sandbox is, a provider of payments that takes no money; empty means that nothing can be paid."""
    sandbox_key: str = field(default="", repr=False)
    """Shared with it; empty means one made at first start and kept in ``var``."""
    sellers: str = ""
    """File with the legal block of each portal’s seller; empty means the invented ones of the demo, or none."""
    panels: str = ""
    """File that names the control panels through which customers come; empty means none."""
    smtp_url: str = field(default="", repr=False)
    """Who takes mails; empty means a folder in ``var``, in production nobody."""
    mails_per_minute: int = 0
    """How many mails are handed over at most; 0 means any number."""
    trusted_proxies: int = 0
    """How many proxies in front set the X-Forwarded headers."""
    trusted_headers: str = "for, proto"
    """Which of them they set, with commas between them: for, proto, host, port, prefix."""

    def __post_init__(self) -> None:
        _require(self.session_hours >= 1, "SESSION_HOURS", "at least 1")
        _require(self.idle_minutes >= SHORTEST_IDLE, "IDLE_MINUTES", f"at least {SHORTEST_IDLE}")
        _require(self.mails_per_minute >= 0, "MAILS_PER_MINUTE", "0 or more")
        _require(self.trusted_proxies >= 0, "TRUSTED_PROXIES", "0 or more")
        self._require_good_keys()
        _require(set(self.forwarded) <= set(FORWARDED), "TRUSTED_HEADERS", f"some of {', '.join(FORWARDED)}")
        for each in fields(self):
            if each.metadata.get(RATE):
                _require_rate(getattr(self, each.name), each.name.upper())
        if self.production:
            _require(bool(self.secret_key), "SECRET_KEY", "set in production")
            _require(bool(self.allowed_hosts), "HOSTS", "set in production")
            _require(not self.sandbox_url, "SANDBOX_URL", "empty in production: it takes no money")

    def _require_good_keys(self) -> None:
        keys = {
            "SECRET_KEY": [self.secret_key],
            "SECRET_KEY_FALLBACKS": _listed(self.secret_key_fallbacks),
            "SANDBOX_KEY": [self.sandbox_key],
        }
        given = [key for each in keys.values() for key in each if key]
        for name, named in keys.items():
            for key in filter(None, named):
                _require(len(key) >= SHORTEST_KEY, name, f"at least {SHORTEST_KEY} characters")
                _require(len(set(key)) >= FEWEST_LETTERS, name, f"made by chance: `{MAKING_A_KEY}` makes one")
                _require(given.count(key) == 1, name, "another secret than the others")

    @property
    def allowed_hosts(self) -> list[str]:
        """Empty where any will do."""
        return _listed(self.hosts)

    @property
    def address(self) -> str:
        """Where customers find the program, for links in mails."""
        hosts = [host for host in self.allowed_hosts if not host.startswith(".")]
        return self.public_url or (f"https://{hosts[0]}" if hosts else "http://localhost")

    @property
    def forwarded(self) -> list[str]:
        return _listed(self.trusted_headers)

    @property
    def production(self) -> bool:
        return self.environment is Environment.PRODUCTION

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{(self.var / 'echeance.sqlite3').resolve()}"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """Read every variable. Raises SettingError naming the one that is wrong."""
        values: dict[str, Any] = {}
        for each in fields(cls):
            text = _text(environ, PREFIX + each.name.upper())
            if text is not None:
                values[each.name] = _parsed(PREFIX + each.name.upper(), text, each.type)
        return cls(**values)

    def signing_key(self) -> str:
        """The secret key, made and kept in ``var`` when none is configured."""
        if self.secret_key:
            return self.secret_key
        return self._kept("secret-key")

    def signing_keys(self) -> list[str]:
        """Oldest first: the last one signs, and what any of them signed is believed."""
        return [*_listed(self.secret_key_fallbacks), self.signing_key()]

    def shared_key(self) -> str:
        """The key shared with the sandbox, made and kept in ``var`` when none is configured."""
        return self.sandbox_key or self._kept("sandbox-key")

    def _kept(self, name: str) -> str:
        """A secret of this installation, made when it is first asked for."""
        path = self.prepared_var() / name
        if not path.exists():
            _create_once(path, secrets.token_urlsafe(48))
        return path.read_text()

    def prepared_var(self) -> Path:
        """The folder for everything that is kept, made for this user's eyes only."""
        self.var.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self.var


def _require(condition: bool, name: str, allowed: str) -> None:
    if not condition:
        raise SettingError(f"{PREFIX}{name} must be {allowed}")


def _require_rate(text: str, name: str) -> None:
    try:
        parse_many(text)
    except ValueError as error:
        raise SettingError(f"{PREFIX}{name}: {text!r} is not usable ({error})") from error


def _listed(text: str) -> list[str]:
    return [word for word in (part.strip() for part in text.split(",")) if word]


def _create_once(path: Path, content: str) -> None:
    """Whole or not at all, and by the first of several that start together."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(content)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _text(environ: Mapping[str, str], name: str) -> str | None:
    path = environ.get(f"{name}_FILE")
    if path is None:
        return environ.get(name)
    try:
        return Path(path).read_text("utf-8").strip()
    except OSError as error:
        raise SettingError(f"{name}_FILE: {error}") from error


def _parsed(name: str, text: str, kind: Any) -> Any:
    parse: Callable[[str], Any] = kind
    try:
        return parse(text)
    except ValueError as error:
        raise SettingError(f"{name}: {text!r} is not usable ({error})") from error
