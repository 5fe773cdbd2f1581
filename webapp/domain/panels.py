"""Control panels of others through which customers come, and what each of them may do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from typing import Any
from urllib.parse import SplitResult, urlsplit

from .actors import EVERYTHING, Scope
from .themes import Theme


class Way(StrEnum):
    """How a panel shows the program."""

    TOP = "top"
    """In a window of its own, which the panel leads to."""
    FRAME = "frame"
    """In a frame of one of its pages."""
    PROXY = "proxy"
    """Through its own server."""


class Adapter(StrEnum):
    """Panels that sign in a way of their own."""

    CPANEL = "cpanel"
    NEXTCLOUD = "nextcloud"


Jwk = Mapping[str, Any]
"""A public key as RFC 7517 writes it."""
ALGORITHMS = {("EC", "P-256"): "ES256", ("OKP", "Ed25519"): "EdDSA", ("RSA", None): "RS256"}
"""By the type of a key and its curve: what a token says of itself is only compared with it."""
SHORTEST_MODULUS = 342
"""Characters of the number that makes an RSA key: 2048 bits."""


@dataclass(frozen=True, slots=True)
class Panel:
    name: str
    title: str
    """What its customers call it."""
    issuer: str
    """Who its tokens say that they are from (RFC 7519, 4.1.1)."""
    origins: tuple[str, ...]
    """Of its pages (RFC 6454): ``https://panel.example``."""
    return_to: tuple[str, ...]
    """Beginnings of the addresses that lead back to it."""
    secrets: tuple[str, ...] = field(default=(), repr=False)
    """Shared with it: either these, or keys, or the address of keys. Two while one takes the place of the other."""
    keys: tuple[Jwk, ...] = ()
    jwks: str = ""
    """Where it publishes its keys."""
    ways: frozenset[Way] = frozenset({Way.TOP})
    scopes: frozenset[Scope] = EVERYTHING
    """What its customers may do at most."""
    adapters: frozenset[Adapter] = frozenset()
    """Ways of their own that it may use besides."""
    portal: str | None = None
    """The only one whose accounts it may open; None for all."""
    theme: Theme | None = None
    prefix: str = ""
    """Path below which its own server has the program, behind the first of its origins: ``/my``."""
    languages: tuple[str, ...] = ()
    """Those that it may ask for; empty for all."""
    enabled: bool = True

    @property
    def home(self) -> str:
        """Where one finds back to it."""
        return self.return_to[0] if self.return_to else ""

    def may_return_to(self, address: str) -> bool:
        """Whether that address lies below one of those agreed, however it is written."""
        return any(_below(address, beginning) for beginning in self.return_to)


def by_issuer(panels: Mapping[str, Panel], issuer: str) -> Panel | None:
    return next((panel for panel in panels.values() if panel.issuer == issuer), None)


def algorithm_of(key: Jwk) -> str | None:
    """None for a key that nothing may be signed with here: a secret one, a weak one, or one of another kind."""
    if "k" in key or "d" in key or (key.get("kty") == "RSA" and len(str(key.get("n", ""))) < SHORTEST_MODULUS):
        return None
    return ALGORITHMS.get((str(key.get("kty", "")), key.get("crv")))


def is_origin(text: str) -> bool:
    """Whether pages of a site come from there, as browsers write it: over TLS, or of one’s own machine."""
    parts = _parts(text)
    if parts is None or text != text.lower() or text != f"{parts.scheme}://{parts.netloc}":
        return False
    return is_safe(text)


def is_safe(address: str) -> bool:
    """Whether what is told there, or comes from there, is not told to everybody on the way."""
    parts = _parts(address)
    if parts is None or not parts.hostname or parts.username is not None:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_own_machine(parts.hostname))


def _is_own_machine(host: str) -> bool:
    """What never leaves it: addresses of RFC 1122, 3.2.1.3 and RFC 4291, 2.5.3."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _below(address: str, beginning: str) -> bool:
    """Browsers take a backslash for a slash and leave out what cannot be seen, so neither may stand in an address."""
    asked, agreed = _parts(address), _parts(beginning)
    if asked is None or agreed is None or not is_safe(address):
        return False
    if (asked.scheme, asked.netloc.lower()) != (agreed.scheme, agreed.netloc.lower()):
        return False
    steps = asked.path.lower().replace("%2e", ".").split("/")
    if ".." in steps or "." in steps:
        return False
    path = agreed.path.rstrip("/")
    return asked.path == path or asked.path.startswith(path + "/")


def _parts(address: str) -> SplitResult | None:
    if "\\" in address or any(not 32 < ord(char) < 127 for char in address):
        return None
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - asking is what checks it
    except ValueError:
        return None
    return parts
