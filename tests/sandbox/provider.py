"""The sandbox in this process, with a clock of its own, and how to be at its page."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from werkzeug.test import Client, TestResponse

from webapp.adapters.payments.port import NoAnswer
from webapp.adapters.payments.sandbox import SandboxProvider
from webapp.sandbox import create_sandbox
from webapp.sandbox.books import Books
from webapp.sandbox.payments import Payment

ADDRESS = "https://pay.example"
KEY = "a key that only the two know"


class Direct:
    """Speaks to the application without a network; broken, it answers nothing."""

    def __init__(self, app: Flask) -> None:
        self._client, self.broken = Client(app), False

    def request(self, method: str, url: str, *, body: bytes | None, headers: Mapping[str, str]) -> "Answered":
        if self.broken:
            raise NoAnswer
        path = url.removeprefix(ADDRESS)
        answer = self._client.open(path, method=method, data=body, headers=dict(headers), base_url=ADDRESS)
        return Answered(answer.status_code, answer.data)


@dataclass
class Answered:
    status: int
    data: bytes


class Sandbox:
    """What the seller, the person and time do."""

    def __init__(self, folder: Path, at: float = 1_700_000_000.0) -> None:
        self.at = at
        self.app = create_sandbox(folder / "books.sqlite3", KEY, lambda: self.at)
        self.http = Direct(self.app)
        self.provider = SandboxProvider(ADDRESS, KEY, self.http)
        self.books: Books = self.app.extensions["books"]
        self.person = Client(self.app)

    def page(self, address: str) -> TestResponse:
        return self.person.get(address.removeprefix(ADDRESS), base_url=ADDRESS)

    def press(self, address: str, outcome: str) -> TestResponse:
        return self.person.post(address.removeprefix(ADDRESS), data={"outcome": outcome}, base_url=ADDRESS)

    def payment(self, key: str) -> Payment:
        payment = self.books.by_key(key)
        assert payment is not None
        return payment
