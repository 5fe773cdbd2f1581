"""Nobody asks for more than the program gives in a minute."""

import secrets
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.house.test_routes import routes
from tests.markup import post, said
from tests.world import World
from webapp.operations.codes import new_code

HEAVY = {
    "security.change_address": "orders",
    "notifications.name_further": "orders",
    "balance.export_csv": "exports",
    "balance.export_xlsx": "exports",
    "batches.choose": "batches_begun",
    "balance.decide": "orders",
    "batches.decide": "orders",
    "links.act": "orders",
    "mails.again": "orders",
    "batches.download": "exports",
    "batches.download_xlsx": "exports",
    "calendar.export_csv": "exports",
    "calendar.export_xlsx": "exports",
    "invoices.export_csv": "exports",
    "invoices.export_xlsx": "exports",
    "invoices.order_bills": "orders",
    "invoices.order_invoices": "orders",
    "invoices.show_pdf": "exports",
    "methods.decide": "orders",
    "methods.mandate_pdf": "exports",
    "next_term.order_ahead": "orders",
    "next_term.order_renewal": "orders",
    "orders.decide": "orders",
    "receipts.show_pdf": "exports",
    "services.export_csv": "exports",
    "services.export_xlsx": "exports",
    "services.index": "lists_pasted",
}


@pytest.fixture
def alice(world: World) -> FlaskClient:
    return world.client(world.account())


def test_what_costs_much_has_a_limit_of_its_own(app: Flask) -> None:
    """And so has every file that is made."""
    paced = {
        endpoint.removeprefix("echeance."): view.paced_by
        for endpoint, view in app.view_functions.items()
        if hasattr(view, "paced_by")
    }
    assert paced == HEAVY
    files = {
        endpoint.removeprefix("echeance.")
        for endpoint, url in routes(app, "GET")
        if url.endswith((".csv", ".pdf", ".xlsx"))
    }
    assert files and files <= paced.keys()


def test_every_form_that_an_account_sends_counts(app: Flask, alice: FlaskClient, world: World) -> None:
    urls = [url for endpoint, url in routes(app, "POST") if not endpoint.endswith((".leave", ".sign_in", ".told"))]
    for _ in range(120):
        assert post(alice, "/language").status_code == 303
    for url in urls:
        assert post(alice, url).status_code == 429, url
    assert alice.get("/services").status_code == 200
    bob = world.client(world.account("Bob"))
    assert post(bob, "/language", {"language": "fr"}).status_code == 303


@pytest.mark.parametrize(
    ("method", "url", "allowed"),
    [
        ("POST", "/services/S-nothing/renew", 30),
        ("POST", "/services/S-nothing/anticipate", 30),
        ("POST", "/services/S-nothing/pay", 30),
        ("POST", "/invoices", 30),
        ("POST", "/batches/1", 30),
        ("GET", "/services/export.csv", 20),
        ("GET", "/invoices/export.csv", 20),
        ("GET", "/batches/1.csv", 20),
        ("GET", "/services?q=" + "+".join(f"shop-{number}.example" for number in range(20)), 60),
        ("GET", "/services?q=" + ",".join(f"shop-{number}.example" for number in range(20)), 60),
    ],
)
def test_an_account_does_it_so_often_and_no_more(
    alice: FlaskClient, world: World, method: str, url: str, allowed: int
) -> None:
    def asked(client: FlaskClient) -> Any:
        return post(client, url, {"action": "order"}) if method == "POST" else client.get(url, buffered=True)

    answers = [asked(alice) for _ in range(allowed + 1)]
    assert [answer.status_code == 429 for answer in answers] == [False] * allowed + [True]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    assert "Wait a minute" in said(answers[-1], "main")
    assert asked(world.client(world.account("Bob"))).status_code != 429


@pytest.mark.parametrize("page", ["anticipate", "pay"])
def test_looking_at_what_choices_come_to_orders_nothing(alice: FlaskClient, world: World, page: str) -> None:
    world.service(1, amount_due_minor=100 * (page == "pay"), billed_on=date(2026, 11, 1) if page == "pay" else None)
    assert {post(alice, f"/services/S-shop.example/{page}").status_code for _ in range(40)} == {200}


def test_a_search_for_words_is_no_list(alice: FlaskClient) -> None:
    assert {alice.get("/services?q=my+shop").status_code for _ in range(70)} == {200}


@pytest.mark.parametrize(
    "address", ["/receipts/{}", "/receipts/{}/details", "/receipts/{}.pdf", "/orders/{}", "/invoices/{}"]
)
def test_codes_are_not_found_by_asking_for_many(alice: FlaskClient, address: str) -> None:
    answers = [alice.get(address.format(new_code())).status_code for _ in range(31)]
    assert answers in ([404] * 30 + [429], [404] * 20 + [429] * 11)


def test_a_stranger_checks_few_codes_that_are_none(app: Flask) -> None:
    strangers = [app.test_client() for _ in range(31)]
    answers = [
        stranger.get(f"/receipts/{new_code()}", environ_base={"REMOTE_ADDR": f"2001:db8:0:1::{secrets.token_hex(2)}"})
        for stranger in strangers
    ]
    assert [answer.status_code for answer in answers] == [404] * 30 + [429]
    elsewhere = app.test_client().get(f"/receipts/{new_code()}", environ_base={"REMOTE_ADDR": "2001:db8:0:2::1"})
    assert elsewhere.status_code == 404
