"""A control panel with a page that shows the program in a frame, on a site of its own."""

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

SECRET = "what a panel and the program share in these tests"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{name} panel</title><h1>{name} panel</h1>
<form method="post" action="{site}{within}/launch" target="{target}">
<input type="hidden" name="token" value="{token}"><button>My services</button></form>
<iframe name="portal" title="My services" width="{width}" height="700"></iframe>"""


EMBEDDED = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{name} panel</title><h1>{name} panel</h1><script src="{site}/embed.js" defer></script>
<echeance-services panel="{name}" token-url="/token?account={account}" locale="en" address="portal" title="My services">
<a href="{top}">My services in a window</a></echeance-services><p>Below it</p>"""
HOME = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{name} panel</title><h1>{name} panel</h1>
<!--# include virtual="/portal-fragment/services" --><p>End of the page</p>"""
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; "
    "script-src {site}; frame-src {site}; connect-src 'self'; form-action {site}"
)
"""Of a panel that is as strict as it can be."""


class PanelHost(ThreadingHTTPServer):
    """Whoever comes to its page is signed in there as the account that the address names."""

    daemon_threads = True
    name = address = site = front = ""
    signed_in = "demo-fr"
    """Who is, at whatever browser, where the program is behind the panel's own server."""

    @property
    def own_origin(self) -> str:
        return f"http://{self.address}:{self.server_port}"

    @property
    def origin(self) -> str:
        """Where its customers see it."""
        return self.front or self.own_origin

    @property
    def told(self) -> str:
        """How the program knows it."""
        return (
            f'[panels.{self.name}]\ntitle = "{self.name.capitalize()}"\nissuer = "{self.origin}"\nsecret = "{SECRET}"\n'
            f'origins = ["{self.origin}"]\nreturn_to = ["{self.origin}/"]\nways = ["top", "frame", "proxy"]\n'
            f'prefix = "/my"\n'
        )

    def assertion(self) -> str:
        now = int(time.time())
        claims = {"iss": self.origin, "aud": self.site, "sub": self.signed_in, "iat": now, "exp": now + 30}
        return jwt.encode(claims | {"way": "proxy", "locale": "en"}, SECRET, "HS256")

    def token(self, handle: str, **claims: str) -> str:
        now = int(time.time())
        usual = {"iss": self.origin, "aud": self.site, "sub": handle, "iat": now, "exp": now + 60}
        return jwt.encode(usual | {"jti": str(uuid.uuid4()), "origin": self.origin} | claims, SECRET, "HS256")

    def embedding(self, asked: dict[str, str]) -> str:
        """The page around it by our own element."""
        account = escape(asked.get("account", "demo-fr"))
        return EMBEDDED.format(name=self.name, site=self.site, account=account, top=f"/?account={account}&amp;top=yes")

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


def home(host: PanelHost, _asked: dict[str, str]) -> str:
    """A page whose services the panel's server puts in."""
    return HOME.format(name=escape(host.name.capitalize()))


PAGES = {"/embedding": PanelHost.embedding, "/home": home}


class _Page(BaseHTTPRequestHandler):
    server: PanelHost

    def do_GET(self) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        path, server, kind = urlsplit(self.path).path, self.server, "text/html; charset=utf-8"
        if path == "/portal-assertion":
            return self.answer("", kind, **({"X-Portal-Assertion": server.assertion()} if server.signed_in else {}))
        if path == "/token":
            kind, text = "application/json", json.dumps({"token": server.token(asked.pop("account"), **asked)})
        else:
            text = PAGES.get(path, PanelHost.page)(server, asked)
        return self.answer(text, kind)

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
