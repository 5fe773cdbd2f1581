"""Of everything that the cast holds: the menu offers an action exactly when asking for it works."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.cast.conftest import Cast, Contact, loaded
from tests.markup import confirmation, post, soup
from tests.schemas import schema_of_its_own
from webapp.domain.service.actions import Action, offered
from webapp.wording.rows import PAGES


@pytest.fixture(scope="module")
def cast(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[Cast]:
    """One that may be changed, on either database."""
    folder = tmp_path_factory.mktemp("menu")
    with loaded(folder, schema_of_its_own("menu", database_url, folder)) as cast:
        if not request.config.getoption("--whole"):
            cast.narrow(menu)
        yield cast


def menu(contact: Contact) -> tuple[object, ...]:
    """Every kind of contact, with every combination of what is refused and why."""
    return contact.kind, tuple(refusal and refusal.code for _action, refusal in offered(contact.case))


def is_offered(client: FlaskClient, url: str) -> bool:
    """Whether the service's menu leads there, where exactly one of its lines is about it."""
    reference, action = url.removeprefix("/services/").split("/", 1)
    drawn = soup(client.get(f"/services/{reference}/actions"))
    lines = [line for line in drawn.select(".actions-list li") if next(line.stripped_strings) in ACTIONS[action]]
    assert len(lines) == 1, (url, drawn)
    links = lines[0].select("li > a.act")
    assert [link["href"] for link in links] in ([], [url])
    return bool(links)


ACTIONS = {
    "renewal": {"Configure renewal", "Configurer le renouvellement"},
    "renew": {"Renew service", "Renouveler le service"},
    "anticipate": {"Bring forward payment", "Anticiper le paiement"},
    "cancel": {"Cancel my service", "Résilier mon service"},
    "align": {"Align renewal date", "Aligner la date de renouvellement"},
    "pay": {"Pay my bill", "Régler ma facture"},
    "cancel/undo": {"Undo cancellation", "Annuler la résiliation"},
}


def test_configure_is_offered_exactly_when_it_works(cast: Cast) -> None:
    outcomes = set()
    for contact in cast.contacts:
        client, url = cast.browsers[contact.account_id], f"{contact.url}/renewal"
        shown = is_offered(client, url)
        worked = configured(client, url)
        assert shown == worked, (contact.reference, contact.account_id)
        outcomes.add(worked)
    assert outcomes == {True, False}


def configured(client: FlaskClient, url: str) -> bool:
    """Whether the change that the page proposes, to any other choice, is accepted."""
    page = soup(client.get(url))
    choices = [str(radio["value"]) for radio in page.select("input[type=radio]")] or ["manual", "P1M", "P12M"]
    for choice in choices:
        form: dict[str, Any] = (
            {"version": "1"} | confirmation(client.get(f"{url}?choice={choice}")) | {"choice": choice}
        )
        if post(client, url, form | {"agreed": "qc-1753"}).status_code == 303:
            return True
    return False


def test_cancel_and_undo_are_offered_exactly_when_they_work(cast: Cast) -> None:
    """What was ended is kept again at once, so that the next contact finds the service as it was."""
    outcomes = set()
    for contact in cast.contacts:
        client = cast.browsers[contact.account_id]
        for url in (f"{contact.url}/cancel", f"{contact.url}/cancel/undo"):
            shown = is_offered(client, url)
            seen = {"version": "1"} | confirmation(client.get(url))
            worked = post(client, url, seen | {"action": "confirm"}).status_code == 303
            assert shown == worked, (url, contact.account_id)
            outcomes.add((url.endswith("undo"), worked))
    assert len(outcomes) == 4


def test_paying_for_the_next_term_is_offered_exactly_when_it_works(cast: Cast) -> None:
    """What was ordered is discarded at once."""
    outcomes = set()
    for contact in cast.contacts:
        client = cast.browsers[contact.account_id]
        for url in (f"{contact.url}/renew", f"{contact.url}/anticipate"):
            shown = is_offered(client, url)
            worked = ordered(client, url)
            assert shown == worked, (url, contact.account_id)
            outcomes.add((url.rpartition("/")[2], worked))
    assert len(outcomes) == 4


def test_aligning_is_offered_exactly_when_some_day_works(cast: Cast) -> None:
    """Each day that the page would order is ordered; that takes the place of the one before."""
    outcomes = set()
    for contact in cast.contacts:
        client, url = cast.browsers[contact.account_id], f"{contact.url}/align"
        answers = [aligned(client, url, day) for day in (1, 15)]
        assert is_offered(client, url) == any(answers), (contact.reference, contact.account_id)
        outcomes.update(answers)
    assert outcomes == {True, False}


def aligned(client: FlaskClient, url: str, day: int) -> bool:
    seen = {"version": "1", "day": str(day)} | confirmation(client.get(f"{url}?day={day}"))
    answer = post(client, url, seen)
    if answer.status_code == 303 and "/orders/" in answer.location:
        post(client, answer.location, {"action": "discard"})
    return answer.status_code == 303


def ordered(client: FlaskClient, url: str) -> bool:
    """Whether everything that the page proposes is accepted; what it proposes is at least one duration."""
    page = client.get(url)
    durations = [str(radio["value"]) for radio in soup(page).select("input[name=duration]")] or ["P12M"]
    seen = {"version": "1"} | confirmation(page) | {"action": "order"}
    answers = [post(client, url, seen | {"duration": duration}) for duration in durations]
    worked = {answer.status_code for answer in answers} == {303}
    if worked:
        post(client, answers[-1].location, {"action": "discard"})
    return worked


def test_a_stranger_finds_none_of_it(cast: Cast) -> None:
    for contact in cast.contacts:
        holders = {each.account_id for each in cast.everybody if each.reference == contact.reference}
        stranger = next(client for account, client in cast.browsers.items() if account not in holders)
        for action in ACTIONS:
            url = f"{contact.url}/{action}"
            assert stranger.get(url).status_code == 404
            for button in ("confirm", "order"):
                assert post(stranger, url, {"version": "1", "action": button}).status_code == 404


def test_paying_a_bill_is_offered_exactly_when_it_works(cast: Cast) -> None:
    """What was ordered is discarded at once."""
    outcomes = set()
    for contact in cast.contacts:
        client, url = cast.browsers[contact.account_id], f"{contact.url}/pay"
        seen = {"version": "1", "action": "order"} | confirmation(client.get(url))
        answer = post(client, url, seen)
        worked = answer.status_code == 303
        assert is_offered(client, url) == worked, (contact.reference, contact.account_id)
        if worked:
            post(client, answer.location, {"action": "discard"})
        outcomes.add(worked)
    assert outcomes == {True, False}


def test_every_action_is_asked_for() -> None:
    assert {PAGES[action] for action in Action} == ACTIONS.keys()


LARGEST_ROW, LONGEST_TEXT = 1_110, 50
"""Bytes of a row's HTML before compression; characters that one text has."""


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_row_is_small_in_every_language(cast: Cast, language: str) -> None:
    sizes = []
    for client in cast.browsers.values():
        post(client, "/language", {"language": language})
        table = client.get("/services?size=100").get_data(as_text=True)
        rows = re.findall(r"<tr id=.*?</tr>", re.sub(r"\?(back=)?size%3D100", "", table), re.DOTALL)
        sizes.extend(len(row.encode()) for row in rows if longest_text(row) <= LONGEST_TEXT)
    assert len(sizes) > 150
    assert max(sizes) < LARGEST_ROW


def longest_text(row: str) -> int:
    return max(map(len, re.split("<[^>]+>", row.replace("<wbr>", ""))))
