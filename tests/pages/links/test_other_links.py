"""Links that take no money: one ends a service with its receipt, one leaves another payment method."""

from datetime import date, timedelta

import pytest
from flask import Flask

from tests.markup import said, soup
from tests.operations.lifecycle.days import Days
from tests.pages.links.stranger import Stranger, links_of
from tests.provider import Till
from tests.world import World
from webapp.domain.billing.payment import Failure
from webapp.models import MethodSetup, PaymentMethod, Receipt, Service

TERM = date(2026, 12, 31)


@pytest.fixture
def days(app: Flask, clock: object, till: Till) -> Days:
    return Days(app, clock, till)  # type: ignore[arg-type]


@pytest.fixture
def recapped(world: World, app: Flask, days: Days) -> Stranger:
    """Somebody with the mail that names what renews next month."""
    alice = world.account("Alice")
    world.card(alice)
    world.service(alice, recapped_for=None)
    days.come("2026-11-01")
    (link,) = links_of(app, "alice@people.example", "renews on")
    return Stranger(app.test_client(), link)


@pytest.fixture
def expiring(world: World, app: Flask, days: Days) -> Stranger:
    """Somebody with the mail that tells of a card that expires."""
    alice = world.account("Alice")
    world.card(alice, expires_on=date(2026, 12, 31))
    world.service(alice)
    days.come("2026-12-01")
    (link,) = links_of(app, "alice@people.example", "Visa 4242 expires")
    return Stranger(app.test_client(), link)


def test_the_renewal_is_stopped_with_a_receipt(recapped: Stranger, world: World) -> None:
    seen = recapped.looks()
    assert said(seen, "h1") == "Cancel shop.example" and "Ends on 31 Dec 2026" in said(seen, ".facts")
    answer = recapped.presses("stop")
    assert (answer.status_code, answer.location) == (303, recapped.link)
    (service,), (receipt,) = world.all(Service), world.all(Receipt)
    assert (service.cancels_on, receipt.account_id) == (TERM, 1)
    done = recapped.looks()
    assert "shop.example ends on 31 Dec 2026." in said(done, "main") and not soup(done).select("main form")
    (link,) = soup(done).select(f'main a[href="/receipts/{receipt.code}"]')
    proof = recapped.browser.get(str(link["href"]), headers={"Accept-Language": "en"})
    assert said(proof, "h1") == "This receipt is genuine"


def test_without_its_button_nothing_ends(recapped: Stranger, world: World) -> None:
    assert recapped.presses(None).status_code == 200
    for wrong in ("order", "pay", "confirm"):
        recapped.browser.post(recapped.link, data={"action": wrong, **fields(recapped)})
    (service,) = world.all(Service)
    assert service.cancels_on is None and world.all(Receipt) == []


def fields(stranger: Stranger) -> dict[str, str]:
    return {str(each["name"]): str(each["value"]) for each in soup(stranger.looks()).select("main form input")}


def test_what_changed_meanwhile_is_shown_anew_and_does_not_end(recapped: Stranger, world: World) -> None:
    answer = recapped.presses("stop", version="77")
    assert answer.status_code == 409
    assert [each.cancels_on for each in world.all(Service)] == [None]


def test_a_mail_of_a_term_that_is_over_ends_nothing(recapped: Stranger, world: World, days: Days) -> None:
    days.come("2026-12-31")
    assert "is renewed and paid for until 30 Dec 2027 (included)." in said(recapped.looks(), "main")
    assert soup(recapped.looks()).select("main form") == []


def test_another_method_is_left_at_the_provider_and_renewals_are_debited_from_it(
    expiring: Stranger, world: World, till: Till
) -> None:
    seen = expiring.looks()
    assert said(seen, ".facts") == "Present one Visa 4242 Cannot be debited from 31 Dec 2026"
    answer = expiring.presses("add-card")
    (setup,) = world.all(MethodSetup)
    assert answer.location == f"https://till.example/save/{setup.code}"
    till.leave(setup.code)
    back = till_returns(setup)
    assert said(expiring.browser.get(back), "h1") == "Visa 1881 is added"
    assert [each.label for each in world.all(PaymentMethod) if each.is_default] == ["Visa 1881"]
    assert "Renewals are debited from another payment method by now." in said(expiring.looks(), "main")


def till_returns(setup: MethodSetup) -> str:
    return setup.return_to.removeprefix("http://localhost")


def test_a_method_that_was_not_left_can_be_left_again(expiring: Stranger, world: World, till: Till) -> None:
    expiring.presses("add-card")
    (setup,) = world.all(MethodSetup)
    till.leave_nothing(setup.code, Failure.GIVEN_UP)
    seen = expiring.browser.get(till_returns(setup))
    assert said(seen, "h1") == "Nothing was added"
    assert str(soup(seen).select("a.primary")[0]["href"]) == expiring.link


def test_a_link_shows_no_set_up_of_somebody_else(expiring: Stranger, world: World, app: Flask) -> None:
    assert expiring.browser.get(f"{expiring.link}/result/AAAA-AAAA-AAAA-AAAA").status_code == 404


def test_where_nothing_can_be_added_it_says_so(expiring: Stranger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.web.paying.payments", lambda: None)
    assert soup(expiring.looks()).select(".warning") and not soup(expiring.looks()).select("main form")


def test_both_links_end_with_their_weeks(recapped: Stranger, days: Days) -> None:
    days.move_to(date(2026, 11, 1) + timedelta(days=61))
    assert recapped.looks().status_code == 404
