"""A new address: confirmed where it leads, told where mails went before, and never lost to an inventory."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.mailbox import mailbox
from tests.markup import post, said, soup
from tests.pages.links.stranger import Stranger, links_of
from tests.pages.notifications.test_further import bookkeeper, mail
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.domain.actors import INVENTORY
from webapp.domain.further import MOST
from webapp.models import Account, AccountEvent, FurtherAddress
from webapp.operations.inventory import import_accounts
from webapp.operations.people.passwords import verify_password
from webapp.wiring import desk_for

OLD, NEW = "alice@people.example", "alice@elsewhere.example"
PASSWORD = "correct horse battery"
SECURITY = "/account/security"
pytestmark = pytest.mark.slowly


@pytest.fixture
def hers(world: World) -> FlaskClient:
    alice = world.account("Alice")
    world.password("Alice", PASSWORD)
    return world.client(alice)


def asks(client: FlaskClient, address: str = NEW, password: str = PASSWORD) -> object:
    return post(client, f"{SECURITY}/address", {"address": address, "password": password})


def asked(app: Flask, client: FlaskClient, address: str = NEW) -> Stranger:
    """Whoever reads the new address."""
    assert asks(client, address).location == SECURITY  # type: ignore[attr-defined]
    mail(app)
    (link,) = links_of(app, address, "Confirm your new e-mail address")
    return Stranger(app.test_client(), link)


def emails(world: World) -> list[str]:
    return [each.email for each in world.all(Account)]


def test_nothing_changes_before_it_is_confirmed(app: Flask, world: World, hers: FlaskClient) -> None:
    stranger = asked(app, hers)
    assert f"{NEW} waits to be confirmed" in said(hers.get(SECURITY), "main .warning")
    assert said(stranger.looks(), ".facts") == f"Account Alice New address {NEW}"
    assert stranger.presses(None).status_code == 200
    assert emails(world) == [OLD] and len(mailbox(app, OLD)) == 0


def test_it_is_told_to_the_old_one_and_one_signs_in_with_the_new_one(
    app: Flask, world: World, hers: FlaskClient
) -> None:
    stranger = asked(app, hers)
    for _again in range(2):
        assert "you sign in with it" in said(app.test_client().get(stranger.link), "main") or stranger.presses(
            "confirm"
        )
    assert emails(world) == [NEW]
    mail(app)
    (told,) = mailbox(app, OLD)
    assert told["Subject"] == "Your mails go to another address from now on" and NEW not in told.as_string()
    signing_in = app.test_client()
    page = signing_in.get("/login")
    csrf = str(soup(page).select_one("input[name=csrf_token]")["value"])
    form = {"csrf_token": csrf, "email": NEW, "password": PASSWORD}
    assert signing_in.post("/login", data=form).status_code == 303
    changed = said(world.client(1).get("/account"), "main details")
    assert OLD in changed and NEW in changed


def test_links_of_before_are_good_no_more(app: Flask, world: World, hers: FlaskClient) -> None:
    first, second = asked(app, hers), asked(app, hers, "other@elsewhere.example")
    assert first.looks().status_code == 404
    second.presses("confirm")
    assert emails(world) == ["other@elsewhere.example"]
    assert first.looks().status_code == 404


def test_it_can_be_withdrawn(app: Flask, world: World, hers: FlaskClient) -> None:
    stranger = asked(app, hers)
    post(hers, f"{SECURITY}/address/withdraw")
    assert "Your address stays as it is." in said(hers.get(SECURITY), "#notice")
    assert stranger.looks().status_code == 404 and emails(world) == [OLD]


def test_an_address_of_another_account_is_told_to_its_reader_alone(app: Flask, world: World, hers: FlaskClient) -> None:
    world.account("Bob")
    stranger = asked(app, hers, "bob@people.example")
    answer = stranger.presses("confirm")
    assert answer.status_code == 422 and "Another account signs in with this address." in said(answer, ".problem")
    assert emails(world) == [OLD, "bob@people.example"]


@pytest.mark.parametrize(
    ("address", "password", "why"),
    [
        ("nobody", PASSWORD, "looks like name@example.org"),
        ("", PASSWORD, "looks like name@example.org"),
        (" Alice@People.example ", PASSWORD, "That is your address already."),
        (NEW, "", "Enter your present password."),
        (NEW, "another horse entirely", "The present password"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    world: World, hers: FlaskClient, address: str, password: str, why: str
) -> None:
    answer = asks(hers, address, password)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    error = said(answer, ".error")  # type: ignore[arg-type]
    assert why in error or ("password" in error.lower() and "password" in why.lower())
    assert [each.new_email for each in world.all(Account)] == [None]


def test_a_password_that_is_changed_meanwhile_counts_for_nothing(
    app: Flask, world: World, hers: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(text: str, stored: str) -> tuple[bool, str | None]:
        world.password("Alice", "another horse entirely")
        return verify_password(text, stored)

    monkeypatch.setattr("webapp.operations.people.change_address.verify_password", slowly)
    assert asks(hers).status_code == 422  # type: ignore[attr-defined]
    assert [each.new_email for each in world.all(Account)] == [None]


def test_nobody_is_flooded(app: Flask, hers: FlaskClient) -> None:
    for number in range(MOST):
        asked(app, hers, f"victim{number}@elsewhere.example")
    assert "until tomorrow" in said(asks(hers), ".error")  # type: ignore[arg-type]


def test_a_further_address_becomes_the_only_one(app: Flask, world: World, hers: FlaskClient) -> None:
    bookkeeper(app, hers, address=NEW)
    asked(app, hers).presses("confirm")
    assert emails(world) == [NEW] and world.all(FurtherAddress) == []


def test_an_inventory_that_says_the_old_one_again_changes_nothing(
    app: Flask, world: World, hers: FlaskClient, tmp_path: Path, clock: FixedClock
) -> None:
    """Another one that it says does: its provider knows better by then."""
    file = tmp_path / "accounts.csv"
    for says, expected in ((OLD, OLD), (None, NEW), (OLD, NEW), ("third@people.example", "third@people.example")):
        if says is None:
            asked(app, hers).presses("confirm")
        else:
            file.write_text(f"handle,email,name,kind,country,portal\nalice,{says},Alice,individual,FR,FR\n")
            clock.move_to(clock.now() + timedelta(minutes=1))
            with app.app_context():
                import_accounts(file, desk_for(INVENTORY))
        assert emails(world) == [expected]


def test_every_change_of_address_is_kept_with_who_did_it(app: Flask, world: World, hers: FlaskClient) -> None:
    asked(app, hers).presses("confirm")
    (event,) = world.all(AccountEvent)
    assert (event.old, event.new, event.by_id) == ({"email": OLD}, {"email": NEW}, 1)
    assert re.fullmatch(r"\d{4}-.*", event.at.isoformat())
