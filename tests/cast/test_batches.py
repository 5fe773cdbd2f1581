"""Everything that somebody holds at once, for every batch action: what its preview, its result and its file say."""

from collections.abc import Iterator

import pytest
from bs4 import Tag
from flask.testing import FlaskClient

from tests.cast.claims import AHEAD, DEBITS, PAST, claims
from tests.cast.conftest import Cast, Contact
from tests.cast.reading import baseless, main_of, out_of_time, text_of
from tests.cast.test_whole_cast import has_a_method
from tests.conftest import forget_counts
from tests.markup import post, soup
from webapp.domain.batches.kinds import BatchAction
from webapp.domain.roles import Role
from webapp.language.catalogues import LANGUAGES

DAY = "15"


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("action", list(BatchAction))
def test_a_preview_is_true_for_every_row(cast: Cast, action: BatchAction, language: str) -> None:
    faults: list[object] = []
    forget_counts(cast.app)
    for account in cast.browsers:
        contacts = {each.url: each for each in cast.contacts if each.account_id == account}
        client = cast.browser(account, language)
        for part, contact in previewed(client, action, contacts):
            faults += [(account, contact and contact.url, fault) for fault in untrue(part, contact, language)]
    assert faults == []


def previewed(
    client: FlaskClient, action: BatchAction, contacts: dict[str, Contact]
) -> Iterator[tuple[Tag, Contact | None]]:
    """Every row of every group with the contact that it is about, and what stands around them."""
    references = [each.reference for each in contacts.values()]
    begun = post(client, "/batches", {"action": action.value, "ref": references, "day": DAY})
    if not references or begun.status_code != 303 or "/batches/" not in begun.location:
        return
    page = main_of(soup(client.get(begun.location)))
    for address in [
        begun.location,
        *(f"{begun.location}?{str(link['href']).partition('?')[2]}" for link in page.select("a.group")),
    ]:
        page = main_of(soup(client.get(address)))
        for row in page.select("table.rows tbody tr"):
            yield row, contacts[str(row.select(".name a")[0]["href"])]
            row.decompose()
        for why in page.select("details.why"):
            why.decompose()
        yield page, None


def untrue(part: Tag, contact: Contact | None, language: str) -> Iterator[object]:
    text = text_of(part, language)
    if contact is None:
        yield from claims(text, language, AHEAD | PAST)
        return
    yield from out_of_time(text, language, contact.today)
    if not contact.case.rules.for_a_consumer:
        yield from (("no basis", amount) for amount in baseless(part, language))
    if Role.BILLING not in contact.case.roles:
        yield from (("no money of theirs", str(amount)) for amount in part.select("data"))
    if not (has_a_method(contact) and Role.BILLING in contact.case.roles):
        yield from claims(text, language, DEBITS)
