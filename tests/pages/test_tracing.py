"""Whoever reports an error names its request, and whoever reads the log finds it."""

import logging
from pathlib import Path

import pytest
from flask import Flask
from flask.logging import default_handler

from tests.markup import HTMX, said
from tests.pages.session.test_sign_in import attempt
from tests.world import World
from webapp import create_app
from webapp.settings import Settings


def logged(app: Flask) -> str:
    """A line as it stands in the log."""
    record = logging.LogRecord("webapp.x", logging.ERROR, "x.py", 1, "it broke", None, None)
    return default_handler.format(record)


@pytest.fixture
def broken(tmp_path: Path) -> Flask:
    """Its database has no tables."""
    app = create_app(Settings(var=tmp_path))
    app.logger.disabled = True
    return app


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_an_error_names_its_request_as_the_log_does(broken: Flask, headers: dict[str, str]) -> None:
    lines: list[str] = []
    broken.logger.disabled = False

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(default_handler.format(record))

    keeper = Kept()
    broken.logger.addHandler(keeper)
    client = broken.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = "someone"
    try:
        answer = client.get("/services", headers=headers)
    finally:
        broken.logger.removeHandler(keeper)
    number = answer.headers["X-Request-ID"]
    assert answer.status_code == 500
    assert number in answer.get_data(as_text=True)
    assert any(f"({number})" in line for line in lines)


def test_every_request_has_a_number_of_its_own(world: World) -> None:
    client = world.client(world.account())
    numbers = {client.get(url).headers["X-Request-ID"] for url in ("/services", "/services", "/nothing", "/login")}
    assert len(numbers) == 4


def test_what_somebody_did_wrong_has_none_on_its_page(world: World) -> None:
    answer = world.client(world.account()).get("/nothing")
    assert answer.headers["X-Request-ID"] not in said(answer)


def test_a_line_outside_of_requests_names_none(app: Flask) -> None:
    assert logged(app).endswith("ERROR in x: it broke")


@pytest.mark.parametrize(
    ("method", "url", "headers", "status"),
    [
        ("POST", "/services", {}, 400),
        ("POST", "/services", {"Sec-Fetch-Site": "cross-site"}, 403),
        ("POST", "/login", {"Origin": "https://evil.example"}, 403),
    ],
)
def test_what_looks_like_an_attack_is_logged_without_what_was_sent(
    world: World, caplog: pytest.LogCaptureFixture, method: str, url: str, headers: dict[str, str], status: int
) -> None:
    client = world.client(world.account())
    answer = client.open(f"{url}?q=secret", method=method, data={"password": "secret"}, headers=headers)
    assert answer.status_code == status
    (line,) = [each.getMessage() for each in caplog.records if "Refused" in each.getMessage()]
    assert line == f"Refused with {status}: {method} {url!r} from 127.0.0.1"


def test_a_wrong_password_is_logged_without_it_or_the_address(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.account("Alice")
    world.password("Alice", "correct horse")
    attempt(world.app.test_client(), "alice@people.example", "a wrong horse")
    (line,) = [each.getMessage() for each in caplog.records if "Sign-in refused" in each.getMessage()]
    assert "127.0.0.1" in line and "alice" not in line and "horse" not in line
