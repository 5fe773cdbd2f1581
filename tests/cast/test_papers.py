"""Every bill, invoice, order and receipt of the cast, as a page and on paper."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from bs4 import Tag
from flask.testing import FlaskClient
from pypdf import PdfReader

from tests.cast.claims import DEBITS, claims
from tests.cast.conftest import Cast, Contact, loaded
from tests.cast.reading import baseless, dated, main_of, out_of_time, text_of
from tests.conftest import forget_counts
from tests.demo.conftest import NOON
from tests.markup import confirmation, post, soup
from webapp.domain.service.actions import Action, offered
from webapp.language.catalogues import LANGUAGES

TODAY = NOON.date()
LISTS = ("/invoices", "/account", "/batches", "/payment-methods", "/balance")


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_document_is_true(cast: Cast, language: str) -> None:
    faults: list[object] = []
    looked_at = 0
    for account in cast.browsers:
        client = cast.browser(account, language)
        net = any(not each.case.rules.for_a_consumer for each in cast.contacts if each.account_id == account)
        for url in [*LISTS, *documents(cast, client)]:
            main = main_of(soup(client.get(url)))
            looked_at += 1
            faults += [(url, fault) for fault in out_of_time(text_of(main, language), language, TODAY)]
            faults += [(url, fault) for fault in (baseless(main, language) if net else ())]
            if url.startswith("/invoices/"):
                on_paper = dated(paper(client, f"{url}.pdf"), language)
                faults += [(url, "pdf", fault) for fault in out_of_time(on_paper, language, TODAY)]
    assert faults == []
    assert looked_at > len(LISTS) * len(cast.browsers) + 10


def documents(cast: Cast, client: FlaskClient) -> Iterator[str]:
    """What the lists of papers lead to."""
    forget_counts(cast.app)
    for url in ("/invoices", "/account"):
        links = main_of(soup(client.get(url))).select("tbody th a[href]")
        yield from (str(link["href"]) for link in links if str(link["href"]).startswith(("/invoices/", "/orders/")))


def paper(client: FlaskClient, url: str) -> str:
    response = client.get(url)
    assert response.mimetype == "application/pdf", url
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(response.data)).pages)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_receipt_is_true(tmp_path: Path, language: str) -> None:
    """Of ending one of each kind, keeping it after all, and letting it renew otherwise."""
    with loaded(tmp_path) as cast:
        faults: list[object] = []
        given = 0
        for contact in kinds(cast):
            client = cast.browser(contact.account_id, language)
            forget_counts(cast.app)
            for url, form in (
                (f"{contact.url}/cancel", {"action": "confirm"}),
                (f"{contact.url}/cancel/undo", {"action": "confirm"}),
                (f"{contact.url}/renewal?choice=manual", {}),
            ):
                done = post(client, url.partition("?")[0], confirmation(client.get(url)) | form)
                if done.status_code == 303:
                    given += 1
                    faults += [(url, fault) for fault in untrue(client, done.location, contact, language)]
        assert faults == []
        assert given > 20


def kinds(cast: Cast) -> list[Contact]:
    """One of each that can be ended: its family, its contract and who ends it."""
    found = {}
    for contact in cast.contacts:
        allowed = tuple(action for action, refusal in offered(contact.case, list(Action)) if refusal is None)
        if Action.CANCEL in allowed:
            rules, service = contact.case.rules, contact.case.service
            family, committed = service.product.family, service.committed_until is not None
            found.setdefault(
                (allowed, rules.for_a_consumer, family.remains, family.kept_after_end_days, committed), contact
            )
    return list(found.values())


def untrue(client: FlaskClient, receipt: str, contact: Contact, language: str) -> Iterator[object]:
    main = main_of(soup(client.get(receipt)))
    yield from told(main, contact, language)
    for link in main.select('a[href$="/print"], a[href$=".pdf"]'):
        url = str(link["href"])
        if url.endswith(".pdf"):
            yield from out_of_time(dated(paper(client, url), language), language, contact.today)
        else:
            yield from told(main_of(soup(client.get(url))), contact, language)


def told(main: Tag, contact: Contact, language: str) -> Iterator[object]:
    text = text_of(main, language)
    yield from out_of_time(text, language, contact.today)
    yield from claims(text, language, DEBITS)
    if not contact.case.rules.for_a_consumer:
        yield from baseless(main, language)
