"""Many services at once: chosen, looked at, confirmed, watched, put back."""

import re

from playwright.sync_api import Page, expect

from tests.browsers.people import People, names


def previewed(page: Page, action: str) -> None:
    """The action of the menu, which has said for how many it is possible."""
    page.locator("#batch-actions summary").click()
    button = page.locator("#batch-actions").get_by_role("button", name=action)
    expect(button).to_contain_text("possible for")
    button.click()
    expect(page.locator("h1")).to_have_text(action)
    expect(page.locator("#totals")).to_be_visible()


def skip(page: Page, number: int) -> str:
    """Leave that row out; returns its service."""
    page.locator("table.rows tbody input").nth(number).check()
    return page.locator("table.rows th.name a").nth(number).inner_text()


def test_filter_select_all_leave_two_out_confirm_and_put_back(people: People) -> None:
    page = people.signed_in("demo-fr", "/services?type=domain&status=automatic&size=50")
    page.locator("#selection-all").click()
    expect(page.locator("tbody input:not(:checked)")).to_have_count(0)
    expect(page.locator("#selection-all")).to_be_focused()
    chosen = int(page.locator("#selection .count strong").inner_text().split()[0])
    previewed(page, "Disable automatic payment")
    total = page.locator("#totals .count strong")
    planned = int(total.inner_text().split()[0])
    assert 2 < planned <= chosen
    kept = skip(page, 0)
    expect(page.locator("#totals small")).to_have_text("1 left out")
    skip(page, 1)
    expect(total).to_have_text(f"{planned - 2} services will be changed")
    page.reload()
    expect(page.locator("table.rows tbody input:checked")).to_have_count(2)
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator(".badge[data-state=done]")).to_be_visible()
    expect(page.locator(".group.done strong")).to_have_text(str(planned - 2))
    page.locator(".group.left-out").click()
    expect(page.locator("table.rows tbody")).to_contain_text(kept)
    page.get_by_role("button", name="Put back what was changed").click()
    expect(page.locator("h1")).to_have_text("Undo a batch")
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator(".group.done strong")).to_have_text(str(planned - 2))
    page.goto("/batches")
    expect(page.locator("tbody tr").nth(0)).to_contain_text("Undo a batch")
    expect(page.locator("tbody tr").nth(1)).to_contain_text("Disable automatic payment")


def test_quickly_left_out_rows_are_all_counted(people: People) -> None:
    page = people.signed_in("demo-fr", "/services?status=automatic")
    page.locator("#page-ticks").check()
    expect(page.locator("#selection .count")).to_be_visible()
    previewed(page, "Disable automatic payment")
    for number in range(6):
        page.locator("table.rows tbody input").nth(number).check()
    expect(page.locator("#totals small")).to_have_text("6 left out")


def test_clearing_keeps_the_place_and_finds_the_focus_a_home(people: People) -> None:
    page = people.signed_in("demo-fr")
    page.locator("tbody input").nth(12).check()
    expect(page.locator("#selection .count")).to_be_visible()
    before = page.evaluate("scrollY")
    box = page.locator("#selection-clear").bounding_box() or {"x": 0, "y": 0}
    page.mouse.click(box["x"] + 5, box["y"] + 5)
    expect(page.locator("tbody input:checked")).to_have_count(0)
    expect(page.locator("#batch-actions-menu")).to_be_focused()
    assert abs(page.evaluate("scrollY") - before) < 100


def test_the_bar_stays_in_sight(people: People) -> None:
    page = people.signed_in("demo-fr")
    page.locator("tbody input").first.check()
    expect(page.locator("#selection .count")).to_be_in_viewport()
    page.locator("tbody input").nth(20).scroll_into_view_if_needed()
    expect(page.locator("#selection .count")).to_be_in_viewport()


def test_a_long_batch_is_watched_stopped_and_survives_leaving(people: People) -> None:
    page = people.signed_in("demo-large", "/services?status=automatic")
    page.locator("#selection-all").click()
    expect(page.locator("#selection .count")).to_be_visible()
    page.locator("#batch-actions summary").click()
    expect(page.locator("#batch-actions small").first).to_be_visible()
    page.locator('#batch-actions button[name="action.disable-automatic"]').click()
    expect(page.locator("#progress, #totals")).to_be_visible()
    address = page.url
    page.get_by_role("button", name="Sign out").click()
    page.goto(address)
    page.locator("#email").fill("demo-large@demo.example")
    page.locator("#password").fill("demo")
    page.locator("main form button.primary").click()
    expect(page.locator("#totals")).to_be_visible()
    expect(page).to_have_title("Disable automatic payment – To be confirmed – Echeance")
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator("#progress")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Stop the rest").click()
    expect(page.locator(".badge[data-state=stopped]")).to_be_visible()
    done = page.locator(".group.done strong").inner_text()
    assert 0 < int(re.sub(r"\D", "", done)) < 12_000
    expect(page.locator(".group.stopped")).to_contain_text("Not done: you stopped before")


def test_the_export_is_a_file(people: People) -> None:
    page = people.signed_in("demo-fr", "/services?q=castaing")
    shown = names(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Export as CSV").click()
    text = download.value.path().read_text("utf-8-sig")
    assert len(text.splitlines()) == len(shown) + 1
    assert download.value.suggested_filename.endswith(".csv")


def test_without_script(people: People) -> None:
    page = people.signed_in("demo-qc", "/services?mode=manual", java_script_enabled=False)
    page.locator("tbody input").nth(0).check()
    page.locator("tbody input").nth(1).check()
    page.locator("#batch-actions summary").click()
    page.get_by_role("button", name="Enable automatic payment").click()
    expect(page.locator("#totals .count strong")).to_be_visible()
    assert page.locator("a.group").count() >= 1
    page.get_by_role("button", name="Change nothing").click()
    expect(page.locator("#notice")).to_have_text("Nothing was changed.")
    page.goto("/services?status=automatic")
    page.get_by_role("button", name="Select all").click()
    page.locator("#batch-actions summary").click()
    page.get_by_role("button", name="Disable automatic payment").click()
    skip(page, 0)
    page.get_by_role("button", name="Keep what is left out").click()
    expect(page.locator("#totals small")).to_have_text("1 left out")
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator(".badge[data-state=done]")).to_be_visible()
    page.get_by_role("button", name="Put back what was changed").click()
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator(".problem")).to_contain_text("Accept the agreement")
    page.get_by_label("I have read and accept").check()
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator(".group.done")).to_be_visible()
