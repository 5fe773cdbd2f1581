"""How a control panel wants pages to look, as far as everybody can still read them (WCAG 2.2, 1.4.3 and 1.4.11)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256

from .colour import LEGIBLE, WHITE, contrast, mixed

VISIBLE = 3.0
"""The least contrast of what has to be seen but not read."""
BLACK = "#10131a"
MEANING = {
    "light": {"good": "#17663b", "warn": "#8a4b00", "bad": "#ac1b2b", "idle": "#4a5364"},
    "dark": {"good": "#7fd6a2", "warn": "#f2bd6e", "bad": "#ff9aa3", "idle": "#b7bfce"},
}
"""Colours of the stylesheet that stay what they are, since they mean something."""
READ = (
    *((name, on) for name in ("text", "soft", "accent", "good", "warn", "bad", "idle") for on in ("surface", "ground")),
    ("text", "raised"),
    ("soft", "raised"),
    ("accent-ink", "accent"),
    ("accent", "accent-wash"),
    ("text", "accent-wash"),
)
"""What is written on what."""
SEEN = (("edge", "surface"), ("edge", "ground"))
"""The edges of what can be pressed or typed into."""
SCHEMES = {"": "(prefers-color-scheme: dark)", "light": "not all", "dark": "all"}
"""When the dark colours hold: where the reader prefers them, never, or always."""


class Font(StrEnum):
    SYSTEM = "system"
    SERIF = "serif"


FAMILIES = {Font.SERIF: 'Georgia, "Liberation Serif", "Noto Serif", "Times New Roman", serif'}


class Illegible(ValueError):
    """Two colours of a theme are too much alike."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Three colours, written ``#rrggbb``; all others follow from them."""

    accent: str
    surface: str
    text: str

    def colours(self) -> dict[str, str]:
        ink = max((WHITE, BLACK), key=lambda each: contrast(each, self.accent))
        towards_text = {"ground": 4, "raised": 2, "line": 14, "edge": 58, "soft": 72}
        return {
            "accent": self.accent,
            "surface": self.surface,
            "text": self.text,
            "accent-ink": ink,
            "accent-wash": mixed(self.surface, self.accent, 10),
            **{name: mixed(self.surface, self.text, share) for name, share in towards_text.items()},
        }

    def require_legible(self, scheme: str) -> None:
        """Raises Illegible, which names the two."""
        known = self.colours() | MEANING[scheme]
        for pairs, least in ((READ, LEGIBLE), (SEEN, VISIBLE)):
            for one, other in pairs:
                if (measured := contrast(known[one], known[other])) < least:
                    told = f"{one} {known[one]} on {other} {known[other]}"
                    raise Illegible(f"{scheme}: {told} has a contrast of {measured}, and needs {least}")


@dataclass(frozen=True, slots=True)
class Theme:
    light: Palette | None = None
    dark: Palette | None = None
    radius: int | None = None
    """Of corners, in CSS pixels."""
    font: Font = Font.SYSTEM
    name: str = ""
    """What the portal is called; empty for its own name."""
    logo: str = ""
    """An SVG image; empty for its own."""

    def files(self) -> dict[str, tuple[str, str]]:
        """What browsers fetch, by a name that is another one once its content is: type and content."""
        files = {self.sheet_name(scheme): ("text/css", _written(self, scheme)[1]) for scheme in SCHEMES}
        return files | ({self.logo_name: ("image/svg+xml", self.logo)} if self.logo else {})

    def sheet_name(self, scheme: str) -> str:
        return _written(self, scheme)[0]

    @property
    def logo_name(self) -> str:
        return f"{_fingerprint(self.logo)}.svg" if self.logo else ""

    def require_legible(self) -> None:
        """Raises Illegible."""
        for scheme, palette in (("light", self.light), ("dark", self.dark)):
            if palette:
                palette.require_legible(scheme)


@lru_cache
def _written(theme: Theme, scheme: str) -> tuple[str, str]:
    """Name and content of a stylesheet."""
    shape = {"radius": f"{theme.radius}px"} if theme.radius is not None else {}
    shape |= {"font": FAMILIES[theme.font]} if theme.font in FAMILIES else {}
    light = _rule((theme.light.colours() if theme.light else {}) | shape)
    dark = _rule(theme.dark.colours()) if theme.dark else ""
    sheet = light + (f"@media {SCHEMES[scheme]} {{ {dark} }}" if dark else "")
    return f"{_fingerprint(sheet)}.css", sheet


def _rule(properties: Mapping[str, str]) -> str:
    return f":root {{ {' '.join(_declared(properties))} }}\n" if properties else ""


def _declared(properties: Mapping[str, str]) -> Iterator[str]:
    for name, value in properties.items():
        yield f"--{'ink' if name == 'text' else name}: {value};"


def _fingerprint(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]
