"""What is asked of the page, and what an answer consists of without a network in between."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import Flask

from tests.statements import statements

from .database import sign_in

ROWS = 25
BROWSER = {"Accept-Encoding": "gzip, deflate, br", "Accept-Language": "fr"}
FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#results"}
CASES = {
    "default view": "/services",
    "by name, descending": "/services?sort=-name",
    "by type": "/services?sort=type",
    "type and status": "/services?type=domain&status=automatic",
    "search": "/services?q=Caf%C3%A9",
    "middle page": "/services?page={middle}",
    "last page": "/services?page={last}",
    "fragment #results": "/services",
    "calendar": "/calendar",
    "calendar, if yearly": "/calendar?if=P12M",
}
MARKS = (b'id="row-', b'class="rows calendar"')
"""What an answer has one of."""


@dataclass(frozen=True, slots=True)
class Case:
    """One request of one account."""

    size: int
    """How many services the account has."""
    name: str
    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """Bytes of the body as it is written and as it is sent; SQL statements without BEGIN."""

    written: int
    sent: int
    statements: int


def cases(app: Flask, account_id: int, size: int) -> Iterator[Case]:
    """Everything that is asked for an account of that size, by a browser that is signed in."""
    last = -(-size // ROWS)
    headers = BROWSER | {"Cookie": sign_in(app, account_id)}
    for name, address in CASES.items():
        path = address.format(middle=-(-last // 2), last=last)
        yield Case(size, name, path, headers | (FRAGMENT if name.startswith("fragment") else {}))


def answer(app: Flask, case: Case) -> Answer:
    """What the case is answered with. Raises RuntimeError where it is not answered with rows."""
    get(app, case.path, case.headers)
    with statements(app) as counted:
        sent = get(app, case.path, case.headers)
    written = get(app, case.path, {**case.headers, "Accept-Encoding": "identity"})
    if not any(mark in written for mark in MARKS):
        raise RuntimeError(f"{case.name}: no rows at {case.path}")
    return Answer(len(written), len(sent), len(counted))


def first_view(app: Flask, case: Case) -> tuple[int, int]:
    """Compressed bytes of the page, and of it with every file that it loads."""
    page = get(app, case.path, {**case.headers, "Accept-Encoding": "identity"}).decode()
    files = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    html = answer(app, case).sent
    return html, html + sum(len(get(app, file, BROWSER)) for file in files)


def get(app: Flask, path: str, headers: Mapping[str, str]) -> bytes:
    with app.test_client(use_cookies=False) as client:
        response = client.get(path, headers=dict(headers))
        if response.status_code != 200:
            raise RuntimeError(f"{path}: {response.status}")
        body: bytes = response.data
        return body
