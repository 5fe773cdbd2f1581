"""What the environment may say, and what stops the start."""

import stat
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, request

from tests.conftest import NOON
from tests.keys import KEY, OTHER_KEY
from tests.markup import found
from tests.pages.session.test_sign_in import attempt
from tests.world import World
from webapp import create_app
from webapp.adapters import Adapters
from webapp.adapters.clock import FixedClock
from webapp.settings import Environment, SettingError, Settings
from webapp.web.guesses import known_for
from webapp.wiring import mail_folder, mailer


def production(var: Path, **given: Any) -> Settings:
    """What it needs at least."""
    needed = {"environment": Environment.PRODUCTION, "secret_key": KEY, "hosts": "portal.example"}
    return Settings(var=var, **needed | given)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SESSION_HOURS", "-5"),
        ("IDLE_MINUTES", "1"),
        ("SESSION_HOURS", "many"),
        ("TRUSTED_PROXIES", "-1"),
        ("SIGN_IN_ATTEMPTS", "lots"),
        ("ENVIRONMENT", "staging"),
        ("SECRET_KEY", "short"),
        ("MAILS_PER_MINUTE", "-1"),
    ],
)
def test_a_value_that_cannot_be_used_stops_the_start_with_its_name(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=f"ECHEANCE_{name}"):
        Settings.from_environment({f"ECHEANCE_{name}": value})


def test_a_relay_that_cannot_be_used_stops_the_start_without_a_word_of_its_password(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="ECHEANCE_SMTP_URL must") as told:
        create_app(Settings(var=tmp_path, smtp_url="smtp+plain://me:secret@mail.example"))
    assert "secret" not in str(told.value)


def test_mails_leave_production_by_its_relay_or_not_at_all(tmp_path: Path) -> None:
    for url, room in (("", None), ("smtps://mail.example", 3)):
        app = create_app(production(tmp_path, smtp_url=url, mails_per_minute=3))
        with app.app_context():
            taker = mailer()
            assert (taker and taker.room()) == room and mail_folder() is None


def test_an_unknown_portal_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="ECHEANCE_DEFAULT_PORTAL"):
        create_app(Settings(var=tmp_path, default_portal="ZZ"))


def test_production_needs_a_key_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="SECRET_KEY"):
        production(tmp_path, secret_key="")


def test_production_needs_to_know_its_names(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="HOSTS"):
        production(tmp_path, hosts=" , ")


def test_production_takes_real_money_only() -> None:
    with pytest.raises(SettingError, match="ECHEANCE_SANDBOX_URL"):
        production(Path(), sandbox_url="https://sandbox.example")


def test_where_one_pays_is_where_forms_may_lead(tmp_path: Path) -> None:
    for address, allowed in (
        ("", "form-action 'self';"),
        ("https://pay.example/x", "form-action 'self' https://pay.example;"),
    ):
        app = create_app(Settings(var=tmp_path, sandbox_url=address))
        assert allowed in app.test_client().get("/login").headers["Content-Security-Policy"]


def test_production_cookies_travel_over_tls_only(tmp_path: Path) -> None:
    app = create_app(production(tmp_path))
    cookie = app.test_client().get("/login", base_url="https://portal.example").headers["Set-Cookie"]
    assert cookie.startswith("__Host-echeance=")
    assert "Secure" in cookie


def test_secrets_may_lie_in_files(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{KEY}\n")
    assert Settings.from_environment({"ECHEANCE_SECRET_KEY_FILE": str(tmp_path / "key")}).secret_key == KEY
    with pytest.raises(SettingError, match="SECRET_KEY_FILE"):
        Settings.from_environment({"ECHEANCE_SECRET_KEY_FILE": str(tmp_path / "nothing")})


def test_the_key_that_is_made_is_kept_and_for_ones_own_eyes(tmp_path: Path) -> None:
    settings = Settings(var=tmp_path / "var")
    key = settings.signing_key()
    assert key == settings.signing_key()
    assert stat.S_IMODE((tmp_path / "var").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "var" / "secret-key").stat().st_mode) == 0o600


