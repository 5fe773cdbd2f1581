"""Draws the pages of the demo into a folder, one file each, without what differs from run to run.

``.ci/compare`` draws those of two commits and prints how they differ.
"""

import re
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from webapp import create_app
from webapp.adapters import Adapters
from webapp.adapters.clock import FixedClock
from webapp.commands.demo import demo
from webapp.extensions import db
from webapp.settings import Settings

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
LANGUAGES = ("en", "fr")
CAST = ("demo-fr", "demo-de", "demo-qc", "demo-agency", "demo-new", "demo-tech")
TABLES = (
    "",
    "?size=100",
    "?sort=-price",
    "?sort=type&type=domain&type=hosting",
    "?q=castaing&mode=manual&from=2026-02-30",
    "?bill=unpaid",
    "?selected=yes",
    "?due=month",
    "?q=nothing",
)
VARYING = (
    (re.compile(r"\n\s+(?=[\w-]+=)"), " "),
    (re.compile(r'(name="csrf_token" value=")[^"]+'), r"\1"),
    (re.compile(r"(static/\w+\.)[0-9a-f]{12}\."), r"\1"),
    (re.compile(r'(name="(?:fingerprint|shown)" value=")[^"]+'), r"\1"),
)


def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as var:
        app = create_app(Settings(var=Path(var)), Adapters(clock=FixedClock(NOON)))
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            db.create_all()
        app.test_cli_runner().invoke(demo, ["load"], catch_exceptions=False)
        for handle in CAST:
            for language in LANGUAGES:
                _draw(app, folder, handle, language)


def _draw(app: Flask, folder: Path, handle: str, language: str) -> None:
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
    client.post("/language", data={"language": language})
    client.post("/login", data={"email": f"{handle}@demo.example", "password": "demo"})
    for url in _addresses(client):
        target = folder / handle / language / f"{quote(url, safe='')[:200]}.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_settled(client.get(url).get_data(as_text=True)))
    _draw_a_change(client, folder / handle / language)


def _draw_a_change(client: FlaskClient, folder: Path) -> None:
    """The receipt of the first renewal that can be configured, and the answer to a choice that cannot be made."""
    for url in [url for url in _addresses(client) if url.endswith("/renewal?choice=P1M")]:
        page = BeautifulSoup(client.get(url).get_data(as_text=True), "html.parser")
        fields = page.select(".preview form[method=post] input[name]")
        form = {str(field["name"]): str(field["value"]) for field in fields}
        if form:
            refused = client.post(url.partition("?")[0], data=form | {"choice": "weekly"})
            receipt = client.post(url.partition("?")[0], data=form, follow_redirects=True)
            for name, response in (("refused", refused), ("receipt", receipt)):
                (folder / f"{name}.html").write_text(_settled(response.get_data(as_text=True)))
            return


def _addresses(client: FlaskClient) -> Iterator[str]:
    yield from (f"/services{query}" for query in TABLES)
    yield from ("/views", "/nothing")
    page = BeautifulSoup(client.get("/services?size=100").get_data(as_text=True), "html.parser")
    for box in page.select("tbody input[name=ref]"):
        url = f"/services/{box['value']}"
        yield from (url, f"{url}/renewal", f"{url}/renewal?choice=manual", f"{url}/renewal?choice=P1M")


def _settled(text: str) -> str:
    for pattern, kept in VARYING:
        text = pattern.sub(kept, text)
    return text


if __name__ == "__main__":
    main(Path(sys.argv[1]))
