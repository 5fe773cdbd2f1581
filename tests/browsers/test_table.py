"""The table with script: it changes in place, and whoever types or tabs stays where they are."""

import re

from playwright.sync_api import Page, expect

from tests.browsers.people import People, names, rows


def test_search_as_one_types(people: People) -> None:
    page = people.signed_in("demo-fr")
    page.locator("#q").press_sequentially("cremerie", delay=20)
    expect(page.locator("tbody tr")).to_have_count(1)
    assert names(page) == ["crèmerie-des-allées.example"]
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#q")).to_have_value("cremerie")
    expect(page).to_have_url(re.compile(r"/services\?q=cremerie$"))
    expect(page.locator(".chip")).to_contain_text("Search: cremerie")


def test_filters_narrow_and_their_chips_widen(people: People) -> None:
    page = people.signed_in("demo-fr")
    page.locator("#more-filters summary").click()
    page.locator('[name="mode"][value="manual"]').check()
    expect(page.locator(".chip")).to_have_count(1)
    page.locator('[name="type"][value="domain"]').check()
    expect(page.locator(".chip")).to_have_count(2)
    expect(page).to_have_url(re.compile(r"\?type=domain&mode=manual$"))
    assert all(text.startswith("Domain name") for text in page.locator("td.type").all_inner_texts())
    page.locator("#chip-1").click()
    expect(page).to_have_url(re.compile(r"\?mode=manual$"))
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.locator("[id^=chip-]:focus")).to_have_count(1)


def test_the_focus_survives_the_last_chip(people: People) -> None:
    page = people.signed_in("demo-fr", "/services?mode=manual")
    page.locator("#chip-1").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/services$"))
    expect(page.locator("#q")).to_be_focused()


def test_sorting_keeps_the_focus_and_says_what_changed(people: People) -> None:
    page = people.signed_in("demo-fr")
    page.evaluate("document.getElementById('live').sameNode = true")
    for direction in ("ascending", "descending"):
        page.locator("#sort-price").focus()
        page.keyboard.press("Enter")
        expect(page.locator("th.price")).to_have_attribute("aria-sort", direction)
        assert page.locator("[aria-sort]").count() == 1
        expect(page.locator("#sort-price")).to_be_focused()
        expect(page.locator("caption")).to_contain_text(f"by “Price”, {direction}")
    assert page.evaluate("document.getElementById('live').sameNode")
    _says_what_changed(page)
    expect(page.locator("[aria-busy]")).to_have_count(0)


def test_paging_in_place(people: People) -> None:
    page = people.signed_in("demo-fr")
    first = rows(page)
    page.locator("#page-next").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".pager span")).to_contain_text("Page 2 of")
    assert not set(rows(page)) & set(first)
    expect(page.locator("#page-next")).to_be_focused()
    _says_what_changed(page)


def test_the_focus_survives_the_last_page(people: People) -> None:
    page = people.signed_in("demo-fr")
    page.locator("#page-last").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#page-next")).to_have_count(0)
    expect(page.locator("#page-previous")).to_be_focused()


def test_back_forward_and_reload_restore_the_table(people: People) -> None:
    page = people.signed_in("demo-fr")
    start = names(page)
    page.locator("#sort-name").click()
    expect(page.locator("th.name[aria-sort]")).to_have_count(1)
    by_name = names(page)
    page.locator("#q").fill("castaing")
    expect(page.locator("#chip-1")).to_be_visible()
    seen = names(page)
    page.go_back()
    expect(page.locator("#q")).to_have_value("")
    expect(page.locator("tbody th.name a")).to_have_text(by_name)
    page.go_back()
    expect(page.locator("tbody th.name a")).to_have_text(start)
    expect(page.locator("th.date[aria-sort]")).to_have_count(1)
    page.go_forward()
    page.go_forward()
    expect(page.locator("tbody th.name a")).to_have_text(seen)
    page.reload()
    expect(page.locator("tbody th.name a")).to_have_text(seen)
    expect(page.locator("#q")).to_have_value("castaing")


def test_a_menu_opened_right_after_a_search_stays_open(people: People) -> None:
    """Leaving the search box is no reason to fetch the same rows again."""
    page = people.signed_in("demo-fr")
    page.locator("#q").press_sequentially("castaing")
    expect(page.locator("#chip-1")).to_contain_text("Search: castaing")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.resource_type == "fetch" else None)
    page.locator("tbody .more").first.click()
    page.wait_for_load_state("networkidle")
    assert [url for url in sent if "/actions" not in url] == []
    expect(page.locator("#row-menu")).to_be_visible()


def _says_what_changed(page: Page) -> None:
    """What is read out is what the table is called."""
    expect(page.locator("#live")).to_have_text(page.locator("caption").inner_text())
