"""A control panel with a page that shows the program in a frame, on a site of its own."""

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import jwt

SECRET = "what a panel and the program share in these tests"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{name} panel</title><h1>{name} panel</h1>
<form method="post" action="{site}{within}/launch" target="{target}">
<input type="hidden" name="token" value="{token}"><button>My services</button></form>
<iframe name="portal" title="My services" width="{width}" height="700"></iframe>"""


class PanelHost(ThreadingHTTPServer):
    """Whoever comes to its page is signed in there as the account that the address names."""

    daemon_threads = True
    name = address = site = ""

    @property
    def origin(self) -> str:
        return f"http://{self.address}:{self.server_port}"

    @property
    def told(self) -> str:
        """How the program knows it."""
        return (
            f'[panels.{self.name}]\ntitle = "{self.name.capitalize()}"\nissuer = "{self.origin}"\nsecret = "{SECRET}"\n'
            f'origins = ["{self.origin}"]\nreturn_to = ["{self.origin}/"]\nways = ["top", "frame"]\n'
        )

    def token(self, handle: str, **claims: str) -> str:
        now = int(time.time())
        usual = {"iss": self.origin, "aud": self.site, "sub": handle, "iat": now, "exp": now + 60}
        return jwt.encode(usual | {"jti": str(uuid.uuid4()), "origin": self.origin} | claims, SECRET, "HS256")

    def page(self, asked: dict[str, str]) -> str:
        """``?account=…`` in a frame, with ``&top=yes`` in the whole window; other words are claims."""
        top, width = asked.pop("top", ""), asked.pop("width", "1100")
        return PAGE.format(
            name=escape(self.name.capitalize()),
            site=self.site,
            within="" if top else f"/in/{self.name}",
            target="_top" if top else "portal",
            token=self.token(asked.pop("account", "demo-fr"), **{"locale": "en"} | asked),
            width=escape(width),
        )


class _Page(BaseHTTPRequestHandler):
    server: PanelHost

    def do_GET(self) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        body = self.server.page(asked).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: object) -> None:
        pass


@contextmanager
def panel_host(name: str, address: str) -> Iterator[PanelHost]:
    host = PanelHost((address, 0), _Page)
    host.name, host.address = name, address
    thread = Thread(target=host.serve_forever)
    thread.start()
    try:
        yield host
    finally:
        host.shutdown()
        host.server_close()
        thread.join()
