"""The row menu and the dialog in which a renewal is configured."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.browsers.people import People, choose_another, first_service, row


def opened_menu(page: Page, name: str) -> Any:
    menu = row(page, name).locator("details.menu")
    menu.locator("summary").click()
    return menu


def test_escape_closes_a_menu_and_the_focus_returns(people: People) -> None:
    page = people.signed_in("demo-fr")
    menu = page.locator("tbody details.menu").first
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()


def test_one_menu_is_open_at_a_time(people: People) -> None:
    page = people.signed_in("demo-fr")
    page.locator("tbody details.menu summary").nth(0).click()
    page.locator("tbody details.menu summary").nth(9).click()
    expect(page.locator("details.menu[open]")).to_have_count(1)
    page.locator("h1").click()
    expect(page.locator("details.menu[open]")).to_have_count(0)


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
    expect(page.locator(f"#row-{number} .status .badge")).to_have_class("badge expires")
    expect(page.locator(f"#menu-{number}")).to_be_focused()
    expect(page).to_have_title("My services: 1 service – Echeance")
    page.reload()
    expect(page.locator(f"#row-{number} .status .badge")).to_have_class("badge expires")


def test_the_dialog_still_opens_after_going_back(people: People) -> None:
    page = people.signed_in("demo-fr")
    page.locator("#sort-name").click()
    expect(page.locator("th.name[aria-sort]")).to_have_count(1)
    page.go_back()
    expect(page.locator("th.date[aria-sort]")).to_have_count(1)
    menu = page.locator("tbody details.menu").filter(has=page.locator('a[href$="/renewal"]')).first
    menu.locator("summary").click()
    menu.get_by_role("link", name="Configure renewal").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_leaving_the_dialog_changes_nothing(people: People) -> None:
    page = people.signed_in("demo-fr", "/services?q=fontanelle")
    before, title = page.locator("tbody").text_content() or "", page.title()
    menu = opened_menu(page, page.locator("tbody th.name a").first.inner_text())
    for leave in ("Escape", "Change nothing"):
        if menu.get_attribute("open") is None:
            menu.locator("summary").click()
        menu.get_by_role("link", name="Configure renewal").click()
        dialog = page.get_by_role("dialog")
        dialog.locator("input[type=radio]").first.check()
        expect(dialog.locator(".preview button.primary")).to_be_visible()
        dialog.press("Escape") if leave == "Escape" else dialog.get_by_role("link", name=leave).click()
        expect(dialog).to_be_hidden()
        expect(menu.locator("summary")).to_be_focused()
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
