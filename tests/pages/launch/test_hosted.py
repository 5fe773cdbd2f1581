"""Mounted in a Flask application of others, which has a session, a database, forms and templates of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click import Command, Context
from flask import Flask, Response, redirect, render_template_string, request, session
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from jinja2 import DictLoader
from sqlalchemy import text
from werkzeug.test import TestResponse
from werkzeug.wrappers import Response as BaseResponse

from tests.markup import found, names, said, soup
from tests.world import World
from webapp.domain.actors import EVERYTHING, Scope
from webapp.hosting import Guest, init_app, mount
from webapp.models import SignIn
from webapp.serving import NotServable
from webapp.settings import Settings
from webapp.wiring import wiring_of

SHELL = "<title>Host</title><p>{{ session.get('user', 'nobody') }}</p><p>{{ get_flashed_messages() }}</p>"


def application() -> Flask:
    """Somebody’s panel: names of its own for everything that the program has, too."""
    host = Flask("acme")
    host.config.update(SECRET_KEY="of the host", SQLALCHEMY_DATABASE_URI="sqlite://", WTF_CSRF_ENABLED=False)
    host.jinja_env.loader = DictLoader({"shell.html": SHELL, "errors/error.html": SHELL})
    database = SQLAlchemy(host)
    CSRFProtect(host)

    @host.get("/services")
    def services() -> str:
        page = render_template_string("{% include 'shell.html' %}")
        return f"{database.session.scalar(text('SELECT 42'))} {page}"

    @host.post("/enter/<user>")
    def enter(user: str) -> BaseResponse:
        session["user"] = user
        return redirect(request.args.get("next", "/"))

    @host.post("/leave")
    def leave() -> BaseResponse:
        session.clear()
        return redirect("/")

    @host.errorhandler(404)
    def missing(_error: object) -> tuple[str, int]:
        return "the host has nothing there", 404

    @host.after_request
    def policy(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = "default-src 'self' host.example"
        return response

    return host


def guest() -> Guest | None:
    user = session.get("user")
    if not user:
        return None
    scopes = {Scope.READ} if "reads" in session else EVERYTHING
    return Guest(user, language="en", staff=session.get("staff", ""), scopes=frozenset(scopes))


@pytest.fixture
def host(app: Flask, alice: int) -> Iterator[Flask]:
    before, host = wiring_of(app), application()
    mount(app, host, "/my", signed_in=guest, sign_in="/sign-in?from=portal", home="/home")
    yield host
    before.install(app)


@pytest.fixture
def client(host: Flask) -> FlaskClient:
    client = host.test_client()
    client.post("/enter/alice")
    return client


def send(client: FlaskClient, url: str, **data: str) -> TestResponse:
    """A form with its token."""
    token = soup(client.get("/my/views")).select("input[name=csrf_token]")[0]["value"]
    return client.post(url, data={"csrf_token": token} | data)


def test_whoever_is_signed_in_there_is_here(client: FlaskClient) -> None:
    page = client.get("/my/services")
    assert "shop.example" in names(page)
    assert found(page, ".who > a")["href"] == "/home"
    assert "Sign out" not in said(page, "header")


def test_nobody_is_who_is_not(client: FlaskClient, host: Flask, world: World) -> None:
    stranger = host.test_client()
    asked = "/my/services?q=shop"
    assert stranger.get(asked).location == "/sign-in?from=portal&next=%2Fmy%2Fservices%3Fq%3Dshop"
    assert stranger.get("/my/login").location.startswith("/sign-in?from=portal&next=")
    client.get("/my/services")
    client.post("/leave")
    assert client.get(asked).location.startswith("/sign-in")
    assert client.post("/my/login", data={"email": "alice@people.example"}).status_code in (400, 403)


def test_another_one_who_signs_in_there_is_here_at_once(client: FlaskClient, world: World) -> None:
    bob = world.account("Bob")
    world.service(bob, "bobs.example")
    assert "shop.example" in names(client.get("/my/services"))
    client.post("/enter/bob")
    assert names(client.get("/my/services")) == ["bobs.example"]
    client.post("/enter/carol")
    assert said(client.get("/my/services"), "code") == "launch-account"
    assert client.get("/my/services").status_code == 403


def test_each_browser_has_one_session(client: FlaskClient, host: Flask, world: World) -> None:
    for _time in range(3):
        client.get("/my/services")
    other = host.test_client()
    other.post("/enter/alice")
    other.get("/my/services")
    assert len(world.all(SignIn)) == 2


def test_forms_work_and_stay_below_the_prefix(client: FlaskClient, world: World) -> None:
    answer = send(client, "/my/views", name="Mine")
    assert answer.location.startswith("/my/services")
    assert said(client.get(answer.location), "#notice") == "The view “Mine” is saved."
    assert client.post("/my/views", data={"name": "x"}).status_code == 400
    assert soup(client.get("/services")).select("p")[1].text == "[]"


def test_it_does_what_the_host_lets_it(client: FlaskClient, host: Flask) -> None:
    with client.session_transaction() as session:
        session["reads"] = "yes"
    assert send(client, "/my/services/S-shop.example/renewal", choice="manual").status_code == 403
    with client.session_transaction() as session:
        del session["reads"]
        session["staff"] = "Jane"
    assert said(client.get("/my/services"), ".in-place").startswith("Jane, acme")
    assert send(client, "/my/services/S-shop.example/renew", terms="1").status_code == 403


def test_the_two_do_not_meet(client: FlaskClient) -> None:
    ours, theirs = client.get("/my/services"), client.get("/services")
    assert theirs.text.startswith("42 <title>Host</title><p>alice</p>")
    assert theirs.headers["Content-Security-Policy"] == "default-src 'self' host.example"
    assert "host.example" not in ours.headers["Content-Security-Policy"]
    assert "X-Request-ID" in ours.headers and "X-Request-ID" not in theirs.headers
    assert client.get("/nothing").text == "the host has nothing there"
    assert said(client.get("/my/nothing"), "h1") == "Page not found"
    assert {"session", "echeance"} == {cookie.key for cookie in client._cookies.values()}  # type: ignore[union-attr]
    sheet = str(soup(ours).select("link[rel=stylesheet]")[0]["href"])
    assert sheet.startswith("/my/static/") and client.get(sheet, buffered=True).status_code == 200
    assert client.get("/static/nothing.css").text == "the host has nothing there"


def test_what_is_for_strangers_is_still_there(host: Flask) -> None:
    assert host.test_client().get("/my/receipts").status_code == 200
    assert host.test_client().get("/my/healthz").status_code == 200


def test_commands_of_each_are_its_own(host: Flask, app: Flask) -> None:
    assert "engine" in app.cli.commands and "engine" not in host.cli.commands


def test_it_is_one_call_where_it_may_be_served(tmp_path: Path) -> None:
    host, settings = application(), Settings(var=tmp_path)
    with pytest.raises(NotServable, match="say what this is"):
        init_app(host, "/my", signed_in=guest, sign_in="/sign-in", settings=settings)
    with Context(Command("flask")):
        portal = init_app(host, "/my", signed_in=guest, sign_in="/sign-in", settings=settings)
    assert "worker" in portal.cli.commands
    assert host.test_client().get("/my/services").location == "/sign-in?next=%2Fmy%2Fservices"
