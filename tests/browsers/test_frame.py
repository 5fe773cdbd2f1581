"""Around the table: the sign-in, the language, the views people keep."""

import re

from playwright.sync_api import expect

from tests.browsers.people import People, rows, sign_in, speak


def test_a_wrong_password_is_said_and_the_address_is_kept(people: People) -> None:
    page = people.stranger()
    page.goto("/services?sort=price")
    page.locator("#email").fill("demo-fr@demo.example")
    page.locator("#password").fill("wrong")
    page.locator("#password").press("Enter")
    expect(page.get_by_role("alert").filter(has_text="is incorrect")).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator("#email")).to_have_value("demo-fr@demo.example")
    sign_in(page, "demo-fr")
    expect(page).to_have_url(f"{people.site}/services?sort=price")


def test_the_language_is_switched_on_the_spot(people: People) -> None:
    page = people.signed_in("demo-qc", "/services?sort=-price")
    shown = rows(page)
    speak(page, "fr")
    expect(page).to_have_url(f"{people.site}/services?sort=-price")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mes services")
    assert rows(page) == shown
    speak(page, "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("My services")


def test_the_language_is_switched_after_swaps(people: People) -> None:
    """The address that is kept is the present one, not the one that was loaded."""
    page = people.signed_in("demo-qc")
    page.locator("#sort-name").click()
    expect(page.locator("th.name[aria-sort]")).to_have_count(1)
    speak(page, "fr")
    expect(page).to_have_url(f"{people.site}/services?sort=name")


def test_a_view_is_kept_used_and_dropped(people: People) -> None:
    page = people.signed_in("demo-fr")
    page.locator("#q").fill("castaing")
    expect(page.locator("#chip-1")).to_be_visible()
    page.get_by_text("Save this view").click()
    page.get_by_label("Name of the view").fill("Studio")
    page.get_by_label("Name of the view").press("Enter")
    expect(page.locator("#notice")).to_contain_text("The view “Studio” is saved.")
    seen = rows(page)
    page.locator("#views").click()
    page.get_by_role("link", name="All services").click()
    expect(page.locator(".chip")).to_have_count(0)
    page.locator("#views").click()
    page.get_by_role("link", name="Studio", exact=True).click()
    expect(page.locator("#views")).to_have_text("Studio")
    expect(page.locator('.views a[aria-current="true"]')).to_have_count(1)
    expect(page.locator("#q")).to_have_value("castaing")
    assert rows(page) == seen
    page.get_by_role("link", name="My views").click()
    page.get_by_role("button", name="Delete Studio").click()
    expect(page.locator("#notice")).to_contain_text("The view is deleted.")
    expect(page.get_by_role("link", name="Studio", exact=True)).to_have_count(0)


def test_signing_out_leaves_nothing_to_go_back_to(people: People) -> None:
    page = people.signed_in("demo-new")
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("#password")).to_be_visible()
    page.go_back()
    expect(page.locator("#password")).to_be_visible()
