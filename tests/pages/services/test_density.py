"""How high the rows are is kept with the account."""

from tests.markup import post, soup
from tests.world import World


def test_the_choice_is_kept_and_leads_back_to_the_same_table(world: World) -> None:
    key = world.account("Alice")
    world.service(key, "beta.example")
    alice = world.client(key)
    assert not soup(alice.get("/services")).select(".compact")
    chosen = post(alice, "/services", {"compact": "yes", "back": "q=beta"})
    assert (chosen.status_code, chosen.location) == (303, "/services?q=beta")
    for client in (alice, world.client(key)):
        page = soup(client.get("/services"))
        assert page.select(".compact .services")
        assert [button.get_text() for button in page.select('[aria-pressed="true"]')] == ["Compact"]
    assert post(alice, "/services", {"compact": "", "back": "//evil.example"}).location == "/services"
    assert not soup(alice.get("/services")).select(".compact")
