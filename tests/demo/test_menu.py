"""Over the whole demo: the menu offers an action exactly when asking for it works."""

import re
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.demo.conftest import NOON
from tests.markup import confirmation, post, soup
from webapp.domain.service.actions import Action
from webapp.extensions import db
from webapp.models import Account, Listing, Service, SignIn
from webapp.operations.people.sign_in import key_of
from webapp.wording.rows import PAGES

LARGE = "demo-large@demo.example"


@pytest.fixture(scope="module")
def contacts(demo_app: Flask) -> list[tuple[str, int]]:
    """Every service of the cast with every account that has a role on it."""
    with demo_app.app_context():
        query = (
            select(Service.reference, Listing.account_id)
            .join(Listing, Listing.service_id == Service.id)
            .join(Account, Account.id == Listing.account_id)
            .where(Account.email != LARGE)
        )
        return [(reference, account_id) for reference, account_id in db.session.execute(query)]


@pytest.fixture(scope="module")
def browsers(demo_app: Flask, contacts: list[tuple[str, int]]) -> dict[int, FlaskClient]:
    return {account_id: signed_in(demo_app, account_id) for account_id in {account for _reference, account in contacts}}


def signed_in(app: Flask, account_id: int) -> FlaskClient:
    client = app.test_client()
    with app.app_context():
        version = db.session.get_one(Account, account_id).password_version
        key = f"menu-{account_id}"
        db.session.add(SignIn(key=key_of(key), account_id=account_id, started_at=NOON, password_version=version))
        db.session.commit()
    with client.session_transaction() as session:
        session["_user_id"] = f"menu-{account_id}"
    return client


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


def test_configure_is_offered_exactly_when_it_works(
    contacts: list[tuple[str, int]], browsers: dict[int, FlaskClient]
) -> None:
    outcomes = set()
    for reference, account_id in contacts:
        client, url = browsers[account_id], f"/services/{reference}/renewal"
        offered = is_offered(client, url)
        worked = configured(client, url)
        assert offered == worked, (reference, account_id)
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


def test_cancel_and_undo_are_offered_exactly_when_they_work(
    contacts: list[tuple[str, int]], browsers: dict[int, FlaskClient]
) -> None:
    """What was ended is kept again at once, so that the next contact finds the service as it was."""
    outcomes = set()
    for reference, account_id in contacts:
        client = browsers[account_id]
        for url in (f"/services/{reference}/cancel", f"/services/{reference}/cancel/undo"):
            offered = is_offered(client, url)
            seen = {"version": "1"} | confirmation(client.get(url))
            worked = post(client, url, seen | {"action": "confirm"}).status_code == 303
            assert offered == worked, (url, account_id)
            outcomes.add((url.endswith("undo"), worked))
    assert len(outcomes) == 4


def test_paying_for_the_next_term_is_offered_exactly_when_it_works(
    contacts: list[tuple[str, int]], browsers: dict[int, FlaskClient]
) -> None:
    """What was ordered is discarded at once."""
    outcomes = set()
    for reference, account_id in contacts:
        client = browsers[account_id]
        for url in (f"/services/{reference}/renew", f"/services/{reference}/anticipate"):
            offered = is_offered(client, url)
            worked = ordered(client, url)
            assert offered == worked, (url, account_id)
            outcomes.add((url.rpartition("/")[2], worked))
    assert len(outcomes) == 4


def test_aligning_is_offered_exactly_when_some_day_works(
    contacts: list[tuple[str, int]], browsers: dict[int, FlaskClient]
) -> None:
    """Each day that the page would order is ordered; that takes the place of the one before."""
    outcomes = set()
    for reference, account_id in contacts:
        client, url = browsers[account_id], f"/services/{reference}/align"
        answers = [aligned(client, url, day) for day in (1, 15)]
        assert is_offered(client, url) == any(answers), (reference, account_id)
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


def test_a_stranger_finds_none_of_it(contacts: list[tuple[str, int]], browsers: dict[int, FlaskClient]) -> None:
    for reference, _account_id in contacts:
        holders = {account for each, account in contacts if each == reference}
        stranger = next(client for account, client in browsers.items() if account not in holders)
        for action in ACTIONS:
            url = f"/services/{reference}/{action}"
            assert stranger.get(url).status_code == 404
            for button in ("confirm", "order"):
                assert post(stranger, url, {"version": "1", "action": button}).status_code == 404


def test_paying_a_bill_is_offered_exactly_when_it_works(
    contacts: list[tuple[str, int]], browsers: dict[int, FlaskClient]
) -> None:
    """What was ordered is discarded at once."""
    outcomes = set()
    for reference, account_id in contacts:
        client, url = browsers[account_id], f"/services/{reference}/pay"
        seen = {"version": "1", "action": "order"} | confirmation(client.get(url))
        answer = post(client, url, seen)
        worked = answer.status_code == 303
        assert is_offered(client, url) == worked, (reference, account_id)
        if worked:
            post(client, answer.location, {"action": "discard"})
        outcomes.add(worked)
    assert outcomes == {True, False}


def test_every_action_is_asked_for(demo_app: Flask) -> None:
    assert {PAGES[action] for action in Action} == ACTIONS.keys()


def test_no_date_of_the_cast_is_of_another_age(demo_app: Flask) -> None:
    with demo_app.app_context():
        ends = db.session.scalars(select(Service.ends_on).where(Service.ends_on.is_not(None))).all()
    assert date(2020, 1, 1) < min(ends) <= max(ends) < date(2037, 1, 1)


LARGEST_ROW, LONGEST_TEXT = 1_100, 50
"""Bytes of a row's HTML before compression; characters that one text has."""


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_row_is_small_in_every_language(browsers: dict[int, FlaskClient], language: str) -> None:
    sizes = []
    for client in browsers.values():
        post(client, "/language", {"language": language})
        table = client.get("/services?size=100").get_data(as_text=True).replace("?back=size%3D100", "")
        rows = re.findall(r"<tr id=.*?</tr>", table, re.DOTALL)
        sizes.extend(len(row.encode()) for row in rows if longest_text(row) <= LONGEST_TEXT)
    assert len(sizes) > 150
    assert max(sizes) < LARGEST_ROW


def longest_text(row: str) -> int:
    return max(map(len, re.split("<[^>]+>", row.replace("<wbr>", ""))))
