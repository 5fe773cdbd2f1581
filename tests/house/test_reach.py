"""Who reaches what: every address, by everybody, in every way of asking."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.conftest import forget_counts
from tests.house.test_routes import OPEN, SAMPLE, UNSIGNED
from tests.markup import confirm, confirmation, found, post, token
from tests.world import World
from webapp.domain.service.service import Mode
from webapp.extensions import db
from webapp.models import Notifications, SignIn
from webapp.web.security import SENT_BY_PANELS

ROLES = ("owner", "admin", "technical", "billing")
NOT_THEIRS = (404,)
LED_AWAY = (303,)
READ = (200, 302, 303)
"""Pages, and what leads to another."""
OPEN_ANSWERS = (200, 204, 302, 303, 400, 404, 422, 503)
"""Of what is open to strangers."""
DONE_OR_SAID = (200, 303, 404, 422)
"""Of a form: done, or why not; 404 for what is not the sender’s."""
OWN = tuple(each.__tablename__ for each in (SignIn, Notifications))
LEAVING = ("echeance.session.leave", "echeance.security.end")
"""They end what the others need."""


@dataclass
class Held:
    """One of each thing that an address can name, all of it Alice’s."""

    world: World
    alice: int
    client: FlaskClient
    named: dict[str, dict[str, Any]]

    def addresses(self, method: str) -> Iterator[tuple[str, str, bool]]:
        """Endpoint, address, and whether it names something that is hers."""
        bound = self.world.app.url_map.bind("localhost")
        for rule in self.world.app.url_map.iter_rules():
            if method in (rule.methods or ()):
                part = rule.endpoint.split(".")[1]
                given = {name: self.named.get(part, {}).get(name, SAMPLE.get(name)) for name in rule.arguments}
                yield rule.endpoint, bound.build(rule.endpoint, given), bool(self.named.get(part) and rule.arguments)


@pytest.fixture
def held(world: World) -> Held:
    alice = world.account("Alice")
    world.card(alice)
    shop = world.service(alice, "shop.example")
    world.service(alice, "ended.example", family="domain")
    world.service(alice, "manual.example", mode=Mode.MANUAL)
    world.bill(world.service(alice, "billed.example"), 700, number="B-1")
    client = world.client(alice)
    cancel = "/services/S-ended.example/cancel"
    post(client, cancel, confirmation(client.get(cancel)) | {"action": "confirm"})
    receipt = confirm(client, "S-shop.example", "manual").location
    batch = post(client, "/batches", {"action": "cancel", "ref": "S-shop.example"}).location
    post(client, "/views", {"name": "mine", "query": "q=shop"})
    renew = "/services/S-manual.example/renew"
    order = post(client, renew, confirmation(client.get(renew)) | {"duration": "P12M", "action": "order"}).location
    code = str(found(client.get("/services/S-ended.example"), ".history").select_one("a")["href"])  # type: ignore[index]
    proof = str(found(client.get(code), "dd a[href^='/receipts/']").get_text())
    named = {
        "services": {"reference": "S-shop.example", "event_id": int(receipt.partition("?")[0].rpartition("/")[2])},
        **{part: {"reference": "S-shop.example"} for part in ("renewal", "next_term", "alignment", "cancellation")},
        "invoices": {"reference": "S-billed.example", "code": "B-1"},
        "batches": {"batch_id": int(batch.partition("?")[0].rpartition("/")[2])},
        "saved_views": {"view_id": 1},
        "orders": {"code": order.partition("?")[0].rpartition("/")[2]},
        "receipts": {"code": proof},
    }
    assert shop
    return Held(world, alice, client, named)


def state(app: Flask) -> dict[str, int]:
    """How many rows each table has; aside from what everybody has for themselves alone."""
    with app.app_context():
        tables = [table for table in db.metadata.sorted_tables if table.name not in OWN]
        return {table.name: db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def asked(client: FlaskClient, method: str, url: str, csrf: str, **headers: str) -> int:
    form = {"csrf_token": csrf} if method in ("POST", "PUT") and csrf else None
    return client.open(url, method=method, data=form, headers=headers, buffered=True).status_code


def stranger_token(client: FlaskClient) -> str:
    return str(found(client.get("/login"), 'form[action="/login"] input[name=csrf_token]')["value"])


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT"])
@pytest.mark.parametrize("who", ["anonymous", "ended session"])
def test_whoever_is_not_signed_in_reaches_the_sign_in(held: Held, who: str, method: str) -> None:
    before = state(held.world.app)
    faults = []
    for endpoint, url, _hers in held.addresses("POST" if method == "PUT" else method):
        client = held.world.app.test_client()
        csrf = stranger_token(client)
        if who == "ended session":
            with client.session_transaction() as session:
                session["_user_id"], session["_fresh"] = "ended", True
        forget_counts(held.world.app)
        status = asked(client, method, url, csrf)
        wanted: tuple[int, ...] = (405,) if method == "PUT" else LED_AWAY
        if endpoint in OPEN and method != "PUT":
            wanted = UNSIGNED if endpoint in SENT_BY_PANELS and method == "POST" else OPEN_ANSWERS
        if status not in wanted:
            faults.append((endpoint, url, status))
    assert faults == []
    assert state(held.world.app) == before


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT"])
@pytest.mark.parametrize("who", ["stranger", *ROLES])
def test_everybody_reaches_their_own_and_nothing_else(held: Held, who: str, method: str) -> None:
    """A contact finds the service and what it may know of it; acts of others stay with whoever did them."""
    bob = held.world.account("Bob")
    if who != "stranger":
        for service in range(1, 5):
            held.world.change(service, **{f"{who}_id": bob})
    client = held.world.client(bob)
    csrf, faults = token(client), []
    before = state(held.world.app)
    for endpoint, url, hers in held.addresses("POST" if method == "PUT" else method):
        if endpoint in LEAVING or endpoint in OPEN:
            continue
        forget_counts(held.world.app)
        status = asked(client, method, url, csrf)
        if method == "PUT":
            wanted: tuple[int, ...] = (405,)
        elif hers and (who == "stranger" or endpoint.split(".")[1] in ("batches", "saved_views", "orders")):
            wanted = NOT_THEIRS
        else:
            wanted = (*READ, 404, 422) if method != "POST" else DONE_OR_SAID
        if status not in wanted:
            faults.append((endpoint, url, status))
    assert faults == []
    assert who != "stranger" or state(held.world.app) == before


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_no_other_site_and_no_form_without_its_token_changes_anything(held: Held, method: str) -> None:
    before = state(held.world.app)
    csrf = token(held.client)
    refused = {
        "no token": ("", {}, 400),
        "a token of somebody else": (stranger_token(held.world.app.test_client()), {}, 400),
        "another site": (csrf, {"Sec-Fetch-Site": "cross-site"}, 403),
        "a neighbour": (csrf, {"Sec-Fetch-Site": "same-site"}, 403),
        "an old browser at another site": (csrf, {"Origin": "https://evil.example"}, 403),
        "nowhere": (csrf, {"Origin": "null"}, 403),
    }
    faults = []
    for endpoint, url, _hers in held.addresses("POST"):
        for why, (sent, headers, status) in refused.items():
            answer = asked(held.client, method, url, sent, **headers)
            allowed = {status, 405} if method == "PUT" else {status}
            if endpoint in SENT_BY_PANELS:
                allowed |= {*UNSIGNED}
            if endpoint == "echeance.webhooks.told" and status == 400:
                continue
            if answer not in allowed:
                faults.append((endpoint, why, answer))
    assert faults == []
    assert state(held.world.app) == before


def test_reading_changes_nothing(held: Held) -> None:
    """Whoever prefetches every link, or asks for its headers alone, leaves everything as it was."""
    before = state(held.world.app)
    for method in ("GET", "HEAD"):
        for endpoint, url, hers in held.addresses(method):
            forget_counts(held.world.app)
            assert asked(held.client, method, url, "") in ((200,) if hers else (200, 204, 302, 303, 404, 503)), endpoint
    assert state(held.world.app) == before
