"""Customers of the demo at Chromium."""

import logging
from typing import Any

from bs4 import BeautifulSoup
from playwright.sync_api import APIRequestContext, Browser, BrowserContext, Page, expect

from tests.browsers.customers import password_of

LOG = logging.getLogger(__name__)
OTHER = {"en": "fr", "fr": "en"}


class People:
    """Opens one browser profile per person and closes them all."""

    def __init__(self, browser: Browser, site: str, patience: int) -> None:
        self.site = site
        self.errors: list[str] = []
        self._browser, self._patience = browser, patience
        self._contexts: list[BrowserContext] = []

    def stranger(self, **options: Any) -> Page:
        """An empty tab of somebody who has not signed in."""
        context = self._browser.new_context(base_url=self.site, **{"locale": "en-GB"} | options)
        context.set_default_timeout(self._patience)
        self._contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        return page

    def signed_in(self, handle: str, path: str = "/services", *, language: str = "en", **options: Any) -> Page:
        """A demo customer who has signed in and stands at that address.

        The language is chosen before the sign-in, so that it is this browser's alone and not the account's.
        """
        page = self.stranger(locale=OTHER[language], **options)
        _enter(page.context.request, self.site, handle, language)
        page.goto(path)
        return page

    def leave(self) -> None:
        """Close them all, saying where each stood: that is read where a test has failed."""
        for context in self._contexts:
            for page in context.pages:
                LOG.info("left at %s: %s", page.url, page.title())
            context.close()


def _enter(browser: APIRequestContext, site: str, handle: str, language: str) -> None:
    """By the same two forms that a person sends, without drawing their pages: that takes longer than most tests."""
    drawn = BeautifulSoup(browser.get("/login").text(), "html.parser")
    (token, *_same) = (str(field["value"]) for field in drawn.select("[name=csrf_token]"))
    asked = {"email": f"{handle}@demo.example", "password": password_of(handle)}
    for address, form in (("/language", {f"language.{language}": ""}), ("/login", asked)):
        answer = browser.post(address, form=form | {"csrf_token": token}, headers={"Origin": site}, max_redirects=0)
        assert answer.status == 303, (address, answer.status)


def speak(page: Page, language: str) -> None:
    """Press the language's button."""
    page.locator(f'button[name="language.{language}"]').click()
    expect(page.locator("html")).to_have_attribute("lang", language)


def sign_in(page: Page, handle: str) -> None:
    page.locator("#email").fill(f"{handle}@demo.example")
    page.locator("#password").fill(password_of(handle))
    page.locator("main form button.primary").click()
    expect(page.locator('form[action="/logout"]')).to_have_count(1)


def names(page: Page) -> list[str]:
    """The services that the table shows, in order."""
    return page.locator("tbody th.name a").all_inner_texts()


def rows(page: Page) -> list[str]:
    """Which services these are; several may have one name."""
    return page.locator("tbody th.name a").evaluate_all("links => links.map(link => link.id)")


def row(page: Page, name: str) -> Any:
    """The row of the service with that display name."""
    return page.locator("tbody tr").filter(has=page.get_by_role("link", name=name, exact=True))


def first_service(page: Page) -> str:
    """The address of the first service of the table, without the way back."""
    return str(page.locator("tbody th.name a").first.get_attribute("href")).partition("?")[0]


def choose_another(page: Page) -> None:
    """Another way to renew than the one that is chosen, named before it is: afterwards “not chosen” is another one."""
    choice = page.locator("#choice input:not(:checked)").last.get_attribute("id")
    page.locator(f"#{choice}").check()
