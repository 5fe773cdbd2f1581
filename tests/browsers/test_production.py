"""Production as ``docs/production.md`` sets it up: nginx with TLS, two processes, a worker, PostgreSQL and Redis."""

import os
import re
import secrets
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import urllib3
from playwright.sync_api import Browser, expect

from tests.adapters.relay import Behaviour, relay
from tests.browsers.conftest import PATIENCE, program
from tests.browsers.customers import OWN, write_customers
from tests.browsers.people import People, choose_another, first_service, sign_in
from tests.browsers.site import ROOT, wait_for
from tests.schemas import schema_of_its_own

PAGE = ROOT / "docs" / "production.md"
FILES = PAGE.with_suffix("")
HANDLE = "aligner-script"
PORTS = {"80 ": "plain", "443 ": "tls", "127.0.0.1:8000": "web", "127.0.0.1:6379": "redis"}
"""As they are written, and what they are."""
PRODUCTS = """product,name,family,period,currency,price
domain-example,Domain,domain,P12M,EUR,9.90
canopee-10,Hosting,hosting,P1M,EUR,5.00
canopee-10,Hosting,hosting,P12M,EUR,50.00
"""
AROUND = "worker_processes 2; daemon off; pid {folder}/nginx.pid; {user} events {{}} http {{ {kept} {site} }}"
KEPT = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
TRIES = 10
"""Of a password, from one network, in a minute."""
SIGNED = (
    "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost "
    "-keyout {0}-key.pem -out {0}.pem"
)


@dataclass(frozen=True, slots=True)
class Machine:
    """One on which everything is in a folder, at ports that are free."""

    folder: Path
    database_url: str
    ports: dict[str, int]

    def written(self, name: str) -> str:
        """That file, with the places of this machine."""
        text = (FILES / name).read_text()
        for there, what in PORTS.items():
            here = f"127.0.0.1:{self.ports[what]}"
            text = text.replace(there, f"{here} " if there.endswith(" ") else here)
        text = re.sub(r"^(ECHEANCE_DATABASE_URL)=.*$", rf"\1={self.database_url}", text, flags=re.MULTILINE)
        for there, here in (
            ("/opt/echeance/.venv/bin/python", sys.executable),
            ("/etc/echeance", str(self.folder)),
            ("/var/lib/echeance", str(self.folder / "var")),
            ("services.example.com", "localhost"),
        ):
            text = text.replace(there, here)
        return text

    @property
    def environ(self) -> dict[str, str]:
        told = dict(line.split("=", 1) for line in self.written("environment").splitlines())
        return {name: value for name, value in os.environ.items() if not name.startswith("ECHEANCE_")} | told

    @contextmanager
    def running(self, *words: str) -> Iterator[None]:
        with (self.folder / "log").open("ab") as log:
            server = subprocess.Popen(words, cwd=ROOT, env=self.environ, stdout=log, stderr=log)
        try:
            yield
        finally:
            server.terminate()
            server.wait(20)

    def flask(self, line: str, typed: str = "") -> str:
        """What a command of the page says."""
        words = [str(self.folder / word) if word.endswith(".csv") else word for word in shlex.split(line)[1:]]
        words = [HANDLE if word == "HANDLE" else word for word in words]
        done = subprocess.run(
            [sys.executable, "-m", "flask", *words],
            cwd=ROOT,
            env=self.environ,
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def starts(self, unit: str) -> list[str]:
        (line,) = re.findall(r"^ExecStart=(.*)$", self.written(f"{unit}.service"), re.MULTILINE)
        return shlex.split(line)

    def write_nginx(self) -> str:
        kept = " ".join(f"{each}_temp_path {self.folder}/{each};" for each in KEPT)
        user = "user root;" if os.getuid() == 0 else ""
        around = AROUND.format(folder=self.folder, user=user, kept=kept, site=self.written("nginx.conf"))
        (self.folder / "nginx.conf").write_text(around)
        return str(self.folder / "nginx.conf")


@pytest.fixture(scope="module")
def mails() -> Iterator[int]:
    """Where a relay takes them."""
    with relay(Behaviour()) as port:
        yield port


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory, postgresql: str, mails: int) -> Iterator[Machine]:
    """Set up in the order of the page."""
    folder = tmp_path_factory.mktemp("production")
    url = schema_of_its_own("production", postgresql, folder)
    with ExitStack() as free:
        sockets = {what: free.enter_context(socket.create_server(("127.0.0.1", 0))) for what in PORTS.values()}
        machine = Machine(folder, url, {what: each.getsockname()[1] for what, each in sockets.items()})
    (folder / "secret-key").write_text(secrets.token_urlsafe(48))
    (folder / "smtp-url").write_text(f"smtp+plain://127.0.0.1:{mails}")
    shutil.copy(ROOT / "webapp" / "demo" / "sellers.toml", folder)
    shutil.copy(ROOT / "webapp" / "demo" / "logo.svg", folder)
    subprocess.run(SIGNED.format(folder / "certificate").split(), check=True, capture_output=True)
    (folder / "products.csv").write_text(PRODUCTS)
    write_customers(folder, datetime.now(UTC).date())
    for line in re.findall(r"^ +(\.venv/bin/flask .*)$", PAGE.read_text(), re.MULTILINE):
        machine.flask(line, typed=f"{OWN}\n" if "password" in line else "")
    keeping = [program("redis-server"), "--port", str(machine.ports["redis"]), "--save", "", "--dir", str(folder)]
    with (
        machine.running(*keeping),
        machine.running(*machine.starts("echeance-web")),
        machine.running(*machine.starts("echeance-worker")),
        machine.running(program("nginx"), "-c", machine.write_nginx(), "-e", str(folder / "nginx.log")),
    ):
        wait_for(f"http://127.0.0.1:{machine.ports['web']}/healthz")
        yield machine


