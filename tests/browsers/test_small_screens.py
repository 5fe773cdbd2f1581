"""What a phone has to show without being scrolled: what decides a dialog, and the menu of a batch."""

import pytest
from playwright.sync_api import Page, expect

from tests.browsers.layout import WIDTHS
from tests.browsers.pages import KINDS, select_all
from tests.browsers.people import People

PHONES = ((320, 568), (375, 667))
DIALOGS = [name for name in KINDS if name.endswith("dialog")]
HIDDEN = """all => all.filter(each => {
  const box = each.getBoundingClientRect();
  const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return box.top < 0 || box.left < 0 || box.bottom > innerHeight || box.right > innerWidth || !each.contains(hit);
}).map(each => each.innerText)"""


def hidden(page: Page, selector: str) -> list[str]:
    """Those of the elements that one does not see whole, or that lie under something else."""
    names: list[str] = page.locator(selector).evaluate_all(HIDDEN)
    return names


@pytest.mark.parametrize("name", DIALOGS)
def test_the_buttons_of_a_dialog_are_always_in_sight(people: People, name: str) -> None:
    kind = KINDS[name]
    page = people.signed_in(kind.handle, kind.path, language="fr")
    kind.prepare(page)
    if page.locator("dialog input[type=radio]:not(:checked)").count():
        page.locator("dialog input[type=radio]:not(:checked)").first.check()
        expect(page.locator("[aria-busy]")).to_have_count(0)
    decides = "dialog .buttons :is(button, .primary, .grave), dialog .close"
    for width, height in PHONES:
        page.set_viewport_size({"width": width, "height": height})
        for part in (0, 0.5, 1):
            page.locator("dialog").evaluate("(dialog, part) => dialog.scrollTo(0, part * dialog.scrollHeight)", part)
            assert page.locator(decides).count() >= 2
            assert hidden(page, decides) == [], (width, part)


def test_the_menu_of_a_batch_fits_and_scrolls_in_itself(people: People) -> None:
    page = people.signed_in("demo-fr", language="fr")
    select_all(page)
    for width, height in PHONES:
        page.set_viewport_size({"width": width, "height": height})
        assert hidden(page, "#batch-actions summary") == []
        assert page.locator("#batch-actions-list").evaluate("list => list.getBoundingClientRect().top") >= 0
        for button in page.locator("#batch-actions-list button").all():
            button.evaluate("button => button.scrollIntoView({block: 'nearest'})")
            assert button.evaluate(f"each => ({HIDDEN})([each])") == []


def test_what_opens_above_the_table_opens_inside_the_window(people: People) -> None:
    page = people.signed_in("demo-fr", language="fr")
    opening = page.locator("main details:has(> summary:visible)")
    assert opening.count() >= 3
    for width in (*WIDTHS, 1100):
        page.set_viewport_size({"width": width, "height": 800})
        for each in opening.all():
            each.evaluate("each => { each.open = true; }")
            box = each.locator(":scope > :not(summary)").first.bounding_box()
            each.evaluate("each => { each.open = false; }")
            assert box and box["x"] >= 0 and box["x"] + box["width"] <= width, (width, each.inner_text(), box)


def test_the_first_row_of_a_phone_is_seen_at_once(people: People) -> None:
    page = people.signed_in("demo-fr", language="fr", viewport={"width": 320, "height": 640})
    top = page.locator("tbody tr").first.evaluate("row => row.getBoundingClientRect().top + scrollY")
    assert top < 640


def test_the_header_of_a_phone_is_one_line_with_a_menu(people: People) -> None:
    page = people.signed_in("demo-fr", viewport={"width": 320, "height": 640})
    assert page.locator("header").evaluate("header => header.offsetHeight") < 60
    expect(page.get_by_role("link", name="My bills", exact=True)).to_be_hidden()
    page.get_by_role("link", name="Menu").click()
    expect(page.get_by_role("link", name="My bills", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="My bills", exact=True)).to_be_hidden()
    expect(page.get_by_role("link", name="Menu")).to_be_focused()
    page.get_by_role("link", name="Menu").click()
    page.get_by_role("link", name="My bills", exact=True).click()
    expect(page).to_have_url(f"{people.site}/invoices")


def test_the_menu_opens_after_the_way_back_too(people: People) -> None:
    page = people.signed_in("demo-fr", viewport={"width": 320, "height": 640})
    page.locator("#sort-name").click()
    expect(page.locator("th.name[aria-sort]")).to_have_count(1)
    page.go_back()
    expect(page.locator("th.name[aria-sort]")).to_have_count(0)
    page.get_by_role("link", name="Menu").click()
    expect(page.get_by_role("link", name="My bills", exact=True)).to_be_visible()
    assert "#nav" not in page.url


@pytest.mark.parametrize(("width", "height", "rows"), [(1280, 900, 9), (1920, 1080, 14)])
def test_a_desk_shows_many_rows_at_once(people: People, width: int, height: int, rows: int) -> None:
    page = people.signed_in("demo-agency", language="fr", viewport={"width": width, "height": height})
    foot = page.locator(".foot").bounding_box() or {"y": 0}
    boxes = [each.bounding_box() or {"y": 0, "height": 0} for each in page.locator("tbody tr").all()[: rows + 1]]
    assert boxes[0]["y"] <= 300
    assert sum(box["y"] + box["height"] <= foot["y"] + 1 for box in boxes) >= rows


def test_the_head_of_the_table_stays_in_sight(people: People) -> None:
    page = people.signed_in("demo-fr")
    page.locator("tbody tr").nth(20).scroll_into_view_if_needed()
    assert page.locator("#sort-name").evaluate("link => link.getBoundingClientRect().top") < 40
    expect(page.locator("#sort-name")).to_be_in_viewport()
    expect(page.locator(".foot")).to_be_in_viewport()
