"""Mails in a webmail as wide as a phone and as a desk: nothing runs out of its place, light or dark."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.messages.samples import MESSAGES, mail
from webapp.domain.messages import Message

RUNS_OVER = """() => [...document.querySelectorAll("table, td, th, p, a, span")]
  .filter((each) => each.getBoundingClientRect().right > innerWidth + 0.5)
  .map((each) => each.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def webmail(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("message", MESSAGES, ids=[f"{at}-{each.kind}" for at, each in enumerate(MESSAGES)])
def test_nothing_runs_over(webmail: Page, app: Flask, message: Message, language: str) -> None:
    webmail.set_content(mail(app, message, language).html)
    for width in (320, 700):
        webmail.set_viewport_size({"width": width, "height": 800})
        assert webmail.evaluate(RUNS_OVER) == []
        button = webmail.locator(".button a").bounding_box()
        assert button and button["height"] >= 24
