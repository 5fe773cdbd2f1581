import pytest

from tests.markup import found, post, said
from tests.walker import Walker
from tests.world import World
from webapp.models import SavedView


@pytest.fixture
def alice(world: World, walker: Walker) -> Walker:
    key = world.account("Alice")
    world.password("Alice", "correct horse")
    world.service(key, "shop.example")
    world.service(key, "mail.example", family="email")
    return walker.open("/services?type=email&sort=name&page=3").press(
        "Sign in", email="alice@people.example", password="correct horse"
    )


def test_a_view_can_be_kept_used_and_deleted(alice: Walker) -> None:
    alice.press("Save", within=".keep", name="Mailboxes")
    assert alice.url == "/services?type=email&sort=name"
    assert "The view “Mailboxes” is saved." in alice.text
    alice.follow("All services", within=".views").follow("Mailboxes", within=".views")
    assert alice.names == ["mail.example"]
    alice.follow("My views").press("Delete", within=".kept")
    assert "The view is deleted." in alice.text
    assert "You have no saved view yet." in alice.text


@pytest.mark.parametrize(("name", "message"), [("", "Give the view a name."), ("x" * 61, "at most 60 characters")])
def test_a_name_that_cannot_be_used_is_kept_in_its_field(alice: Walker, name: str, message: str) -> None:
    alice.press("Save", within=".keep", name=name)
    assert alice.response.status_code == 422
    assert message in alice.text
    assert alice.page.select("#name")[0]["value"] == name
    alice.press("Save", within="main", name="Mailboxes")
    assert alice.names == ["mail.example"]


def test_the_same_name_again_replaces_the_view(alice: Walker, world: World) -> None:
    alice.press("Save", within=".keep", name="Mine").open("/services?q=shop").press("Save", within=".keep", name="Mine")
    assert [view.query for view in world.all(SavedView)] == ["q=shop"]


def test_only_what_the_table_knows_is_kept(world: World) -> None:
    client = world.client(world.account("Alice"))
    post(client, "/views", {"name": "Odd", "query": "type=spaceship&next=//evil.example&q=a%26b"})
    assert [view.query for view in world.all(SavedView)] == ["q=a%26b"]


def test_nobody_deletes_the_views_of_others(world: World) -> None:
    alice, charlie = world.client(world.account("Alice")), world.client(world.account("Charlie"))
    post(alice, "/views", {"name": "Mine", "query": "q=x"})
    assert post(charlie, "/views/1/deletion").status_code == 404
    assert "Mine" in said(alice.get("/views"), ".kept")
    assert "Mine" not in said(charlie.get("/views"), "main")


def test_there_is_an_end_to_the_views_one_can_keep(world: World) -> None:
    client = world.client(world.account("Alice"))
    for number in range(30):
        assert post(client, "/views", {"name": f"View {number}", "query": ""}).status_code == 303
    response = post(client, "/views", {"name": "One more", "query": ""})
    assert response.status_code == 422
    assert "Delete one first" in said(response, "main")


def test_the_header_marks_the_page_one_is_on(world: World) -> None:
    client = world.client(world.account())
    for url, label in (("/views", "My views"), ("/services", "My services")):
        assert found(client.get(url), "header [aria-current]").get_text() == label
