"""The balances of everybody of the cast: what is offered is accepted, and nothing else is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cast.conftest import Cast, loaded
from tests.conftest import forget_counts
from tests.markup import post, soup
from tests.world import World

PAGE = "/balance"


@pytest.fixture
def cast(tmp_path: Path) -> Iterator[Cast]:
    """Of its own, since money is asked back; some have any."""
    with loaded(tmp_path) as cast:
        for account in sorted(cast.browsers)[:2]:
            World(cast.app).credit(account, 1000 + account)
        yield cast


def test_what_is_offered_is_accepted_and_nothing_else(cast: Cast) -> None:
    outcomes = set()
    sellers = [f"{portal}-{currency}" for portal in ("FR", "DE", "QC") for currency in ("EUR", "CAD")]
    for account, client in cast.browsers.items():
        forget_counts(cast.app)
        buttons = soup(client.get(PAGE)).select("main button[name]")
        offered = {str(each["name"]).removeprefix("action.") for each in buttons}
        assert {"top-up", "alert"} <= offered, account
        assert post(client, PAGE, {"amount": "20", "action.top-up": ""}).status_code == 303
        assert post(client, PAGE, {"threshold": "20", "action.alert": ""}).status_code == 303
        for seller in sellers:
            shown = f"ask-back-{seller}" in offered
            accepted = post(client, PAGE, {f"action.ask-back-{seller}": ""}).status_code == 303
            assert shown == accepted, (account, seller)
            outcomes.add(shown)
    assert outcomes == {True, False}


def test_nobody_keeps_what_others_ask_back(cast: Cast) -> None:
    codes = {}
    for account, client in cast.browsers.items():
        forget_counts(cast.app)
        for button in soup(client.get(PAGE)).select("button[name^='action.ask-back-']"):
            post(client, PAGE, {str(button["name"]): ""})
        kept = soup(client.get(PAGE)).select("button[name^='action.keep-']")
        codes |= {str(each["name"]): account for each in kept}
    assert codes
    for button, owner in codes.items():
        for account, client in cast.browsers.items():
            forget_counts(cast.app)
            if account != owner:
                assert post(client, PAGE, {button: ""}).status_code == 404
        assert post(cast.browsers[owner], PAGE, {button: ""}).status_code == 303
