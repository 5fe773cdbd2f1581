"""The inspection itself: with a fault planted on purpose, it finds that fault."""

from tests.browsers.inspection import NARROWEST, faint_texts, invisible_stops, neglected, violations
from tests.browsers.layout import misplaced
from tests.browsers.people import People

BY_AXE = {
    "label": "document.querySelector('label[for=q]').remove(), document.getElementById('q').placeholder = ''",
    "html-has-lang": "document.documentElement.removeAttribute('lang')",
    "color-contrast": "document.querySelector('h1').style.color = '#ccc'",
    "image-alt": "document.querySelector('h1').append(new Image(40, 40))",
    "aria-valid-attr-value": "document.querySelector('th.name').setAttribute('aria-sort', 'upwards')",
}
BY_US = {
    "no caption": "document.querySelector('caption').remove()",
    "not one aria-sort": "document.querySelector('th.name').setAttribute('aria-sort', 'ascending')",
    "2 times Actions": "document.querySelectorAll('tbody .more').forEach(e => e.removeAttribute('aria-labelledby'))",
    "no live region": "document.getElementById('live').remove()",
    "no place to skip to": "document.getElementById('main').remove()",
    "no title": "document.title = 'My services'",
    "12.0x12.0": "Object.assign(document.querySelector('tbody input').style, {width: '12px', height: '12px'})",
    "a button that is none": "document.querySelector('h1').setAttribute('role', 'button')",
}


BADLY_LAID_OUT = {
    "wider than the window": "document.querySelector('h1').style.width = '400px'",
    "off the window: row-": "document.querySelector('.more').style.marginRight = '-80px'",
    "broken: ": "document.querySelector('td.type').style.cssText = 'display: block; width: 2em; word-break: break-all'",
    "” over “": "document.querySelector('tbody .name').style.marginBottom = '-60px'",
}


def test_axe_finds(people: People) -> None:
    page = people.signed_in("demo-fr", "/services?q=brocante")
    for fault, planting in BY_AXE.items():
        page.evaluate(planting)
        assert any(seen.startswith(f"{fault}:") for seen in violations(page)), fault
        page.reload()


def test_faint_texts_are_found_in_the_dark_too(people: People) -> None:
    page = people.signed_in("demo-fr", "/services?q=brocante")
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.evaluate("document.querySelector('h1').style.color = '#333'")
    assert any(seen.startswith("color-contrast:") for seen in faint_texts(page))


def test_we_find(people: People) -> None:
    page = people.signed_in("demo-fr", "/services?q=brocante")
    for fault, planting in BY_US.items():
        page.evaluate(planting)
        assert any(fault in seen for seen in neglected(page)), fault
        page.reload()


def test_a_hidden_focus_is_found(people: People) -> None:
    page = people.signed_in("demo-fr", "/services?q=brocante")
    page.evaluate("document.getElementById('sort-name').style.outline = 'none'")
    assert invisible_stops(page) == ["A sort-name: no outline"]


def test_a_page_that_is_badly_laid_out_is_found(people: People) -> None:
    page = people.signed_in("demo-fr", "/services?q=brocante")
    page.set_viewport_size({"width": NARROWEST, "height": 640})
    for fault, planting in BADLY_LAID_OUT.items():
        assert misplaced(page) == []
        page.evaluate(planting)
        assert any(fault in seen for seen in misplaced(page)), fault
        page.reload()
