"""A person with a plain browser: reads what is there, follows links, fills in and sends forms."""

from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.test import TestResponse


class Walker:
    """Knows no address but the one it starts at. Like lightweight browsers it ignores script."""

    def __init__(self, app: Flask, language: str = "en") -> None:
        self._client = app.test_client()
        self._client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
        self.url = ""
        self.response: TestResponse
        self.page: BeautifulSoup

    def open(self, url: str) -> "Walker":
        return self._arrive(self._client.get(url, follow_redirects=True))

    def follow(self, text: str, within: str = "body") -> "Walker":
        """Press the link with that text."""
        links = [link for link in self.page.select(f"{within} a[href]") if text in _words(link)]
        assert links, f"no link “{text}” on {self.url}: {self.text[:2000]}"
        return self.open(urljoin(self.url, str(links[0]["href"])))

    def press(self, button: str, within: str = "body", **values: Any) -> "Walker":
        """Fill in the form that has this button and send it: a list ticks boxes, a text fills or chooses."""
        buttons = [each for each in self.page.select(f"{within} form button") if button in _words(each)]
        assert buttons, f"no button “{button}” on {self.url}: {self.text[:2000]}"
        form = buttons[0].find_parent("form")
        assert isinstance(form, Tag)
        pairs = _filled(form, values)
        if buttons[0].get("name"):
            pairs.append((str(buttons[0]["name"]), str(buttons[0].get("value", ""))))
        target = urljoin(self.url, str(form.get("action", self.url)))
        if str(form.get("method", "get")).lower() == "get":
            parts = urlsplit(target)
            return self.open(f"{parts.path}?{urlencode(pairs)}")
        sent = self._client.post(target, content_type="application/x-www-form-urlencoded", data=urlencode(pairs))
        return self._arrive(self._client.get(sent.location, follow_redirects=True) if sent.location else sent)

    @property
    def text(self) -> str:
        return _words(self.page)

    @property
    def names(self) -> list[str]:
        """The services of the table, in order."""
        return [_words(link) for link in self.page.select("tbody th.name a")]

    def _arrive(self, response: TestResponse) -> "Walker":
        self.response = response
        query = response.request.query_string.decode()
        self.url = f"{response.request.path}?{query}" if query else response.request.path
        self.page = BeautifulSoup(response.get_data(as_text=True), "html.parser")
        return self


def _filled(form: Tag, values: dict[str, Any]) -> list[tuple[str, str]]:
    pairs = []
    for field in form.select("input[name]"):
        name, value, kind = str(field["name"]), str(field.get("value", "on")), field.get("type")
        given = values.get(name)
        if kind in ("checkbox", "radio"):
            ticked = field.has_attr("checked") if given is None else value in given
            pairs += [(name, value)] if ticked else []
        else:
            pairs.append((name, str(field.get("value", "") if given is None else given)))
    return pairs


def _words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())
