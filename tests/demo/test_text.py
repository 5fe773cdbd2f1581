"""What a browser without styles shows: two words never run together where a tag is all that stands between them."""

from collections.abc import Iterator

import pytest
from bs4 import NavigableString, Tag
from flask import Flask

from tests.markup import soup

INLINE = ("small", "strong", "span", "em", "a", "time", "data", "button", "code", "ins", "del")
PAGES = ("/services?size=100", "/invoices", "/account", "/batches", "/batches/actions", "/views", "/services/export")
OF_A_SERVICE = ("", "/actions", "/renewal", "/renew", "/anticipate", "/pay", "/cancel", "/align")


def run_together(part: Tag) -> Iterator[str]:
    """The text before a small print, and it, where nothing is between them."""
    for small in part.select("small, .badge"):
        before = small.previous_sibling
        if isinstance(before, Tag) and before.name in INLINE:
            yield f"{before.get_text()}{small.get_text()}"
        elif isinstance(before, NavigableString) and before and not before[-1].isspace() and before[-1] not in "(–":
            yield f"{before}{small.get_text()}"


@pytest.mark.parametrize("customer", ["demo-fr", "demo-agency"])
def test_names_references_and_counts_are_apart(demo_app: Flask, customer: str) -> None:
    client = demo_app.test_client()
    form = soup(client.get("/login")).select('form:has(button[name="email"]) input[type=hidden]')
    sent = {str(field["name"]): str(field["value"]) for field in form}
    client.post("/login", data=sent | {"email": f"{customer}@demo.example"})
    services = [str(link["href"]).partition("?")[0] for link in soup(client.get("/services")).select("tbody .name a")]
    assert len(services) == 25
    urls = [*PAGES, *(service + page for service in services for page in OF_A_SERVICE)]
    faults = {url: [*run_together(soup(client.get(url)))] for url in urls}
    assert {url: found for url, found in faults.items() if found} == {}
