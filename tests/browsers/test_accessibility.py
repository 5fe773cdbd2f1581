"""Every kind of page under axe and under our own eyes, light and dark, wide and narrow."""

import pytest
from playwright.sync_api import Page

from tests.browsers.inspection import NARROWEST, faint_texts, invisible_stops, neglected, violations
from tests.browsers.layout import misplaced_anywhere
from tests.browsers.pages import KINDS, Kind
from tests.browsers.people import People, speak


def opened(people: People, kind: Kind) -> Page:
    """Where that kind of page begins, in French, whose words are the longest."""
    if kind.handle:
        page = people.signed_in(kind.handle, kind.path, language="fr")
    else:
        page = people.stranger()
        page.goto(kind.path)
        speak(page, "fr")
    return page


def shown(people: People, kind: Kind) -> Page:
    page = opened(people, kind)
    page.emulate_media(reduced_motion="reduce")
    kind.prepare(page)
    return page


@pytest.mark.parametrize("name", KINDS)
def test_a_page_serves_everybody(people: People, name: str) -> None:
    page = shown(people, KINDS[name])
    assert violations(page) == []
    assert neglected(page) == []
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert faint_texts(page) == []
    assert misplaced_anywhere(page) == {}


@pytest.mark.parametrize("name", ["services", "services-filtered", "configure", "dialog", "views-error"])
def test_the_focus_is_seen_at_every_stop(people: People, name: str) -> None:
    page = shown(people, KINDS[name])
    page.evaluate("document.activeElement.blur()")
    assert invisible_stops(page) == []


@pytest.mark.parametrize("name", ["services", "services-menu", "dialog"])
def test_a_phone_serves_everybody(people: People, name: str) -> None:
    page = shown(people, KINDS[name])
    page.set_viewport_size({"width": NARROWEST, "height": 640})
    assert violations(page) == []
    assert neglected(page) == []
