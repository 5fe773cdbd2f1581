"""What holds for every address of the program."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

import webapp
from tests.markup import post, said, soup
from tests.world import ENDS, World
from webapp import create_app
from webapp.domain.service.service import Mode
from webapp.models import Receipt
from webapp.settings import Settings
from webapp.web.security import HEADERS, SENT_BY_PANELS, content_security_policy

OPEN = {
    "echeance.session.start",
    "echeance.session.sign_in_page",
    "echeance.session.sign_in",
    "echeance.session.switch_language",
    "echeance.receipts.check",
    "echeance.receipts.verify",
    "echeance.styleguide.show",
    "echeance.styleguide.themed",
    "echeance.webhooks.told",
    "echeance.calendar.feed",
    "echeance.launch.launch",
    "echeance.launch.redeem",
    "echeance.launch.redeem_instead",
    "echeance.launch.nextcloud",
    "echeance.launch.theme",
    "echeance.launch.embed",
    "echeance.panel_api.launch_links",
    "echeance.panel_api.revoke",
    "echeance.panel_api.cpanel",
    "echeance.links.show",
    "echeance.links.act",
    "echeance.links.result",
    "echeance.links.look",
    "echeance.links.unsubscribe",
    "echeance.health.alive",
    "echeance.health.ready",
}
UNSIGNED = (403, 404)
"""Answers to what no panel has signed, wherever it comes from."""
SAMPLE = {
    "reference": "S-1",
    "event_id": 1,
    "view_id": 1,
    "batch_id": 1,
    "method": 1,
    "key": 1,
    "code": "AAAA-AAAA-AAAA-AAAA",
    "provider": "till",
    "theme": "dark",
    "mail_id": 1,
    "token": "no-link",
    "name": "acme",
    "to": "nowhere",
    "file": "none.css",
}


def routes(app: Flask, method: str) -> list[tuple[str, str]]:
    addresses = app.url_map.bind("localhost")
    return [
        (rule.endpoint, addresses.build(rule.endpoint, {name: SAMPLE[name] for name in rule.arguments}))
        for rule in app.url_map.iter_rules()
        if rule.methods and method in rule.methods
    ]


def test_nothing_but_the_sign_in_is_open_to_strangers(app: Flask) -> None:
    client = app.test_client()
    for endpoint, url in routes(app, "GET"):
        if endpoint not in OPEN:
            assert client.get(url).location.startswith("/login?next="), endpoint


def test_nothing_is_changed_without_the_forms_token(app: Flask, world: World) -> None:
    client = world.client(world.account())
    for endpoint, url in routes(app, "POST"):
        wanted = UNSIGNED if endpoint in SENT_BY_PANELS else (400,)
        assert client.post(url).status_code in wanted, endpoint


def test_nothing_is_changed_for_another_site(app: Flask, world: World) -> None:
    client = world.client(world.account())
    for endpoint, url in routes(app, "POST"):
        for headers in (
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Sec-Fetch-Site": "none"},
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Origin": "https://localhost"},
        ):
            wanted = UNSIGNED if endpoint in SENT_BY_PANELS else (403,)
            assert post(client, url, headers=headers).status_code in wanted, (endpoint, headers)


def static_file(app: Flask) -> str:
    with app.test_request_context():
        return str(app.jinja_env.globals["asset"]("portal.css"))  # type: ignore[operator]


def test_every_answer_carries_the_headers(app: Flask, world: World) -> None:
    """Pages, redirects, errors, files, and what is left as it is."""
    client = world.client(world.account())
    file = static_file(app)
    urls = [
        "/",
        "/login",
        "/services",
        "/nothing",
        "/services/S-1",
        "/healthz",
        "/services/export.csv",
        file,
        f"{file}x",
    ]
    answers = {url: client.get(url, base_url="https://localhost", buffered=True) for url in urls}
    seen_before = {"If-Modified-Since": answers[file].headers["Last-Modified"]}
    answers["unchanged"] = client.get(file, headers=seen_before)
    answers["refused"] = client.post("/services")
    answers["no such way"] = client.put("/services")
    for url, answer in answers.items():
        policy = answer.headers["Content-Security-Policy"]
        assert policy == content_security_policy(["https://till.example"]), url
        assert "unsafe" not in policy
        assert {**HEADERS, **dict(answer.headers)} == dict(answer.headers), url
        assert ("Strict-Transport-Security" in answer.headers) is (url in urls), url
        kept = url in (file, "unchanged")
        assert ("immutable" if kept else "no-store") in answer.headers["Cache-Control"], url
    assert answers["unchanged"].status_code == 304


@pytest.mark.parametrize(("method", "url", "status"), [("get", "/nothing", 404), ("put", "/services", 405)])
def test_errors_are_pages_in_the_readers_language(world: World, method: str, url: str, status: int) -> None:
    client = world.client(world.account(language="fr"))
    response = getattr(client, method)(url)
    assert response.status_code == status
    assert "Aller à mes services" in said(response, "main")


def test_an_error_during_a_swap_leaves_the_page_whole(world: World) -> None:
    headers = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#results"}
    response = world.client(world.account()).get("/services/S-nothing", headers=headers)
    assert (response.status_code, response.headers["HX-Retarget"]) == (404, "#problem")
    assert b"<html" not in response.data


def test_a_crash_is_a_page_too_even_when_the_database_is_what_crashed(app: Flask, tmp_path: Path) -> None:
    broken = create_app(Settings(var=tmp_path))
    broken.logger.disabled = True
    client = broken.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["language"] = "someone", "fr"
    response = client.get("/services")
    broken.logger.disabled = False
    assert response.status_code == 500
    assert "Vérifiez si votre dernière action" in said(response, "main")
    assert "sqlite" not in response.get_data(as_text=True).lower()


def test_a_body_that_is_too_large_is_refused_in_words(world: World) -> None:
    client = world.client(world.account())
    response = post(client, "/batches", {"shown": "x" * 3_000_000})
    assert response.status_code == 413
    assert "too large" in said(response, "main")


def test_every_page_lies_below_one_blueprint_and_nothing_else_asks_for_addresses(app: Flask) -> None:
    assert all(rule.endpoint.startswith("echeance.") for rule in app.url_map.iter_rules())
    folder = Path(webapp.__file__).parent
    files = [path for path in folder.rglob("*") if path.suffix in (".py", ".html") and "sandbox" not in path.parts]
    asking = [path.name for path in files if "node_modules" not in path.parts and "url_for" in path.read_text()]
    assert asking == ["addresses.py"]


PANEL = {"SCRIPT_NAME": "/panel"}
"""What somebody else's application says where it has mounted the program."""
LEADING = ("href", "action", "src", "hx-get", "hx-post", "hx-push-url")


