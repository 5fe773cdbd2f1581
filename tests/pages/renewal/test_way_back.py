"""Whoever leaves the table for a service finds back to the same filters, order, page and row."""

import pytest
from flask.testing import FlaskClient

from tests.markup import confirmation, found, htmx, post, soup
from tests.walker import Walker
from tests.world import World

TABLE = "/services?type=hosting&sort=-name&page=2"
ROW = "#row-1"


@pytest.fixture
def alice(world: World) -> FlaskClient:
    """Twenty-six services; the first one made stands alone on the second page."""
    key = world.account("Alice")
    for number in range(26):
        world.service(key, f"srv-{number:02}")
    return world.client(key)


def link(response: object, text: str) -> str:
    return next(str(each["href"]) for each in soup(response).select("a[href]") if text in each.get_text())  # type: ignore[arg-type]


def test_every_page_on_the_way_leads_back_to_the_row(alice: FlaskClient) -> None:
    configure = alice.get(link(alice.get(TABLE), "Configure"))
    assert link(configure, "Change nothing") == TABLE + ROW
    service = alice.get(str(found(configure, ".back a")["href"]))
    assert found(service, ".back a")["href"] == TABLE + ROW
    assert link(service, "Configure renewal") == str(configure.request.full_path)
    chosen = alice.get(configure.request.full_path + "&choice=manual")
    receipt = alice.get(post(alice, configure.request.path, confirmation(chosen)).location)
    assert link(receipt, "Back to my services") == f"{TABLE}&seen=1{ROW}"


def test_the_choice_keeps_the_way_back_without_script(world: World, walker: Walker, alice: FlaskClient) -> None:
    world.password("Alice", "correct horse")
    walker.open(TABLE).press("Sign in", email="alice@people.example", password="correct horse")
    walker.follow("Configure").press("Show what this means", choice="manual")
    walker.press("Confirm: manual renewal").follow("Back to my services")
    assert walker.url == f"{TABLE}&seen=1"
    assert walker.names == ["srv-00"]


def test_a_row_redrawn_in_place_still_knows_its_table(alice: FlaskClient) -> None:
    url = link(alice.get(TABLE), "Configure")
    seen = confirmation(alice.get(f"{url}&choice=manual", headers=htmx("in-dialog")))
    response = post(alice, url, seen, headers=htmx("in-dialog"))
    assert link(response, "Renew") == url.replace("/renewal", "/renew")


def test_the_table_as_it_opens_adds_nothing_to_its_links(alice: FlaskClient) -> None:
    assert link(alice.get("/services"), "Configure") == "/services/S-srv-00/renewal"


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "x" * 9000, "%00"])
def test_the_way_back_leads_nowhere_else(alice: FlaskClient, back: str) -> None:
    response = alice.get("/services/S-srv-00", query_string={"back": back})
    assert str(found(response, ".back a")["href"]) in (f"/services{ROW}",)
