"""The file that names the control panels of an installation, read once at start."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import asdict

from ..domain.actors import EVERYTHING, Scope
from ..domain.colour import WRITTEN
from ..domain.panels import Adapter, Panel, Way, algorithm_of, is_origin, is_safe
from ..domain.themes import Font, Illegible, Palette, Theme
from .loader import logo_of
from .told import RuleEntry, RuleError, read

SHORTEST_SECRET = 32
"""Characters, as many bytes as HS256 gives (RFC 7518, 3.2)."""
LONGEST_TITLE = 30
LARGEST_RADIUS = 16
NAME = re.compile(r"[a-z0-9-]{1,40}")
PREFIX = re.compile(r"(?:/[A-Za-z0-9._~-]+)*")


class ToldPalette(RuleEntry):
    accent: str
    surface: str
    text: str


class ToldTheme(RuleEntry):
    light: ToldPalette | None = None
    dark: ToldPalette | None = None
    radius: int | None = None
    font: Font = Font.SYSTEM
    name: str = ""
    logo: str = ""
    """Name of an SVG file beside the file that says so."""


class ToldPanel(RuleEntry):
    issuer: str
    origins: tuple[str, ...]
    title: str = ""
    secret: str = ""
    secrets: tuple[str, ...] = ()
    keys: tuple[Mapping[str, Any], ...] = ()
    jwks: str = ""
    return_to: tuple[str, ...] = ()
    ways: frozenset[Way] = frozenset({Way.TOP})
    scopes: frozenset[Scope] = EVERYTHING
    adapters: frozenset[Adapter] = frozenset()
    portal: str | None = None
    theme: ToldTheme | None = None
    prefix: str = ""
    languages: tuple[str, ...] = ()
    enabled: bool = True


class ToldPanels(RuleEntry):
    panels: Mapping[str, ToldPanel] = {}


def _theme(told: ToldTheme, beside: Path, require: Callable[[bool, str], None]) -> Theme:
    palettes = {"light": told.light, "dark": told.dark}
    for palette in filter(None, palettes.values()):
        for name, value in asdict(palette).items():
            require(bool(WRITTEN.fullmatch(value)), f"theme: {name} is no colour such as #2546c7")
    require(told.radius is None or 0 <= told.radius <= LARGEST_RADIUS, f"theme: radius is 0 to {LARGEST_RADIUS}")
    require(len(told.name) <= LONGEST_TITLE, f"theme: the name has at most {LONGEST_TITLE} characters")
    kept = asdict(told) | {key: palette and Palette(**asdict(palette)) for key, palette in palettes.items()}
    theme = Theme(**kept | {"logo": logo_of(beside / told.logo) if told.logo else ""})
    try:
        theme.require_legible()
    except Illegible as error:
        require(False, f"theme, {error}")
    return theme


def load_panels(path: Path, portals: Mapping[str, Any]) -> dict[str, Panel]:
    """By name. Raises RuleError with the panel and what is wrong with it."""
    panels = {name: _panel(name, told, path, portals) for name, told in read(path, ToldPanels).panels.items()}
    issuers = [panel.issuer for panel in panels.values()]
    if twice := {issuer for issuer in issuers if issuers.count(issuer) > 1}:
        raise RuleError(f"{path.name}: two panels are {min(twice)}")
    return panels


def _panel(name: str, told: ToldPanel, path: Path, portals: Mapping[str, Any]) -> Panel:
    def require(condition: bool, wanted: str) -> None:
        if not condition:
            raise RuleError(f"{path.name}, [panels.{name}]: {wanted}")

    secrets = (*((told.secret,) if told.secret else ()), *told.secrets)
    require(bool(NAME.fullmatch(name)), "its name is made of a to z, 0 to 9 and hyphens, at most 40 of them")
    require(bool(told.issuer), "the issuer is empty")
    require(len(told.title or name) <= LONGEST_TITLE, f"the title has at most {LONGEST_TITLE} characters")
    require(Scope.READ in told.scopes, f"`scopes` have {Scope.READ} among them")
    ways_to_sign = sum(map(bool, (secrets, told.keys, told.jwks)))
    require(ways_to_sign == 1, "one of `secret` (or `secrets`), `keys` and `jwks` is needed")
    long_enough = all(len(each) >= SHORTEST_SECRET for each in secrets)
    require(long_enough, f"a secret has at least {SHORTEST_SECRET} characters")
    require(not told.jwks or is_safe(told.jwks), "`jwks` is no https:// address")
    require(all(map(algorithm_of, told.keys)), "`keys` are public ones: EC P-256, OKP Ed25519 or RSA of 2048 bits")
    require(bool(told.origins) and all(map(is_origin, told.origins)), "`origins` are written https://panel.example")
    require(all(map(is_safe, told.return_to)), "`return_to` are https:// addresses")
    require(Adapter.CPANEL not in told.adapters or bool(secrets), "`cpanel` needs a `secret`")
    require(Adapter.NEXTCLOUD not in told.adapters or bool(told.keys), "`nextcloud` needs its `keys`")
    require(bool(PREFIX.fullmatch(told.prefix)), f"the prefix {told.prefix} is no path such as /my")
    require(told.portal is None or told.portal in portals, f"there is no portal {told.portal}")
    kept = asdict(told) | {"secrets": secrets, "title": told.title or name}
    kept["theme"] = _theme(told.theme, path.parent, require) if told.theme else None
    kept.pop("secret")
    return Panel(name=name, **kept)
