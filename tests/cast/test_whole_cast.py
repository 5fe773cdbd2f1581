"""Every page of every service for everybody who has a role on it: nothing that it says is untrue."""

import csv
import re
from collections.abc import Iterator
from io import StringIO

import pytest
from bs4 import Tag
from flask.testing import FlaskClient

from tests.cast.claims import DEBITS, claims
from tests.cast.conftest import Cast, Contact
from tests.cast.reading import baseless, main_of, out_of_time, ranges, text_of
from tests.markup import soup
from webapp.domain.periods import last_day
from webapp.domain.service.ending import has_a_next_term
from webapp.domain.service.service import Mode
from webapp.language.catalogues import LANGUAGES, catalogue

PAGES = ("/renewal", "/renew", "/anticipate", "/align", "/pay", "/cancel", "/cancel/undo")
FACTS = (".badge", ".status small", ".date", ".price")
"""What the row says, by where it says it."""
SEPARATORS = {"en": ",", "fr": ";"}
"""Of the files."""


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_whatever_is_said_of_a_service_is_true(cast: Cast, language: str) -> None:
    faults = []
    for account in cast.browsers:
        client = cast.browser(account, language)
        rows, told = table(client), exported(client, language)
        for contact in (each for each in cast.contacts if each.account_id == account):
            row = rows[contact.reference]
            faults += untrue(client, contact, row, language)
            faults += [(contact.url, fault) for fault in filed_otherwise(row, told[contact.reference], language)]
    assert faults == []


def table(client: FlaskClient) -> dict[str, Tag]:
    """All rows that somebody has, by the service's reference."""
    rows = soup(client.get("/services?size=100")).select("tr[id^=row]")
    return {str(row.select("[name=ref]")[0]["value"]): row for row in rows}


def exported(client: FlaskClient, language: str) -> dict[str, dict[str, str]]:
    """The same as a file."""
    file = client.get("/services/export.csv").data.decode("utf-8-sig")
    lines = csv.DictReader(StringIO(file, newline=""), delimiter=SEPARATORS[language])
    return {line[catalogue(language).gettext("Reference")]: line for line in lines}


def untrue(client: FlaskClient, contact: Contact, row: Tag, language: str) -> Iterator[tuple[str, object]]:
    page = soup(client.get(contact.url))
    past = page.select_one(".history")
    seen = {"row": row, "": main_of(page)}
    seen |= {page: main_of(soup(client.get(f"{contact.url}{page}"))) for page in ("/actions", *PAGES)}
    others = [str(radio["value"]) for radio in seen["/renewal"].select("[name=choice]:not([checked])")]
    seen |= {choice: main_of(soup(client.get(f"{contact.url}/renewal?choice={choice}"))) for choice in others}
    if past and not contact.case.rules.for_a_consumer:
        yield from ((f"{contact.url} history", fault) for fault in baseless(past, language))
    for page, part in seen.items():
        yield from ((f"{contact.url} {page}", fault) for fault in wrong_in(part, contact, language))
        if not (can_be_debited(contact) or (page in others and has_a_method(contact))):
            yield from ((f"{contact.url} {page}", fault) for fault in claims(text_of(part, language), language, DEBITS))
    yield from ((contact.url, fault) for fault in told_otherwise(row, seen[""], seen["/actions"], language))


def wrong_in(part: Tag, contact: Contact, language: str) -> Iterator[object]:
    text, service = text_of(part, language), contact.case.service
    yield from out_of_time(text, language, contact.today)
    if not contact.case.rules.for_a_consumer:
        yield from (("no basis", amount) for amount in baseless(part, language))
    for first, last in ranges(text, language):
        if first == contact.started_on and service.ends_on and last != last_day(service.ends_on):
            yield "another end of the present term", last


def can_be_debited(contact: Contact) -> bool:
    """Whether a payment is ever taken from its billing contact by itself."""
    service = contact.case.service
    return has_a_next_term(service) and service.mode is Mode.AUTOMATIC and has_a_method(contact)


def has_a_method(contact: Contact) -> bool:
    """Whether its billing contact has one that can be debited at the end of its term."""
    end, method = contact.case.service.ends_on, contact.case.method
    return bool(end and method and method.usable_on(max(end, contact.today)))


def told_otherwise(row: Tag, page: Tag, menu: Tag, language: str) -> Iterator[tuple[str, str]]:
    """What the row says and the service's own page or its menu does not."""
    for place in FACTS:
        for said in row.select(place):
            words = bare(said, language)
            if words not in bare(page, language):
                yield "page", words
            if place != ".price" and words not in bare(menu, language):
                yield "menu", words


def bare(part: Tag, language: str) -> str:
    return " ".join(re.sub("[()]", " ", text_of(part, language)).split())


def filed_otherwise(row: Tag, told: dict[str, str], language: str) -> Iterator[tuple[str, str]]:
    """What the row says and the file does not."""
    gettext = catalogue(language).gettext
    ((badge,), prices) = row.select(".badge"), row.select(".price data")
    days = [str(found["datetime"]) for found in row.select("td.date time")]
    if told[gettext("Status")] != badge.get_text():
        yield "status", told[gettext("Status")]
    if days and days[0] not in (told[gettext("Next date")], ""):
        yield "day", told[gettext("Next date")]
    if [str(price["value"]) for price in prices] != [told[gettext("Price")].replace(",", ".")][: len(prices)]:
        yield "price", told[gettext("Price")]
    if told[gettext("Price")] and not prices:
        yield "price", told[gettext("Price")]
