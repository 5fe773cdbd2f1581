"""The file of control panels: read into the domain, or refused with the panel and what is wrong with it."""

from dataclasses import fields
from pathlib import Path

import pytest

from webapp import create_app
from webapp.domain.panels import Panel, Way
from webapp.rules.panels import ToldPanel, load_panels
from webapp.rules.told import RuleError
from webapp.settings import Settings
from webapp.wiring import wiring_of

SIMPLEST = """
[panels.acme]
issuer = "https://panel.acme.example"
secret = "at least 32 bytes, made by chance"
origins = ["https://panel.acme.example"]
return_to = ["https://panel.acme.example/"]
ways = ["top", "frame", "proxy"]
"""
CURVE = '{kty = "EC", crv = "P-256", x = "x", y = "y", kid = "1"}'
PORTALS = {"FR": None}


def written(folder: Path, text: str) -> Path:
    file = folder / "panels.toml"
    file.write_text(text)
    return file


def test_the_simplest_form(tmp_path: Path) -> None:
    (panel,) = load_panels(written(tmp_path, SIMPLEST), PORTALS).values()
    assert (panel.name, panel.title, panel.secrets) == ("acme", "acme", ("at least 32 bytes, made by chance",))
    assert (panel.ways, panel.home, panel.portal) == (frozenset(Way), "https://panel.acme.example/", None)


def test_a_file_may_say_all_that_the_domain_knows() -> None:
    assert {*ToldPanel.__struct_fields__} - {"secret"} == {field.name for field in fields(Panel)} - {"name"}


def test_whatever_is_not_said_is_off_or_nothing(tmp_path: Path) -> None:
    text = SIMPLEST.replace('ways = ["top", "frame", "proxy"]', "").replace(
        'return_to = ["https://panel.acme.example/"]', ""
    )
    panel = load_panels(written(tmp_path, text), PORTALS)["acme"]
    assert (panel.ways, panel.return_to, panel.home) == (frozenset({Way.TOP}), (), "")
    assert load_panels(written(tmp_path, ""), PORTALS) == {}


def test_secrets_are_shown_to_nobody(tmp_path: Path) -> None:
    assert "chance" not in repr(load_panels(written(tmp_path, SIMPLEST), PORTALS))