def test_no_secret_is_shown() -> None:
    """Neither in a log, nor in what a crash prints."""
    secrets = {
        "secret_key": KEY,
        "secret_key_fallbacks": OTHER_KEY,
        "sandbox_key": KEY[::-1],
        "database_url": "postgresql+psycopg://echeance:hush@db/echeance",
        "rate_limit_storage": "redis://:hush@store",
    }
    shown = repr(Settings(**secrets))
    assert not [secret for secret in (*secrets.values(), "hush") if secret in shown]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"secret_key": "k" * 64}, "SECRET_KEY"),
        ({"secret_key": "0123" * 16}, "SECRET_KEY"),
        ({"secret_key": KEY, "secret_key_fallbacks": KEY}, "SECRET_KEY"),
        ({"secret_key": KEY, "secret_key_fallbacks": f"{OTHER_KEY}, {OTHER_KEY}"}, "SECRET_KEY_FALLBACKS"),
        ({"secret_key": KEY, "secret_key_fallbacks": "short"}, "SECRET_KEY_FALLBACKS"),
        ({"secret_key": KEY, "sandbox_key": KEY}, "SECRET_KEY"),
        ({"sandbox_key": "changeme"}, "SANDBOX_KEY"),
    ],
)
def test_a_weak_or_repeated_secret_stops_the_start(given: dict[str, str], name: str) -> None:
    with pytest.raises(SettingError, match=f"ECHEANCE_{name} must be"):
        Settings(**given)


def test_production_shows_nobody_how_it_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")
    with pytest.raises(SettingError, match="FLASK_DEBUG"):
        create_app(production(tmp_path))


def test_a_key_that_is_replaced_is_believed_as_long_as_it_is_named(world: World, tmp_path: Path) -> None:
    """What the old one signed opens with both: the session, the token of a form that is open, a known browser."""
    url = str(world.app.config["SQLALCHEMY_DATABASE_URI"])
    world.account("Alice")
    world.password("Alice", "correct horse")

    def installation(**keys: str) -> Flask:
        return create_app(Settings(var=tmp_path, database_url=url, **keys), Adapters(FixedClock(NOON)))

    before = installation(secret_key=KEY).test_client()
    attempt(before, "alice@people.example", "correct horse")
    form = found(before.get("/account"), "main form input[name=csrf_token]")["value"]
    for keys, opens in (
        ({"secret_key": OTHER_KEY, "secret_key_fallbacks": KEY}, True),
        ({"secret_key": OTHER_KEY}, False),
    ):
        after = installation(**keys).test_client()
        for name in ("echeance", "echeance-known"):
            cookie = before.get_cookie(name)
            assert cookie
            after.set_cookie(name, cookie.value)
        assert (after.post("/account", data={"csrf_token": form, "reference": "7"}).status_code == 303) is opens
        with after.application.test_request_context(
            headers={"Cookie": f"echeance-known={before.get_cookie('echeance-known').value}"}
        ):
            assert known_for("alice@people.example") is opens


@pytest.mark.parametrize(
    ("host", "welcome"),
    [
        ("portal.example", True),
        ("portal.example:8443", True),
        ("PORTAL.example", True),
        ("fr.shop.example", True),
        ("shop.example", True),
        ("evil.example", False),
        ("portal.example.evil.example", False),
        ("xportal.example", False),
        ("127.0.0.1", False),
    ],
)
def test_production_goes_by_its_names_alone(tmp_path: Path, host: str, welcome: bool) -> None:
    app = create_app(production(tmp_path, hosts="portal.example, .shop.example"))
    client = app.test_client()
    for url, method in (("/receipts", "get"), ("/nothing", "get"), ("/login", "post")):
        answer = getattr(client, method)(url, base_url=f"https://{host}")
        assert (answer.status_code != 421) is welcome, url
        assert "X-Frame-Options" in answer.headers
    assert client.get("/healthz", base_url=f"https://{host}").status_code == 200


FORWARDED = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Port": "8443",
    "X-Forwarded-Prefix": "/evil",
}


@pytest.mark.parametrize(
    ("hops", "names", "believed"),
    [
        (0, "for, proto, host, port, prefix", set()),
        (1, "for, proto", {"for", "proto"}),
        (1, "for,proto,host", {"for", "proto", "host"}),
        (1, "for, proto, host, port, prefix", {"for", "proto", "host", "port", "prefix"}),
        (1, "", set()),
    ],
)
def test_what_a_proxy_says_is_believed_where_a_setting_says_so(
    tmp_path: Path, hops: int, names: str, believed: set[str]
) -> None:
    app = create_app(Settings(var=tmp_path, trusted_proxies=hops, trusted_headers=names))
    seen: dict[str, str] = {}

    @app.before_request
    def look() -> str:
        seen.update(
            {
                "for": request.remote_addr or "",
                "proto": request.scheme,
                "host": request.host.partition(":")[0],
                "port": request.host.partition(":")[2],
                "prefix": request.script_root,
            }
        )
        return "seen"

    app.test_client().get("/login", headers=FORWARDED)
    told = dict(zip(seen, FORWARDED.values(), strict=True))
    assert {name for name, value in seen.items() if value == told[name]} == believed


def test_a_name_of_a_header_that_is_none_stops_the_start() -> None:
    with pytest.raises(SettingError, match="TRUSTED_HEADERS"):
        Settings(trusted_headers="for, by")
