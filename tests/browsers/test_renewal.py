"""The row menu and the dialog in which a renewal is configured."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browsers.people import People, choose_another, first_service, row


def opened_menu(page: Page, name: str) -> Any:
    """The menu of that service's row."""
    row(page, name).locator(".more").click()
    menu = page.locator("#row-menu")
    expect(menu.locator("li").first).to_be_visible()
    return menu


def test_a_menu_opens_by_keyboard_and_escape_gives_the_focus_back(people: People) -> None:
    page = people.signed_in("demo-fr")
    more = page.locator("tbody .more").first
    more.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#row-menu li").first).to_be_visible()
    expect(more).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    expect(page.locator("#row-menu a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#row-menu")).to_be_hidden()
    expect(more).to_be_focused()
    expect(more).to_have_attribute("aria-expanded", "false")


def test_tabbing_out_of_a_menu_closes_it(people: People) -> None:
    page = people.signed_in("demo-fr", "/services?q=calculs")
    opened_menu(page, "=1+1")
    for _link in page.locator("#row-menu a").all():
        page.keyboard.press("Tab")
        expect(page.locator("#row-menu")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator("#row-menu")).to_be_hidden()


def test_one_menu_is_open_at_a_time(people: People) -> None:
    page = people.signed_in("demo-fr")
    page.locator("tbody .more").nth(0).click()
    expect(page.locator("#row-menu")).to_be_visible()
    page.locator("tbody .more").nth(14).click()
    expect(page.locator("tbody tr").nth(14).locator("#row-menu")).to_be_visible()
    expect(page.locator("[aria-expanded=true]")).to_have_count(1)
    page.locator("#batch-actions summary").click()
    expect(page.locator("#row-menu")).to_be_hidden()
    page.locator("h1").click()
    expect(page.locator("details.menu[open]")).to_have_count(0)


@pytest.mark.parametrize("wanted", ["hover", "focus"])
def test_a_menu_is_fetched_when_it_is_pointed_at_or_reached_and_once(people: People, wanted: str) -> None:
    page = people.signed_in("demo-fr")
    title, more = page.title(), page.locator("tbody .more").first
    with page.expect_request("**/actions"):
        more.hover() if wanted == "hover" else more.focus()
    expect(page.locator("#row-menu li").first).to_be_attached()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/actions") else None)
    page.locator("tbody .more").first.click()
    expect(page.locator("#row-menu")).to_be_visible()
    assert sent == []
    expect(page).to_have_title(title)


def test_configuring_in_the_dialog(people: People) -> None:
    page = people.signed_in("demo-fr", "/services?q=calculs")
    number = page.locator("tbody tr").get_attribute("id").removeprefix("row-")
    opened_menu(page, "=1+1").get_by_role("link", name="Configure renewal").click()
    dialog = page.get_by_role("dialog", name="Configure the renewal of =1+1 calculs.example")
    expect(dialog).to_be_visible()
    expect(dialog.locator("#in-dialog-title")).to_be_focused()
    dialog.get_by_label("Manual: I renew it myself").check()
    expect(dialog.locator(".preview h2")).to_have_text("If you renew it yourself")
    expect(dialog.locator("#choice-manual")).to_be_focused()
    dialog.get_by_role("button", name="Confirm: manual renewal").click()
    expect(dialog).to_be_hidden()
    expect(page.locator("#notice")).to_contain_text("The renewal is configured.")
    expect(page.locator(f"#row-{number} .status .badge")).to_have_class("badge warn")
    expect(page.locator(f"#row-{number} .more")).to_be_focused()
    expect(page).to_have_title("My services: 1 service – Echeance")
    page.reload()
    expect(page.locator(f"#row-{number} .status .badge")).to_have_class("badge warn")


def test_the_dialog_still_opens_after_going_back(people: People) -> None:
    page = people.signed_in("demo-fr")
    page.locator("#sort-name").click()
    expect(page.locator("th.name[aria-sort]")).to_have_count(1)
    page.go_back()
    expect(page.locator("th.date[aria-sort]")).to_have_count(1)
    page.locator('tbody a[href$="/renewal"]').first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_leaving_the_dialog_changes_nothing(people: People) -> None:
    page = people.signed_in("demo-fr", "/services?q=fontanelle")
    before, title = page.locator("tbody").text_content() or "", page.title()
    configure = page.locator('tbody .actions > a[href*="/renewal"]').first
    for leave in ("Escape", "Change nothing"):
        configure.click()
        dialog = page.get_by_role("dialog")
        dialog.locator("input[type=radio]").first.check()
        expect(dialog.locator(".preview button.primary")).to_be_visible()
        dialog.press("Escape") if leave == "Escape" else dialog.get_by_role("link", name=leave).click()
        expect(dialog).to_be_hidden()
        expect(configure).to_be_focused()
        expect(page).to_have_title(title)
    page.reload()
    expect(page.locator("tbody")).to_have_text(before)


def test_a_conflict_is_explained_in_the_dialog(people: People) -> None:
    """Two tabs: what the first one changed, the second one is shown before it may change it again."""
    page = people.signed_in("demo-fr", "/services?q=recettes")
    name = page.locator("tbody th.name a").first.inner_text()
    opened_menu(page, name).get_by_role("link", name="Configure renewal").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Manual: I renew it myself").check()
    confirm = dialog.get_by_role("button", name="Confirm: manual renewal")
    expect(confirm).to_be_visible()
    _configure_elsewhere(page, first_service(page))
    confirm.click()
    expect(dialog.get_by_role("alert")).to_contain_text("Somebody changed this service meanwhile")
    expect(page.locator("dialog .problem")).to_be_focused()


def test_a_refused_action_stays_visible_with_its_reason(people: People) -> None:
    page = people.signed_in("demo-fr", "/services?bill=unpaid")
    menu = opened_menu(page, "Chorale des Tilleuls")
    refused = menu.locator(".refused").filter(has_text="Configure renewal")
    expect(refused).to_contain_text("A bill for this service must be paid first.")
    expect(menu.get_by_role("link", name="Configure renewal")).to_have_count(0)
    expect(menu.get_by_role("link", name="See the details")).to_be_visible()


def _configure_elsewhere(page: Page, service: str) -> None:
    tab = page.context.new_page()
    tab.goto(f"{service}/renewal")
    choose_another(tab)
    tab.locator(".preview button.primary").click()
    expect(tab.locator("h1")).to_be_visible()
    tab.wait_for_url("**/events/*")
    tab.close()
