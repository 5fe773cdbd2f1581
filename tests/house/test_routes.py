"""What holds for every address of the program."""

from pathlib import Path

import pytest
from flask import Flask

from tests.markup import post, said
from tests.world import World
from webapp import create_app
from webapp.settings import Settings
from webapp.web.security import content_security_policy

OPEN = {
    "session.start",
    "session.sign_in_page",
    "session.sign_in",
    "session.switch_language",
    "receipts.check",
    "receipts.verify",
    "webhooks.told",
}
SAMPLE = {
    "reference": "S-1",
    "event_id": 1,
    "view_id": 1,
    "batch_id": 1,
    "code": "AAAA-AAAA-AAAA-AAAA",
    "provider": "till",
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
        assert client.post(url).status_code == 400, endpoint


def test_nothing_is_changed_for_another_site(app: Flask, world: World) -> None:
    client = world.client(world.account())
    for endpoint, url in routes(app, "POST"):
        for headers in (
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Sec-Fetch-Site": "none"},
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
        ):
            assert post(client, url, headers=headers).status_code == 403, (endpoint, headers)


@pytest.mark.parametrize("url", ["/login", "/services", "/nothing", "/services/S-1"])
def test_every_answer_carries_the_headers(world: World, url: str) -> None:
    response = world.client(world.account()).get(url)
    policy = response.headers["Content-Security-Policy"]
    assert policy == content_security_policy(["https://till.example"])
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-cache, no-store, private"
    assert "unsafe" not in policy


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
