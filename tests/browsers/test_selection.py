"""Ticks: they outlive the page they were made on."""

from playwright.sync_api import Page, Route, expect

from tests.browsers.people import People, names


def selected(page: Page, count: int) -> None:
    said = {0: "No service selected", 1: "1 service selected"}.get(count, f"{count} services selected")
    expect(page.locator("#selection strong")).to_have_text(said)


def test_ticks_are_kept_across_pages_and_orders(people: People) -> None:
    page = people.signed_in("demo-fr")
    ticked = [names(page)[3]]
    page.locator("tbody input").nth(3).check()
    selected(page, 1)
    page.locator("#page-next").click()
    expect(page.locator(".pager span")).to_contain_text("Page 2 of")
    ticked.append(names(page)[0])
    page.locator("tbody input").first.check()
    selected(page, 2)
    page.locator("#page-previous").click()
    expect(page.locator(".pager span")).to_contain_text("Page 1 of")
    expect(page.locator("tbody input:checked")).to_have_count(1)
    page.get_by_role("link", name="Show the selection").click()
    expect(page.locator("tbody tr")).to_have_count(2)
    assert sorted(names(page)) == sorted(ticked)


def test_the_box_of_the_page_ticks_its_rows_and_follows_them(people: People) -> None:
    page = people.signed_in("demo-fr")
    page.locator("#page-ticks").check()
    selected(page, 25)
    expect(page.locator("tbody input:checked")).to_have_count(25)
    page.locator("tbody input").first.uncheck()
    selected(page, 24)
    expect(page.locator("#page-ticks")).not_to_be_checked()
    page.reload()
    expect(page.locator("tbody input:checked")).to_have_count(24)


def test_the_box_of_the_page_is_drawn_as_its_rows_are(people: People) -> None:
    page = people.signed_in("demo-fr")
    page.locator("#page-ticks").check()
    selected(page, 25)
    page.locator("#sort-date").click()
    expect(page.locator("th.date")).to_have_attribute("aria-sort", "descending")
    page.locator("#sort-date").click()
    expect(page.locator("th.date")).to_have_attribute("aria-sort", "ascending")
    expect(page.locator("tbody input:checked")).to_have_count(25)
    expect(page.locator("#page-ticks")).to_be_checked()


def test_quick_ticks_are_all_kept(people: People) -> None:
    page = people.signed_in("demo-fr")
    for number in range(6):
        page.locator("tbody input").nth(number).check()
    selected(page, 6)
    page.reload()
    expect(page.locator("tbody input:checked")).to_have_count(6)


def test_ticks_made_while_the_first_is_on_its_way_are_counted(people: People) -> None:
    page = people.signed_in("demo-fr")
    held: list[Route] = []
    page.route("**/batches*", lambda route: route.continue_() if held else held.append(route))
    with page.expect_request("**/batches*"):
        page.locator("tbody input").first.check()
    for number in range(1, 6):
        page.locator("tbody input").nth(number).check()
    held[0].continue_()
    selected(page, 6)


def test_all_matching_and_none(people: People) -> None:
    page = people.signed_in("demo-fr", "/services?q=castaing")
    matches = page.locator(".summary dd").first.inner_text()
    page.get_by_role("button", name=f"Select all {matches} matching").click()
    selected(page, int(matches))
    expect(page.locator("tbody input:not(:checked)")).to_have_count(0)
    expect(page).to_have_url(f"{people.site}/services?q=castaing")
    page.get_by_role("button", name="Clear the selection").click()
    selected(page, 0)
    expect(page.locator("tbody input:checked")).to_have_count(0)