@pytest.fixture
def people(chromium: Browser, machine: Machine) -> Iterator[People]:
    people = People(chromium, f"https://localhost:{machine.ports['tls']}", PATIENCE)
    yield people
    people.leave()
    assert people.errors == []


@pytest.fixture(scope="module")
def asking(machine: Machine) -> urllib3.HTTPConnectionPool:
    """Somebody who asks without a browser."""
    certificate = str(machine.folder / "certificate.pem")
    return urllib3.HTTPSConnectionPool("localhost", machine.ports["tls"], ca_certs=certificate, retries=False)


def test_a_customer_signs_in_changes_a_renewal_and_leaves(people: People) -> None:
    page = people.stranger(ignore_https_errors=True)
    page.goto("/services")
    sign_in(page, HANDLE)
    (session,) = (each for each in page.context.cookies() if each["name"] == "__Host-echeance")
    assert session["secure"] and session["httpOnly"] and session["path"] == "/"
    service = first_service(page)
    page.goto(f"{service}/renewal")
    choose_another(page)
    page.get_by_role("button", name="Confirm:").click()
    expect(page.get_by_role("heading", name="How it stands now")).to_be_visible()
    page.goto(service)
    expect(page.locator(".history")).to_contain_text("Renewal configured")
    page.locator('form[action="/logout"] button').click()
    expect(page.locator("#password")).to_be_visible()


def test_it_is_ready_and_says_how_it_is_to_be_treated(asking: urllib3.HTTPConnectionPool) -> None:
    end = time.monotonic() + PATIENCE / 1000
    while (ready := asking.request("GET", "/readyz")).status == 503 and time.monotonic() < end:
        time.sleep(0.5)  # The worker may be longer in starting than those that serve.
    assert (ready.status, ready.data.strip()) == (200, b"ready")
    page = asking.request("GET", "/login")
    assert page.headers["Strict-Transport-Security"].startswith("max-age=63072000")
    assert "gunicorn" not in str(page.headers) and "nginx/" not in str(page.headers)
    assert page.headers["Content-Security-Policy"] and "no-store" in page.headers["Cache-Control"]
    (style,) = re.findall(r'href="(/static/[^"]+\.css)"', page.data.decode())
    file = asking.request("GET", style, headers={"Accept-Encoding": "br"})
    assert file.headers["Content-Encoding"] == "br" and "immutable" in file.headers["Cache-Control"]


def test_what_is_plain_foreign_or_too_large_does_not_reach_it(
    machine: Machine, asking: urllib3.HTTPConnectionPool
) -> None:
    plain = urllib3.request(
        "GET", f"http://localhost:{machine.ports['plain']}/services?q=x", redirect=False, retries=False
    )
    assert (plain.status, plain.headers["Location"]) == (301, "https://localhost/services?q=x")
    assert asking.request("GET", "/login", headers={"Host": "other.example"}).status == 421
    assert asking.request("POST", "/login", body=b"x" * 2_000_000).status == 413


def test_tries_are_counted_by_all_processes_whatever_a_stranger_claims(people: People) -> None:
    page = people.stranger(ignore_https_errors=True)
    page.goto("/login")
    for number in range(TRIES + 1):
        expect(page.locator("#password")).to_have_value("")
        page.context.set_extra_http_headers({"X-Forwarded-For": f"203.0.113.{number}"})
        page.locator("#email").fill("holder-script@demo.example")
        page.locator("#password").fill(f"a guess that is wrong {number}")
        page.locator("main form button.primary").click()
    expect(page.locator("h1")).to_have_text("Too many attempts")


def test_nothing_is_amiss_afterwards(machine: Machine) -> None:
    assert "Everything agrees" in machine.flask("flask --app wsgi audit")
