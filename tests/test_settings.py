"""What the environment may say, and what stops the start."""

import stat
from pathlib import Path

import pytest

from webapp import create_app
from webapp.settings import Environment, SettingError, Settings

LONG_KEY = "k" * 32


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SESSION_HOURS", "-5"),
        ("SESSION_HOURS", "many"),
        ("TRUSTED_PROXIES", "-1"),
        ("SIGN_IN_ATTEMPTS", "lots"),
        ("ENVIRONMENT", "staging"),
        ("SECRET_KEY", "short"),
    ],
)
def test_a_value_that_cannot_be_used_stops_the_start_with_its_name(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=f"ECHEANCE_{name}"):
        Settings.from_environment({f"ECHEANCE_{name}": value})


def test_an_unknown_portal_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="ECHEANCE_DEFAULT_PORTAL"):
        create_app(Settings(var=tmp_path, default_portal="ZZ"))


def test_production_needs_a_key_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="SECRET_KEY"):
        create_app(Settings(var=tmp_path, environment=Environment.PRODUCTION))


def test_production_takes_real_money_only() -> None:
    with pytest.raises(SettingError, match="ECHEANCE_SANDBOX_URL"):
        Settings(environment=Environment.PRODUCTION, sandbox_url="https://sandbox.example")


def test_where_one_pays_is_where_forms_may_lead(tmp_path: Path) -> None:
    for address, allowed in (
        ("", "form-action 'self';"),
        ("https://pay.example/x", "form-action 'self' https://pay.example;"),
    ):
        app = create_app(Settings(var=tmp_path, sandbox_url=address))
        assert allowed in app.test_client().get("/login").headers["Content-Security-Policy"]


def test_production_cookies_travel_over_tls_only(tmp_path: Path) -> None:
    app = create_app(Settings(var=tmp_path, environment=Environment.PRODUCTION, secret_key=LONG_KEY))
    cookie = app.test_client().get("/login", base_url="https://localhost").headers["Set-Cookie"]
    assert cookie.startswith("__Host-echeance=")
    assert "Secure" in cookie


def test_secrets_may_lie_in_files(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{LONG_KEY}\n")
    assert Settings.from_environment({"ECHEANCE_SECRET_KEY_FILE": str(tmp_path / "key")}).secret_key == LONG_KEY
    with pytest.raises(SettingError, match="SECRET_KEY_FILE"):
        Settings.from_environment({"ECHEANCE_SECRET_KEY_FILE": str(tmp_path / "nothing")})


def test_the_key_that_is_made_is_kept_and_for_ones_own_eyes(tmp_path: Path) -> None:
    settings = Settings(var=tmp_path / "var")
    key = settings.signing_key()
    assert key == settings.signing_key()
    assert stat.S_IMODE((tmp_path / "var").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "var" / "secret-key").stat().st_mode) == 0o600
