"""The inspection itself: with a fault planted on purpose, it finds that fault."""

import pytest

from tests.browsers.inspection import NARROWEST, invisible_stops, neglected, overflow, violations
from tests.browsers.people import People

BY_AXE = {
    "label": "document.querySelector('label[for=q]').remove(), document.getElementById('q').placeholder = ''",
    "html-has-lang": "document.documentElement.removeAttribute('lang')",
    "color-contrast": "document.querySelector('h1').style.color = '#ccc'",
    "image-alt": "document.querySelector('img').removeAttribute('alt')",
    "aria-valid-attr-value": "document.querySelector('th.name').setAttribute('aria-sort', 'upwards')",
}
BY_US = {
    "no caption": "document.querySelector('caption').remove()",
    "not one aria-sort": "document.querySelector('th.name').setAttribute('aria-sort', 'ascending')",
    "2 times ⋯Actions": "document.querySelectorAll('tbody summary .unseen').forEach(e => e.textContent = 'Actions')",
    "no live region": "document.getElementById('live').remove()",
    "no title": "document.title = 'My services'",
    "12.0x12.0": "Object.assign(document.querySelector('tbody input').style, {width: '12px', height: '12px'})",
    "a button that is none": "document.querySelector('h1').setAttribute('role', 'button')",
}


@pytest.mark.parametrize("fault", BY_AXE)
def test_axe_finds(people: People, fault: str) -> None:
    page = people.signed_in("demo-fr", "/services?q=brocante")
    page.evaluate(BY_AXE[fault])
    assert any(found.startswith(f"{fault}:") for found in violations(page))


def test_we_find(people: People) -> None:
    page = people.signed_in("demo-fr", "/services?q=brocante")
    for fault, planting in BY_US.items():
        page.evaluate(planting)
        assert any(fault in found for found in neglected(page)), fault
        page.reload()


def test_a_hidden_focus_is_found(people: People) -> None:
    page = people.signed_in("demo-fr", "/services?q=brocante")
    page.evaluate("document.getElementById('sort-name').style.outline = 'none'")
    assert invisible_stops(page) == ["A sort-name: no outline"]


def test_a_page_that_is_too_wide_is_found(people: People) -> None:
    page = people.signed_in("demo-fr", "/services?q=brocante")
    page.set_viewport_size({"width": NARROWEST, "height": 640})
    page.evaluate("document.querySelector('h1').style.width = '400px'")
    assert overflow(page) > 0