SECRET = 'secret = "at least 32 bytes, made by chance"'
PALE = '{accent = "#2546c7", surface = "#ffffff", text = "#888888"}'
RED = '{accent = "#2546c7", surface = "#ffffff", text = "red"}'
SPOILT = [
    (SECRET, "", "one of `secret` (or `secrets`), `keys` and `jwks` is needed"),
    (SECRET, f'{SECRET}\njwks = "https://panel.acme.example/keys"', "one of `secret`"),
    (SECRET, 'secret = "short"', "a secret has at least 32 characters"),
    (SECRET, f'secrets = ["{"x" * 32}", "short"]', "a secret has at least 32 characters"),
    (SECRET, 'jwks = "http://panel.acme.example/keys"', "`jwks` is no https:// address"),
    (SECRET, f"keys = [{CURVE.replace('P-256', 'P-521')}]", "`keys` are public ones"),
    (SECRET, f"keys = [{CURVE.replace('kid', 'd')}]", "`keys` are public ones"),
    (SECRET, 'keys = [{kty = "oct", k = "x"}]', "`keys` are public ones"),
    (SECRET, 'keys = [{kty = "RSA", n = "short", e = "AQAB"}]', "`keys` are public ones"),
    ('issuer = "https://panel.acme.example"', 'issuer = ""', "the issuer is empty"),
    ('origins = ["https://panel.acme.example"]', "origins = []", "`origins` are written https://panel.example"),
    ('s = ["https://panel.acme.example"]', 's = ["https://panel.acme.example/"]', "`origins` are written"),
    ('s = ["https://panel.acme.example"]', 's = ["https://Panel.acme.example"]', "`origins` are written"),
    ('s = ["https://panel.acme.example"]', 's = ["http://panel.acme.example"]', "`origins` are written"),
    ('s = ["https://panel.acme.example"]', 's = ["https://me@panel.acme.example"]', "`origins` are written"),
    ('s = ["https://panel.acme.example"]', 's = ["https://panel.acme.example:x"]', "`origins` are written"),
    ('s = ["https://panel.acme.example"]', 's = ["*"]', "`origins` are written"),
    ('o = ["https://panel.acme.example/"]', 'o = ["http://panel.acme.example/"]', "`return_to` are https:// addresses"),
    ('ways = ["top", "frame", "proxy"]', 'ways = ["window"]', "Invalid enum value 'window'"),
    ('ways = ["top", "frame", "proxy"]', 'portal = "ZZ"', "there is no portal ZZ"),
    ('ways = ["top", "frame", "proxy"]', "colour = 1", "contains unknown field `colour`"),
    ("[panels.acme]", f'[panels.acme]\ntitle = "{"x" * 31}"', "the title has at most 30 characters"),
    ("[panels.acme]", '[panels.acme]\nscopes = ["terminate"]', "`scopes` have services:read among them"),
    ("[panels.acme]", '[panels.acme]\nscopes = ["all"]', "Invalid enum value 'all'"),
    ("[panels.acme]", "[panels.acme.theme]\nradius = 17\n[panels.acme]", "theme: radius is 0 to 16"),
    ("[panels.acme]", f'[panels.acme.theme]\nname = "{"x" * 31}"\n[panels.acme]', "theme: the name has at most"),
    ("[panels.acme]", f"[panels.acme.theme]\nlight = {PALE}\n[panels.acme]", "theme, light: text #888888 on surface"),
    ("[panels.acme]", f"[panels.acme.theme]\ndark = {RED}\n[panels.acme]", "theme: text is no colour such as"),
    ("[panels.acme]", '[panels.acme.theme]\nlogo = "none.svg"\n[panels.acme]', "the logo none.svg cannot be read"),
    ("[panels.acme]", "[panels.Acme]", "its name is made of a to z"),
    ("[panels.acme]", f"[panels.{'x' * 41}]", "its name is made of a to z"),
    ("[panels.acme]", "[panel.acme]", "contains unknown field `panel`"),
]


@pytest.mark.parametrize(("old", "new", "why"), SPOILT, ids=[new[:50] for _old, new, _why in SPOILT])
def test_a_file_that_cannot_be_meant_is_refused(tmp_path: Path, old: str, new: str, why: str) -> None:
    assert old in SIMPLEST
    with pytest.raises(RuleError) as error:
        load_panels(written(tmp_path, SIMPLEST.replace(old, new)), PORTALS)
    assert why in str(error.value)
    assert "at least 32 bytes, made" not in str(error.value)


def test_a_theme_is_written_beside_it(tmp_path: Path) -> None:
    (tmp_path / "acme.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    theme = f'[panels.acme.theme]\nlogo = "acme.svg"\nfont = "serif"\nlight = {PALE.replace("#888888", "#111111")}'
    panel = load_panels(written(tmp_path, SIMPLEST + theme), PORTALS)["acme"]
    assert panel.theme and panel.theme.light and panel.theme.light.text == "#111111"
    assert panel.theme.logo.startswith("<svg")


def test_no_two_panels_are_one(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"two panels are https://panel\.acme\.example"):
        load_panels(written(tmp_path, SIMPLEST + SIMPLEST.replace("panels.acme]", "panels.twin]")), PORTALS)


def test_a_panel_on_ones_own_machine_needs_no_certificate(tmp_path: Path) -> None:
    for origin in ("http://localhost:8080", "http://127.0.0.2", "http://[::1]:80"):
        text = SIMPLEST.replace('origins = ["https://panel.acme.example"]', f'origins = ["{origin}"]')
        assert load_panels(written(tmp_path, text), PORTALS)["acme"].origins == (origin,)


def test_the_program_starts_with_the_panels_of_its_file(tmp_path: Path) -> None:
    app = create_app(Settings(var=tmp_path / "var", panels=str(written(tmp_path, SIMPLEST))))
    assert list(wiring_of(app).panels) == ["acme"]
    with pytest.raises(RuleError):
        create_app(Settings(var=tmp_path / "var", panels=str(tmp_path / "none.toml")))
