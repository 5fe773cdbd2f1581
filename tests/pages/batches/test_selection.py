import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.markup import found, htmx, names, post, said, soup
from tests.statements import statements
from tests.walker import Walker
from tests.world import World


@pytest.fixture
def alice(world: World) -> FlaskClient:
    key = world.account("Alice")
    for number in range(30):
        world.service(key, f"srv-{number}")
    return world.client(key)


def ticked(client: FlaskClient, page: int = 1) -> list[str]:
    rows = soup(client.get(f"/services?sort=name&page={page}")).select("tbody tr:has(input[checked])")
    return [row.select("th a")[0].get_text() for row in rows]


def keep(client: FlaskClient, shown: list[str], *refs: str, **more: str) -> None:
    references = {"shown": " ".join(f"S-{name}" for name in shown), "ref": [f"S-{name}" for name in refs]}
    assert post(client, "/batches", references | more).status_code == 303


def test_ticks_survive_paging(alice: FlaskClient) -> None:
    keep(alice, ["srv-0", "srv-1"], "srv-1")
    keep(alice, ["srv-28", "srv-29"], "srv-28")
    assert (ticked(alice), ticked(alice, 2)) == (["srv-1"], ["srv-28"])
    assert said(alice.get("/services"), "#selection strong") == "2 services selected"


def test_a_row_that_was_shown_and_not_ticked_is_let_go(alice: FlaskClient) -> None:
    keep(alice, ["srv-0", "srv-1"], "srv-0", "srv-1")
    keep(alice, ["srv-0"])
    assert ticked(alice) == ["srv-1"]


def test_the_box_of_the_page_takes_all_that_is_shown(alice: FlaskClient) -> None:
    keep(alice, ["srv-0", "srv-1"], page="on")
    assert ticked(alice) == ["srv-0", "srv-1"]


def test_all_that_match_can_be_taken_and_let_go(alice: FlaskClient) -> None:
    assert post(alice, "/batches?q=srv-2", {"action": "all"}).location == "/services?q=srv-2"
    assert said(alice.get("/services"), "#selection strong") == "11 services selected"
    assert len(names(alice.get("/services?selected=yes"))) == 11
    post(alice, "/batches", {"action": "clear"})
    assert said(alice.get("/services"), "#selection strong") == "No service selected"


def test_a_selection_of_all_does_not_grow_afterwards(alice: FlaskClient, world: World) -> None:
    post(alice, "/batches", {"action": "all"})
    world.service(1, "late.example")
    assert said(alice.get("/services"), "#selection strong") == "30 services selected"


def test_with_htmx_only_the_bar_is_redrawn(alice: FlaskClient) -> None:
    response = post(alice, "/batches", {"shown": "S-srv-0", "ref": "S-srv-0"}, headers=htmx("selection"))
    assert response.status_code == 200
    assert said(response, "strong") == "1 service selected"
    assert found(response, "hx-partial[hx-target='#live']").get_text(strip=True) == "1 service selected"
    assert not soup(response).select("table")


def test_the_bar_says_what_the_next_terms_cost_to_those_who_may_know(alice: FlaskClient, world: World) -> None:
    bob = world.account("Bob")
    world.service(1, "domain.example", billing_id=bob)
    post(alice, "/batches?q=srv-1", {"action": "all"})
    post(alice, "/batches?q=domain", {"action": "all"})
    assert said(alice.get("/services"), "#selection .count") == (
        "12 services selected next terms: €660.00 , tax included"
    )


@pytest.mark.parametrize("action", ["keep", "all", "clear"])
def test_the_boxes_follow_without_a_redrawn_table(alice: FlaskClient, action: str) -> None:
    response = post(alice, "/batches", {"action": action}, headers=htmx("selection"))
    assert response.headers["HX-Trigger"] == f"selection:{action}"


def test_counting_the_ticks_costs_no_statement(app: Flask, alice: FlaskClient) -> None:
    with statements(app) as counted:
        alice.get("/services")
    assert len(counted) == 6


def test_services_of_others_cannot_be_selected(alice: FlaskClient, world: World) -> None:
    charlie = world.account("Charlie")
    world.service(charlie, "secret.example")
    keep(alice, [], "secret.example", "nothing")
    assert said(alice.get("/services"), "#selection strong") == "No service selected"


def test_two_browsers_of_one_account_do_not_mix_their_ticks(alice: FlaskClient, world: World) -> None:
    keep(alice, ["srv-0"], "srv-0")
    assert ticked(world.client(1)) == []


def test_an_unknown_action_is_refused(alice: FlaskClient) -> None:
    assert post(alice, "/batches", {"action": "destroy"}).status_code == 400


def test_looking_changes_nothing(alice: FlaskClient) -> None:
    keep(alice, ["srv-0"], "srv-0")
    alice.get("/services?action=all&selected=yes")
    assert ticked(alice) == ["srv-0"]


def test_it_works_with_a_plain_browser(world: World, walker: Walker) -> None:
    key = world.account("Alice")
    world.password("Alice", "correct horse")
    for number in range(30):
        world.service(key, f"srv-{number}")
    walker.open("/services?sort=name").press("Sign in", email="alice@people.example", password="correct horse")
    ticks = ["S-srv-3", "S-srv-4"]
    walker.press("Keep the ticks of this page", ref=ticks).press("Next", ref=[*ticks, "S-srv-5"]).press("Previous")
    assert "3 services selected" in walker.text
    walker.press("Last", ref=ticks)
    assert "2 services selected" in walker.text
    walker.follow("Show the selection")
    assert walker.names == ["srv-3", "srv-4"]
