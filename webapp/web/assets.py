"""Files for the browser: fingerprinted and compressed at set-up, cached for ever by browsers.

Sources are ``static/`` and the packages that npm put into ``static/vendor/``; the result is ``static/dist/``.
"""

import hashlib
import json
from pathlib import Path

from flask import Flask, current_app
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from ..documents.drawing import in_pixels
from .frames import outer_path

FOLDER = Path(__file__).parents[1] / "static"
DIST = FOLDER / "dist"
STYLES = ("base", "controls", "table", "acting", "documents")
"""In the order in which one may overrule another."""
SOURCES = {
    "portal.css": tuple(FOLDER / "css" / f"{name}.css" for name in STYLES),
    "portal.js": (FOLDER / "portal.js",),
    "icon.svg": (FOLDER / "icon.svg",),
    "frame.js": (FOLDER / "frame.js",),
    "embed.js": (FOLDER / "embed.js",),
    "htmx.js": (FOLDER / "vendor" / "htmx.min.js",),
}
"""What each file for the browser is joined from."""
PREFIX = "static/"
_KEY = "echeance.assets"
THEMES = {
    "light": ((b"color-scheme: light dark", b"color-scheme: light"), (b"(prefers-color-scheme: dark)", b"not all")),
    "dark": ((b"color-scheme: light dark", b"color-scheme: dark"), (b"(prefers-color-scheme: dark)", b"all")),
}
"""What makes each theme of the stylesheet, whatever the reader prefers: for the page that shows them."""
ICON = 32
"""Pixels of its side."""


def build() -> None:
    """Write the fingerprinted, compressed files. Safe to repeat, also below a running server."""
    DIST.mkdir(exist_ok=True)
    names = {}
    compressor = Compressor(quiet=True)
    contents = {name: b"\n".join(source.read_bytes() for source in sources) for name, sources in SOURCES.items()}
    contents |= {f"portal-{theme}.css": _themed(contents["portal.css"], theme) for theme in THEMES}
    contents["icon.png"] = in_pixels(contents["icon.svg"], ICON)
    for name, content in contents.items():
        stem, suffix = name.rsplit(".", 1)
        names[name] = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{suffix}"
        target = DIST / names[name]
        target.write_bytes(content)
        compressor.compress(str(target))
    (DIST / "manifest.json").write_text(json.dumps(names))


def _themed(stylesheet: bytes, theme: str) -> bytes:
    for part, instead in THEMES[theme]:
        stylesheet = stylesheet.replace(part, instead)
    return stylesheet


def init_app(app: Flask) -> None:
    """Serve the built files ahead of the application. Raises FileNotFoundError before the first build."""
    names: dict[str, str] = json.loads((DIST / "manifest.json").read_text())
    fingerprinted = {f"/{PREFIX}{name}" for name in names.values()}
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=DIST,
        prefix=PREFIX,
        immutable_file_test=lambda path, url: url in fingerprinted,
        allow_all_origins=False,
    )
    app.jinja_env.globals["asset"] = asset
    app.extensions[_KEY] = names


def built(source: str) -> Path:
    names: dict[str, str] = current_app.extensions[_KEY]
    return DIST / names[source]


def asset(source: str) -> str:
    """Its address, the same in frames and out of them."""
    return f"{outer_path()}/{PREFIX}{current_app.extensions[_KEY][source]}"