@pytest.fixture
def alice(world: World) -> FlaskClient:
    """She holds a service in each state that has pages of its own."""
    key = world.account()
    world.card(key)
    world.service(key, "shop.example")
    world.service(key, "manual.example", mode=Mode.MANUAL)
    world.service(key, "ended.example", cancels_on=ENDS)
    world.bill(world.service(key, "billed.example"), 700, number="B-1")
    return world.client(key)


def pages(client: FlaskClient, world: World) -> list[str]:
    batch = post(client, "/batches", {"action": "cancel", "ref": "S-shop.example"}).location
    post(client, batch, {"action": "confirm"})
    (receipt,) = (f"/receipts/{each.code}" for each in world.all(Receipt))
    services = [f"/services/S-{name}.example" for name in ("shop", "manual", "ended", "billed")]
    acts = ("", "/actions", "/renewal", "/renew", "/anticipate", "/align", "/cancel", "/cancel/undo", "/pay")
    tables = ("/services?q=x&selected=yes", "/services?size=25", "/services/export", "/views", "/invoices", "/account")
    batches = ("/batches", batch, "/batches/actions")
    papers = ("/invoices/B-1", "/receipts", receipt, f"{receipt}/details", f"{receipt}/print")
    return [*tables, *batches, *papers, "/nothing", *(service + act for service in services for act in acts)]


def test_below_a_prefix_every_address_keeps_it(alice: FlaskClient, world: World) -> None:
    for url in pages(alice, world):
        page = soup(alice.get(url, environ_overrides=PANEL))
        for tag in page.find_all(True):
            for name in LEADING:
                address = tag.get(name)
                if address and not address.startswith(("#", "/panel/", "true", "mailto:")) and address != "/panel":
                    assert address.startswith("http://localhost/panel/"), (url, str(tag)[:200])


def test_below_a_prefix_one_is_led_to_the_sign_in_and_back(app: Flask, world: World) -> None:
    world.account()
    world.password("Alice", "a long password")
    client = app.test_client()
    asked = client.get("/services?q=x", environ_overrides=PANEL)
    assert asked.location == "/panel/login?next=/panel/services?q%3Dx"
    fragment = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Current-URL": "http://localhost/panel/views"}
    led = client.get("/services", headers=fragment, environ_overrides=PANEL)
    assert led.headers["HX-Redirect"] == "/panel/login?next=/panel/services"
    form = soup(client.get("/login?next=/panel/services?q%3Dx", environ_overrides=PANEL)).select_one("main form")
    assert form
    typed = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    typed |= {"email": "alice@people.example", "password": "a long password"}
    assert form["action"] == "/panel/login"
    assert client.post("/login", data=typed, environ_overrides=PANEL).location == "/panel/services?q=x"
    assert client.get("/", environ_overrides=PANEL).location == "/panel/services"
