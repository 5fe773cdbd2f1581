"""What those may do who came through a panel, be they the customer or somebody of its support."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import forget_counts
from tests.house.test_routes import OPEN, routes
from tests.markup import confirmation, found, htmx, post, said, soup
from tests.pages.launch.conftest import browser
from tests.panel import ACME, Host, installed
from tests.world import World
from webapp.domain.actors import EVERYTHING, Scope
from webapp.domain.batches.kinds import BatchAction
from webapp.models import Account, Batch, Event, Order, Service
from webapp.web.addresses import ROOT
from webapp.web.scopes import AREAS, FORMS

SAYS = "This cannot be done through your control panel"
SHOP = "/services/S-shop.example"


def come(app: Flask, host: Host, **claims: Any) -> FlaskClient:
    client = browser(app)
    assert client.post("/launch", data={"token": host.token(**claims)}).status_code == 303
    return client


def as_support(app: Flask, host: Host) -> FlaskClient:
    return come(app, host, act={"sub": "Jane Doe"})


def test_every_form_is_in_somebodys_scope(app: Flask) -> None:
    posted = {endpoint.removeprefix(f"{ROOT}.") for endpoint, _url in routes(app, "POST")}
    assert {page.partition(".")[0] for page in posted} == AREAS.keys()
    assert FORMS.keys() <= posted


def refused(app: Flask, client: FlaskClient) -> set[str]:
    """The areas and forms that a session is kept out of."""
    shut = set()
    for endpoint, url in routes(app, "POST"):
        forget_counts(app)
        if endpoint not in OPEN and endpoint != "echeance.session.leave" and SAYS in post(client, url).text:
            shut.add(endpoint.removeprefix(f"{ROOT}."))
    return shut


def areas(pages: set[str]) -> set[str]:
    """Those of which more is shut than single forms."""
    return {page.partition(".")[0] for page in pages - FORMS.keys()}


def test_who_may_read_alone_is_kept_out_of_every_form_that_does_something(app: Flask, host: Host, alice: int) -> None:
    shut = refused(app, come(app, host, scope="services:read"))
    assert areas(shut) == {area for area, scope in AREAS.items() if scope is not Scope.READ}
    assert {"orders.describe", "orders.decide", "security.change_password"} <= shut


def test_who_may_do_everything_is_kept_out_of_nothing(app: Flask, host: Host, alice: int) -> None:
    assert refused(app, come(app, host)) == set()


def test_support_does_not_pay_and_keeps_away_from_what_is_the_customers_own(app: Flask, host: Host, alice: int) -> None:
    client = come(app, host, act={"sub": "Jane Doe"}, scope=" ".join(EVERYTHING))
    shut = areas(refused(app, client))
    assert shut == {area for area, scope in AREAS.items() if scope in (None, Scope.PAY)}


@pytest.mark.parametrize("scope", sorted(EVERYTHING - {Scope.READ}))
def test_a_scope_lets_one_do_what_is_in_it(app: Flask, host: Host, alice: int, scope: Scope) -> None:
    shut = areas(refused(app, come(app, host, scope=scope)))
    assert shut == {area for area, needed in AREAS.items() if needed not in (scope, Scope.READ)}


def test_menus_say_why(app: Flask, host: Host, alice: int) -> None:
    client = come(app, host, scope="services:read renewal:write")
    page = said(client.get(SHOP), "main")
    assert SAYS in page
    assert soup(client.get(f"{SHOP}/cancel")).select("button[name='action.confirm']") == []
    assert SAYS in said(client.get(f"{SHOP}/cancel"), "main")
    assert SAYS in said(client.get("/services/S-manual.example/renew"), "main")
    assert SAYS not in said(client.get(f"{SHOP}/renewal"), "main")


def test_what_is_refused_changes_nothing(app: Flask, host: Host, alice: int, world: World) -> None:
    client = come(app, host, scope="services:read")
    for url in (f"{SHOP}/renewal", f"{SHOP}/cancel", "/services/S-manual.example/renew", "/invoices"):
        answer = post(client, url, {"action": "confirm"})
        assert (answer.status_code, said(answer, "main h1")) == (403, SAYS)
        swapped = post(client, url, {"action": "confirm"}, headers=htmx("in-dialog"))
        assert (swapped.status_code, swapped.headers["HX-Retarget"]) == (403, "#problem")
    assert not world.all(Event)
    assert not world.all(Order)


BATCHES = {
    BatchAction.RENEW: "billing:pay",
    BatchAction.ALIGN: "renewal:write",
    BatchAction.DISABLE_AUTOMATIC: "renewal:write",
    BatchAction.ENABLE_AUTOMATIC: "renewal:write",
    BatchAction.CANCEL: "terminate",
    BatchAction.UNDO_CANCELLATION: "terminate",
}


@pytest.mark.parametrize("action", [action for action in BatchAction if action.kind.offered])
def test_a_batch_is_in_the_scope_of_what_it_does(
    app: Flask, host: Host, alice: int, world: World, action: BatchAction
) -> None:
    asked = {"action": action.value, "ref": "S-shop.example"}
    others = " ".join(EVERYTHING - {Scope(BATCHES[action])})
    assert said(post(come(app, host, scope=others), "/batches", asked), "main h1") == SAYS
    assert not world.all(Batch)
    assert post(come(app, host, scope=BATCHES[action]), "/batches", asked).status_code == 303


def test_nobody_confirms_a_batch_that_is_beyond_their_scope(app: Flask, host: Host, alice: int, world: World) -> None:
    batch = post(world.client(alice), "/batches", {"action": "cancel", "ref": "S-shop.example"}).location
    assert post(come(app, host, scope="renewal:write"), batch, {"action": "confirm"}).status_code == 403
    assert not world.all(Event)
    post(come(app, host, scope="terminate"), batch, {"action": "confirm"})
    assert world.get(Service, 1).cancels_on


def test_nobody_puts_back_what_is_beyond_their_scope(app: Flask, host: Host, alice: int, world: World) -> None:
    batch = post(world.client(alice), "/batches", {"action": "cancel", "ref": "S-shop.example"}).location
    post(world.client(alice), batch, {"action": "confirm"})
    assert post(come(app, host, scope="renewal:write"), batch, {"action": "undo"}).status_code == 403
    assert len(world.all(Batch)) == 1


def test_support_is_named_above_every_page_and_in_the_history(app: Flask, host: Host, alice: int, world: World) -> None:
    client = as_support(app, host)
    for url in ("/services", SHOP, "/account", "/nothing"):
        assert "Jane Doe, ACME: you are here in place of Alice." in said(client.get(url), ".in-place")
    page = client.get(f"{SHOP}/cancel")
    assert post(client, f"{SHOP}/cancel", confirmation(page) | {"action": "confirm"}).status_code == 303
    (event,) = world.all(Event)
    assert (event.account_id, event.actor) == (alice, "person Jane Doe, ACME")
    assert "Jane Doe, ACME, for Alice" in said(world.client(alice).get(SHOP), "main")
    assert "in-place" not in world.client(alice).get(SHOP).text


def test_support_is_named_for_what_a_batch_did(app: Flask, host: Host, alice: int, world: World) -> None:
    client = as_support(app, host)
    batch = post(client, "/batches", {"action": "cancel", "ref": "S-shop.example"}).location
    post(client, batch, {"action": "confirm"})
    (event,) = world.all(Event)
    assert event.actor == "person Jane Doe, ACME"
    begun = post(client, "/batches", {"action": "undo-cancellation", "ref": "S-shop.example"}).location
    post(world.client(alice), begun, {"action": "confirm"})
    assert world.all(Event)[-1].actor == "person", "whoever confirms decides"


def test_support_reads_an_order_and_is_told_that_it_is_the_customers_to_pay(
    app: Flask, host: Host, alice: int, world: World
) -> None:
    client = as_support(app, host)
    page = client.get("/services/S-billed.example/pay")
    assert SAYS in said(page, "main")
    assert SAYS in said(client.get("/invoices"), "main")


def test_support_reads_in_its_own_language(app: Flask, host: Host, alice: int, world: World) -> None:
    client = as_support(app, host)
    post(client, "/language", {"language.fr": "", "next": "/services"})
    assert found(client.get("/services"), "html")["lang"] == "fr"
    assert world.get(Account, alice).language == "en"


def test_what_a_panel_may_not_give_any_more_is_gone(app: Flask, host: Host, alice: int) -> None:
    client = come(app, host)
    with installed(app, replace(ACME, scopes=frozenset({Scope.READ}))):
        assert SAYS in said(client.get(SHOP), "main")
        assert post(client, f"{SHOP}/renewal").status_code == 403
    assert SAYS not in said(client.get(SHOP), "main")


def test_whoever_says_the_password_may_do_everything(app: Flask, host: Host, alice: int, world: World) -> None:
    world.password("Alice", "correct horse battery")
    client = come(app, host, scope="services:read")
    form = {"email": "alice@people.example", "password": "correct horse battery"}
    assert post(client, "/login", form).status_code == 303
    assert refused(app, client) == set()
