"""Files for the browser: fingerprinted and compressed at set-up, cached for ever by browsers.

Sources are ``static/`` and the packages that npm put into ``static/vendor/``; the result is ``static/dist/``.
"""

import hashlib
import json
from pathlib import Path
from wsgiref.headers import Headers

from flask import Flask
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from .security import HEADERS

FOLDER = Path(__file__).parent / "static"
DIST = FOLDER / "dist"
SOURCES = {
    "portal.css": FOLDER / "portal.css",
    "portal.js": FOLDER / "portal.js",
    "icon.svg": FOLDER / "icon.svg",
    "htmx.js": FOLDER / "vendor" / "htmx.min.js",
}
PREFIX = "static/"


class Assets:
    """Where each file is found under its fingerprinted name."""

    def __init__(self, names: dict[str, str]) -> None:
        self._names = names

    def name(self, source: str) -> str:
        return PREFIX + self._names[source]


def build() -> Assets:
    """Write the fingerprinted, compressed files. Safe to repeat, also below a running server."""
    DIST.mkdir(exist_ok=True)
    names = {}
    compressor = Compressor(quiet=True)
    for name, source in SOURCES.items():
        content = source.read_bytes()
        stem, suffix = name.rsplit(".", 1)
        names[name] = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{suffix}"
        target = DIST / names[name]
        target.write_bytes(content)
        compressor.compress(str(target))
    (DIST / "manifest.json").write_text(json.dumps(names))
    return Assets(names)


def _add_headers(headers: Headers, path: str, url: str) -> None:
    for name, value in HEADERS.items():
        headers[name] = value


def serve(app: Flask) -> Assets:
    """Serve the built files ahead of the application. Raises FileNotFoundError before the first build."""
    names: dict[str, str] = json.loads((DIST / "manifest.json").read_text())
    fingerprinted = {f"/{PREFIX}{name}" for name in names.values()}
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=DIST,
        prefix=PREFIX,
        immutable_file_test=lambda path, url: url in fingerprinted,
        allow_all_origins=False,
        add_headers_function=_add_headers,
    )
    return Assets(names)
