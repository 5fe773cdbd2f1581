"""Single requests that are meant to break something: each is answered in words, none crashes."""

import pytest
from flask.testing import FlaskClient

from tests.markup import HTMX, found, post
from tests.world import World

LARGEST = "9" * 30


@pytest.fixture
def alice(world: World) -> FlaskClient:
    key = world.account("Alice")
    world.password("Alice", "correct horse")
    world.service(key, "shop.example")
    return world.client(key)


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/services/%00", 404),
        ("/services/%FF", 404),
        ("/services/..%2F", 404),
        ("/orders/%00", 404),
        ("/receipts/%00", 404),
        ("/receipts/%00/details", 404),
        ("/services/" + "x" * 3000, 404),
        (f"/services/S-shop.example/events/{LARGEST}", 404),
        ("/services?q=" + "%EF%B7%BA" * 2000, 200),
        ("/services?" + "type=x&" * 3000, 200),
    ],
)
def test_strange_addresses(alice: FlaskClient, url: str, status: int) -> None:
    response = alice.get(url)
    assert response.status_code == status
    assert len(response.data) < 60_000


@pytest.mark.parametrize(
    ("url", "form", "status"),
    [
        ("/batches", {"ref": "\0", "shown": "\0 x"}, 303),
        ("/batches", {"action": "page-99999999999999999999"}, 400),
        ("/batches", {"shown": " ".join(f"r{number}" for number in range(50_000))}, 303),
        (f"/views/{LARGEST}/deletion", {}, 404),
        ("/views", {"name": "a\0b", "query": ""}, 303),
        ("/views", {"name": " \u200b ", "query": ""}, 422),
        ("/views", {"name": "x", "query": "q=" + "y" * 5000}, 422),
        ("/services/S-shop.example/renewal", {"choice": "\0", "version": "\0"}, 422),
        ("/language", {"language": "\0", "next": "/\u20ac"}, 303),
    ],
)
def test_strange_forms(alice: FlaskClient, url: str, form: dict[str, str], status: int) -> None:
    assert post(alice, url, form).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://["}, 403),
        (HTMX | {"HX-Current-URL": "http://[", "HX-Target": "%FF#%00"}, 400),
        ({"Accept-Language": "*;q=-1, c, " + "x" * 4000}, 400),
    ],
)
def test_strange_headers(client: FlaskClient, headers: dict[str, str], status: int) -> None:
    assert client.post("/language", headers=headers).status_code == status


def test_a_strange_address_to_come_back_to(client: FlaskClient) -> None:
    response = client.get("/services", headers=HTMX | {"HX-Current-URL": "http://["})
    assert response.headers["HX-Redirect"].startswith("/login?next=")


def test_a_cookie_nobody_sets(client: FlaskClient) -> None:
    client.set_cookie("remember_token", "1|x")
    assert client.get("/services").status_code == 303


def test_an_address_with_an_umlaut_is_come_back_to_from_a_fragment(alice: FlaskClient, client: FlaskClient) -> None:
    token = found(client.get("/login"), 'form[action="/login"] input[name=csrf_token]')["value"]
    form = {"csrf_token": token, "email": "alice@people.example", "password": "correct horse", "next": "/services?q=ü€"}
    response = client.post("/login", data=form, headers=HTMX)
    assert response.headers["HX-Redirect"] == "/services?q=%C3%BC%E2%82%AC"
