"""What changes beside the rows when htmx redraws them, and what is read out."""

import pytest
from flask.testing import FlaskClient

from tests.markup import htmx, said, soup
from tests.world import World


@pytest.fixture
def alice(world: World) -> FlaskClient:
    key = world.account("Alice")
    world.service(key, "beta.example", family="domain")
    return world.client(key)


def part(client: FlaskClient, address: str, target: str, region: str = "results") -> str:
    """The words of one part of the answer to htmx."""
    drawn = soup(client.get(address, headers=htmx(region)))
    (found,) = drawn.select(f'hx-partial[hx-target="{target}"]')
    return " ".join(found.get_text(" ").split())


def test_each_sort_filter_and_page_is_read_out(alice: FlaskClient) -> None:
    sorted_by = "Services 1 to 1 of 1, sorted by “Type”, descending"
    assert part(alice, "/services?sort=-type", "#live", "services") == sorted_by
    assert part(alice, "/services?type=domain", "#live") == "Services 1 to 1 of 1, sorted by “Next date”, ascending"
    assert part(alice, "/services?type=vps", "#live") == "No service matches"
    assert part(alice, "/invoices?sort=date", "#live", "documents") == "Nothing matches."


def test_the_button_of_the_filters_counts_them(alice: FlaskClient) -> None:
    assert part(alice, "/services?type=vps&status=expires&q=x", "#filters-count") == "(2 active )"
    assert part(alice, "/services?q=x", "#filters-count") == ""
    assert "Filters (1 active )" in said(alice.get("/services?bill=unpaid"), "#more-filters summary")


def test_the_menu_of_views_names_the_one_that_is_shown(alice: FlaskClient) -> None:
    assert said(alice.get("/services"), "#views") == "All services"
    assert part(alice, "/services?bill=unpaid", "#view-menu").startswith("Bills to pay")
    assert said(alice.get("/services?q=x"), "#views") == "Views"
