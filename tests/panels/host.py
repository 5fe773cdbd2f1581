"""A control panel with pages that show the program, on a site of its own."""

import json
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import jwt

from tests.panels.pages import BEHIND, ELEMENT, FRAME, INCLUDED, LINKS, PAGE, POLICY, STYLE

SECRET = "what a panel and the program share in these tests"
THEME = """
[panels.{name}.theme]
name = "{title} services"
radius = 2
font = "serif"
light = {{accent = "#7a1fa2", surface = "#fffdf8", text = "#1d1a16"}}
dark = {{accent = "#dcb0f4", surface = "#1d1a20", text = "#f3eef6"}}
"""


class PanelHost(ThreadingHTTPServer):
    """Whoever comes to its page is signed in there as the account that the address names."""

    daemon_threads = True
    name = address = site = front = ""
    signed_in = "demo-fr"
    """Who is, at whatever browser, where the program is behind the panel's own server."""
    is_themed = False

    @property
    def own_origin(self) -> str:
        return f"http://{self.address}:{self.server_port}"

    @property
    def origin(self) -> str:
        """Where its customers see it."""
        return self.front or self.own_origin

    @property
    def title(self) -> str:
        return self.name.capitalize()

    @property
    def told(self) -> str:
        """How the program knows it."""
        ways = "proxy" if self.front else "frame"
        told = (
            f'[panels.{self.name}]\ntitle = "{self.title}"\nissuer = "{self.origin}"\nsecret = "{SECRET}"\n'
            f'origins = ["{self.origin}"]\nreturn_to = ["{self.origin}/"]\nways = ["top", "{ways}"]\n'
            f'prefix = "{"/my" if self.front else ""}"\n'
        )
        return told + (THEME.format(name=self.name, title=self.title) if self.is_themed else "")

    def assertion(self) -> str:
        now = int(time.time())
        claims = {"iss": self.origin, "aud": self.site, "sub": self.signed_in, "iat": now, "exp": now + 30}
        return jwt.encode(claims | {"way": "proxy", "locale": "en"}, SECRET, "HS256")

    def token(self, handle: str, **claims: str) -> str:
        now = int(time.time())
        usual = {"iss": self.origin, "aud": self.site, "sub": handle, "iat": now, "exp": now + 60}
        return jwt.encode(usual | {"jti": str(uuid.uuid4()), "origin": self.origin} | claims, SECRET, "HS256")

    def page(self, path: str, asked: dict[str, str]) -> str:
        account = asked.get("account", self.signed_in)
        links = {address.format(account=escape(account)): text for address, text in LINKS.items()}
        links = BEHIND if self.front else links
        shown = "".join(f'<a href="{address}">{text}</a>' for address, text in links.items())
        content = {"/embedding": self.element, "/home": self.included}.get(path, self.frame)(account, asked)
        return PAGE.format(name=escape(self.title), style=STYLE, links=shown, content=content)

    def element(self, account: str, asked: dict[str, str]) -> str:
        """The page around it by our own element."""
        locale = escape(asked.get("locale", "en"))
        return ELEMENT.format(panel=self.name, site=self.site, account=escape(account), locale=locale)

    def included(self, _account: str, _asked: dict[str, str]) -> str:
        """A page whose services the panel's server puts in."""
        return INCLUDED

    def frame(self, account: str, asked: dict[str, str]) -> str:
        """In a frame, or with ``top=yes`` in the whole window; other words are claims."""
        known = {name: asked.get(name, usual) for name, usual in (("top", ""), ("width", "1100"))}
        claims = {name: value for name, value in asked.items() if name not in ("account", *known)}
        return FRAME.format(
            site=self.site,
            within="" if known["top"] else f"/in/{self.name}",
            target="_top" if known["top"] else "portal",
            token=self.token(account, **{"locale": "en"} | claims),
            width=escape(known["width"]),
        )


class _Page(BaseHTTPRequestHandler):
    server: PanelHost

    def do_GET(self) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        path, server = urlsplit(self.path).path, self.server
        if path == "/portal-assertion":
            self.answer("", "text/plain", **({"X-Portal-Assertion": server.assertion()} if server.signed_in else {}))
        elif path == "/token":
            self.answer(json.dumps({"token": server.token(asked.pop("account"), **asked)}), "application/json")
        else:
            self.answer(server.page(path, asked), "text/html; charset=utf-8")

    def answer(self, text: str, kind: str, **headers: str) -> None:
        body = text.encode()
        self.send_response(200 if self.server.signed_in else 401)
        policy = {"Content-Security-Policy": POLICY.format(site=self.server.site)}
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **policy, **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: object) -> None:
        pass


@contextmanager
def panel_host(name: str, address: str, port: int = 0, *, themed: bool = False) -> Iterator[PanelHost]:
    host = PanelHost((address, port), _Page)
    host.name, host.address, host.is_themed = name, address, themed
    thread = Thread(target=host.serve_forever)
    thread.start()
    try:
        yield host
    finally:
        host.shutdown()
        host.server_close()
        thread.join()
