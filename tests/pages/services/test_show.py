from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete

from tests.markup import confirm, found, said, soup
from tests.world import World
from webapp.commands.listing import listing
from webapp.domain.service.service import Availability, Kind, Suspension
from webapp.models import Event, Listing
from webapp.operations.transaction import writing


@pytest.fixture
def alice(world: World) -> FlaskClient:
    key = world.account("Alice")
    world.card(key)
    world.service(key, "shop.example", display_name="My shop", technical_id=world.account("Bob"))
    return world.client(key)


def test_the_page_tells_the_terms_the_contacts_and_the_history(alice: FlaskClient) -> None:
    text = said(alice.get("/services/S-shop.example"), "main")
    for part in ("My shop", "shop.example", "31 Dec 2025", "31 Dec 2026", "Automatic renewal", "Visa 4242", "Bob"):
        assert part in text
    assert "Nothing has happened yet." in text


def test_a_change_shows_in_the_history_and_has_a_receipt(alice: FlaskClient, world: World) -> None:
    confirm(alice, "S-shop.example", "manual")
    history = said(alice.get("/services/S-shop.example"), ".history")
    assert "Renewal configured" in history
    assert "Automatic, every year → Manual renewal" in history
    (event,) = world.all(Event)
    receipt = alice.get(f"/services/S-shop.example/events/{event.id}")
    assert f"S-shop.example/{event.id}" in said(receipt, ".receipt")


def test_a_suspended_service_says_what_brings_it_back_and_when_it_is_deleted(world: World) -> None:
    key = world.account("Alice")
    lapsed = {"ends_on": date(2026, 11, 1), "suspended_on": date(2026, 11, 1), "suspension": Suspension.EXPIRED}
    world.service(key, "late.example", availability=Availability.SUSPENDED, **lapsed)
    text = said(world.client(key).get("/services/S-late.example"), "main")
    assert "renewing brings it back" in text
    assert "16 Dec 2026" in text


def test_what_is_terminated_tells_its_last_term_and_no_next_one(world: World) -> None:
    """Whether its term is over, or it was deleted before."""
    key = world.account("Alice")
    world.service(key, "over.example", availability=Availability.TERMINATED, ends_on=date(2026, 11, 1))
    world.service(key, "gone.example", availability=Availability.TERMINATED)
    for name in ("over.example", "gone.example"):
        text = said(world.client(key).get(f"/services/S-{name}"), "main")
        assert "Last term" in text
        for untrue in ("Current term", "Automatic renewal", "Renewal day", "Price of the next term", "€"):
            assert untrue not in text
    rows = [row.price_minor for row in world.all(Listing)]
    assert rows == [None, None]


@pytest.mark.parametrize("path", ["", "/renewal", "/events/1"])
def test_what_belongs_to_others_is_not_found(alice: FlaskClient, world: World, path: str) -> None:
    """The same answer as for what does not exist."""
    charlie = world.client(world.account("Charlie"))
    theirs = charlie.get(f"/services/S-shop.example{path}")
    nothing = charlie.get(f"/services/S-nothing{path}")
    assert (theirs.status_code, nothing.status_code) == (404, 404)
    assert said(theirs, "main") == said(nothing, "main")


def test_the_event_of_another_service_is_not_found(alice: FlaskClient, world: World) -> None:
    world.service(1, "other.example")
    confirm(alice, "S-other.example", "manual")
    (event,) = world.all(Event)
    assert alice.get(f"/services/S-shop.example/events/{event.id}").status_code == 404


def test_a_refused_action_stays_visible_with_its_reason(world: World) -> None:
    key = world.account("Alice")
    world.service(key, "shop.example", committed_until=date(2028, 1, 1))
    response = world.client(key).get("/services/S-shop.example")
    assert "commitment of this service ends on 1 Jan 2028" in said(response, ".actions-list")
    assert not soup(response).select(".actions-list a[href$='/renewal']")


def test_the_technical_contact_sees_no_money_and_is_told_who_may_act(alice: FlaskClient, world: World) -> None:
    response = world.client(2).get("/services/S-shop.example")
    assert not soup(response).select("main data")
    assert "Only the billing contact" in said(response, ".actions-list")


def test_the_title_is_the_services_name(alice: FlaskClient) -> None:
    assert found(alice.get("/services/S-shop.example"), "title").get_text() == "My shop – Echeance"


def test_who_may_see_is_decided_by_the_contacts_and_not_by_the_listing(app: Flask, world: World) -> None:
    alice, bob = world.account("Alice"), world.account("Bob")
    world.service(alice, "shop.example", technical_id=bob)
    contact, stranger = world.client(bob), world.client(world.account("Charlie"))
    table = said(contact.get("/services"), "table.services")
    with app.app_context(), writing() as session:
        session.execute(delete(Listing))
    for url in ("/services/S-shop.example", "/services/S-shop.example/renewal"):
        assert (contact.get(url).status_code, stranger.get(url).status_code) == (200, 404)
    app.test_cli_runner().invoke(listing, ["rebuild"], catch_exceptions=False)
    assert said(contact.get("/services"), "table.services") == table


def test_what_belongs_together_is_listed_as_far_as_one_may_see_it(world: World) -> None:
    alice, bob = world.account("Alice"), world.account("Bob")
    parent = world.service(alice, "shop.example", technical_id=bob)
    included = {"parent_id": parent, "kind": Kind.INCLUDED, "mode": None, "family": "certificate"}
    world.service(alice, "shop.example", reference="S-cert", display_name="Certificate", **included)
    world.service(alice, "shop.example", reference="S-dom", display_name="Domain", family="domain", technical_id=bob)
    world.service(bob, "shop.example", reference="S-foreign", family="domain")
    page = world.client(alice).get("/services/S-shop.example")
    assert said(page, ".companions") == "Certificate certificate one – included in this service " + (
        "Domain domain one – of the same name"
    )
    assert "Certificate" not in said(world.client(bob).get("/services/S-shop.example"), ".companions")
    assert not soup(world.client(bob).get("/services/S-foreign")).select(".companions")
