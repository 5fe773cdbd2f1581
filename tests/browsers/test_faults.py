"""What goes wrong in the middle of a swap is said, and the page stays usable."""

from playwright.sync_api import Route, expect

from tests.browsers.people import People, rows, sign_in


def test_what_is_not_found_is_said_above_the_whole_page(people: People) -> None:
    page = people.signed_in("demo-fr")
    before = rows(page)
    page.route("**/renewal", lambda route: route.continue_(url=f"{people.site}/services/NOT-HERE/renewal"))
    page.locator('tbody a[href$="/renewal"]').first.click()
    expect(page.locator("#problem")).to_contain_text("Page not found")
    assert rows(page) == before
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.unroute("**/renewal")
    page.locator("#sort-name").click()
    expect(page.locator("th.name[aria-sort]")).to_have_count(1)
    expect(page.locator("#problem")).to_be_empty()


def test_a_server_that_is_gone_is_said_until_it_answers_again(people: People) -> None:
    page = people.signed_in("demo-fr")
    before = rows(page)
    page.route("**/services?*", _hang_up)
    page.locator("#sort-name").click()
    expect(page.locator("#problem")).to_contain_text("The server did not answer.")
    assert rows(page) == before
    expect(page.locator("[aria-busy]")).to_have_count(0)
    expect(page).to_have_url(f"{people.site}/services")
    page.unroute("**/services?*")
    page.locator("#sort-name").click()
    expect(page.locator("th.name[aria-sort]")).to_have_count(1)
    expect(page.locator("#problem")).to_be_empty()


def test_a_session_that_ended_leads_to_the_sign_in_and_back(people: People) -> None:
    page = people.signed_in("demo-fr", "/services?q=castaing&sort=-name")
    seen = set(rows(page))
    page.context.clear_cookies()
    page.locator("#sort-price").click()
    expect(page.locator("#password")).to_be_visible()
    sign_in(page, "demo-fr")
    expect(page).to_have_url(f"{people.site}/services?q=castaing&sort=price")
    assert set(rows(page)) == seen


def _hang_up(route: Route) -> None:
    route.abort("connectionrefused")
