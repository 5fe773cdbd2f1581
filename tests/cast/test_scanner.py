"""A program that reads everybody's mails follows every link, and sends every form but its button: nothing changes."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Table, select

from tests.cast.conftest import Cast, loaded
from tests.conftest import forget_counts
from tests.markup import soup
from webapp.extensions import Model, db
from webapp.models import Outbox

ADDRESS = re.compile(r"https?://[^/\s]+(/\S*)")
KINDS_WITH_LINKS = 8
"""At least, of mails: those of the last months of the demo."""


def test_whoever_opens_and_sends_everything_without_a_button_changes_nothing(tmp_path: Path) -> None:
    with loaded(tmp_path) as cast:
        links = scanned(cast)
        before = everything(cast.app)
        press(cast.app.test_client(), links)
        assert everything(cast.app) != before


def scanned(cast: Cast) -> Sequence[str]:
    """The links that do something."""
    forget_counts(cast.app)
    before = everything(cast.app)
    scanner, seen, sent, kinds = cast.app.test_client(), set(), 0, set()
    for kind, address in links_of(cast):
        if address in seen:
            continue
        seen.add(address)
        kinds.add(kind)
        for page in opened(scanner, address):
            sent += send_forms(scanner, page)
        if "/links/" in address:
            scanner.post(address)
            scanner.post(address, data={"List-Unsubscribe": "no"})
            scanner.post(f"{address}/unsubscribe")
            scanner.post(f"{address}/unsubscribe", data={"action.leave": ""})
    assert len(kinds) >= KINDS_WITH_LINKS and sent > len(seen) / 4, (kinds, sent, len(seen))
    after = everything(cast.app)
    assert [name for name, rows in after.items() if rows != before[name]] == []
    return [address for address in sorted(seen) if "/links/" in address]


def press(person: FlaskClient, links: Sequence[str]) -> None:
    """The first button that there is."""
    for link in links:
        seen = soup(person.get(link))
        for button in seen.select("main form button[name^='action.']"):
            fields = {str(each["name"]): str(each.get("value", "")) for each in seen.select("main form input[name]")}
            assert person.post(link, data=fields | {str(button["name"]): ""}).status_code in (200, 303)
            return


def links_of(cast: Cast) -> Iterator[tuple[str, str]]:
    """Of every mail that was written, with its kind."""
    with cast.app.app_context():
        mails = db.session.execute(select(Outbox.id, Outbox.account_id, Outbox.kind).order_by(Outbox.id)).all()
    for mail in mails:
        page = soup(cast.browsers[mail.account_id].get(f"/account/mails/{mail.id}"))
        for address in ADDRESS.findall(page.select_one(".typed").get_text()):
            yield mail.kind, address


def opened(scanner: FlaskClient, address: str) -> Iterator[str]:
    """The page that it leads to, asked for in each way that changes nothing."""
    scanner.head(address)
    scanner.options(address)
    answer = scanner.get(address, follow_redirects=True)
    assert answer.status_code in (200, 404), (address, answer.status_code)
    yield answer.request.path


def send_forms(scanner: FlaskClient, page: str) -> int:
    """All that stand on it, with all of their fields, none of their buttons."""
    forms = [form for form in soup(scanner.get(page)).select("main form") if form.get("method") == "post"]
    for form in forms:
        fields = {str(each["name"]): str(each.get("value", "")) for each in form.select("input[name]")}
        for data in ({}, fields, fields | {"action": "", "submit": "1", "button": "order"}):
            answer = scanner.post(str(form.get("action") or page), data=data)
            assert answer.status_code < 500, (page, answer.status_code)
    return len(forms)


def everything(app: Flask) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables."""
    with app.app_context():
        return {each.name: _rows(each) for each in Model.metadata.sorted_tables}


def _rows(table: Table) -> list[tuple[object, ...]]:
    return [tuple(row) for row in db.session.execute(select(table).order_by(*table.primary_key))]
