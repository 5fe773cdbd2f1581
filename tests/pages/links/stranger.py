"""Somebody with a link from a mail, who is not signed in."""

import re
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.mailbox import mailbox
from tests.markup import soup

LINK = re.compile(r"http://localhost(/links/\S+)")


@dataclass
class Stranger:
    browser: FlaskClient
    link: str

    def looks(self) -> TestResponse:
        return self.browser.get(self.link, headers={"Accept-Language": "en"})

    def presses(self, action: str | None, **changed: str) -> TestResponse:
        """The form as it was drawn, with that button, or with none."""
        seen = soup(self.looks())
        fields = {str(each["name"]): str(each["value"]) for each in seen.select("main form input")} | changed
        if action:
            assert seen.select(f'main form button[name="action.{action}"]')
            fields[f"action.{action}"] = ""
        return self.browser.post(self.link, data=fields)


def links_of(app: Flask, address: str, subject: str) -> list[str]:
    """Those in the latest mail to that address whose subject has that in it."""
    mails = [mail for mail in mailbox(app, address) if subject in mail["Subject"].replace("\xa0", " ")]
    body = mails[0].get_body(("plain",))
    assert body is not None
    return LINK.findall(body.get_content())
