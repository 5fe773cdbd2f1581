"""Links in mails: without a sign-in one thing can be done, by pressing its button, and nothing else is seen."""

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.markup import said, soup
from tests.operations.lifecycle.days import Days
from tests.operations.payments.shop import Shop
from tests.pages.links.stranger import Stranger, links_of
from tests.provider import Till
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.domain.billing.payment import Failure, Standing
from webapp.domain.law.contracts import CustomerKind
from webapp.domain.links import LinkPurpose, MailLink, mark_of
from webapp.domain.service.actions import Action
from webapp.domain.service.service import Mode
from webapp.extensions import db
from webapp.models import Account, Order, Service
from webapp.web.mail_links import signed
from webapp.wiring import now


@pytest.fixture
def days(app: Flask, clock: FixedClock, till: Till) -> Days:
    return Days(app, clock, till)


@pytest.fixture
def alice(world: World) -> int:
    return world.account("Alice")


@pytest.fixture
def reminded(world: World, app: Flask, days: Days, alice: int) -> Stranger:
    """Somebody who got, or was forwarded, the reminder of a service that is renewed by hand."""
    world.service(alice, mode=Mode.MANUAL)
    world.service(alice, "secret.example", mode=Mode.MANUAL, ends_on=date(2027, 8, 31))
    days.come("2026-12-01")
    (link,) = links_of(app, "alice@people.example", "shop.example")
    return Stranger(app.test_client(), link)


@pytest.fixture
def billed(world: World, app: Flask, days: Days, alice: int) -> Stranger:
    """Somebody with the mail of a bill that nothing could be debited for."""
    world.service(alice)
    days.come("2026-12-31")
    (link,) = links_of(app, "alice@people.example", "to pay")
    return Stranger(app.test_client(), link)


def pays(till: Till, standing_: Standing = Standing.SUCCEEDED, failure: Failure | None = None) -> str:
    """At the provider’s page; where one is led to from there."""
    key = list(till.books)[-1]
    till.decide(key, standing_, failure)
    return till.wanted[key].return_to.removeprefix("http://localhost")


def test_a_reminder_leads_to_the_payment_page_and_the_term_is_there(
    reminded: Stranger, world: World, till: Till, days: Days
) -> None:
    seen = reminded.looks()
    assert said(seen, "h1") == "Renew shop.example"
    assert said(seen, ".facts") == ("Service shop.example Term 31 Dec 2026 to 30 Dec 2027 Total, tax included €60.00")
    assert said(seen, "form .primary") == "Order with obligation to pay"
    answer = reminded.presses("order")
    assert answer.status_code == 303 and answer.location.startswith("https://till.example/")
    result = reminded.browser.get(pays(till))
    assert said(result, "h1") == "Your order is paid" and "until 30 Dec 2027 (included)" in said(result, "main")
    assert [str(each.ends_on) for each in world.all(Service) if each.name == "shop.example"] == ["2027-12-31"]
    assert "shop.example is renewed and paid for until 30 Dec 2027 (included)." in said(reminded.looks(), "main")
    assert days.differences() == []


def test_looking_and_sending_without_the_button_change_nothing(reminded: Stranger, world: World, till: Till) -> None:
    for _again in range(3):
        assert reminded.looks().status_code == 200
        assert reminded.presses(None).status_code == 200
        assert reminded.browser.head(reminded.link).status_code == 200
    assert world.all(Order) == [] and not till.books


def test_it_shows_nothing_of_the_account_but_its_matter(reminded: Stranger) -> None:
    seen = reminded.looks().get_data(as_text=True)
    for hidden in ("secret.example", "Alice", "alice@", "Visa", "logout"):
        assert hidden not in seen
    for page in ("/services", "/account", "/invoices", "/services/S-shop.example"):
        assert reminded.browser.get(page).location.startswith("/login")


def test_pressing_twice_orders_once(reminded: Stranger, world: World, till: Till) -> None:
    first, second = reminded.presses("order"), reminded.presses("order")
    assert first.location == second.location
    assert len(world.all(Order)) == len(till.books) == 1


def test_a_payment_that_does_not_go_through_can_be_tried_again(reminded: Stranger, till: Till) -> None:
    reminded.presses("order")
    result = reminded.browser.get(pays(till, Standing.FAILED, Failure.REFUSED))
    assert said(result, "h1") == "Your payment did not go through"
    (again,) = soup(result).select("a.primary")
    assert again["href"] == reminded.link
    assert reminded.presses("order").location.startswith("https://till.example/")


def test_a_payment_on_its_way_is_not_paid_again(reminded: Stranger, till: Till) -> None:
    reminded.presses("order")
    result = reminded.browser.get(pays(till, Standing.SETTLING))
    assert "should not pay again" in said(result, "main")
    assert not soup(reminded.looks()).select("main form")


def test_a_bill_is_paid_and_then_the_link_has_done_its_work(billed: Stranger, till: Till, days: Days) -> None:
    assert said(billed.looks(), ".facts") == "shop.example €60.00 Total, tax included €60.00"
    assert billed.presses("pay").location.startswith("https://till.example/")
    assert said(billed.browser.get(pays(till)), "h1") == "Your bill is paid"
    assert "Nothing is owed for it any more." in said(billed.looks(), "main")
    assert days.differences() == []


def test_what_lapsed_is_brought_back(world: World, app: Flask, days: Days, alice: int, till: Till) -> None:
    world.service(alice, mode=Mode.MANUAL)
    for day in ("2026-12-01", "2026-12-31"):
        days.come(day)
    days.mail()
    (link,) = links_of(app, "alice@people.example", "is suspended")
    stranger = Stranger(app.test_client(), link)
    stranger.presses("order")
    stranger.browser.get(pays(till))
    (row,) = world.all(Service)
    assert str(row.ends_on) == "2027-12-31" and row.availability == "active"
    assert "is renewed and paid for" in said(stranger.looks(), "main")


def test_each_of_several_services_has_its_own_link(world: World, app: Flask, days: Days, alice: int) -> None:
    for name in ("a.example", "b.example"):
        world.service(alice, name, mode=Mode.MANUAL)
    days.come("2026-12-01")
    links = links_of(app, "alice@people.example", "2 services")
    assert [said(app.test_client().get(link), "h1") for link in links] == ["Renew a.example", "Renew b.example"]


def change(app: Flask, **changed: object) -> None:
    """Of the first account."""
    with app.app_context():
        account = db.session.get_one(Account, 1)
        for name, value in changed.items():
            setattr(account, name, value)
        db.session.commit()


def give_away(app: Flask, world: World) -> None:
    bob = world.account("Bob")
    with app.app_context():
        for service in db.session.query(Service):
            service.owner_id = service.admin_id = service.billing_id = service.technical_id = bob
        db.session.commit()


@pytest.mark.parametrize("what", ["tampered", "cut", "other secret", "expired", "new address", "other hands"])
def test_a_link_that_is_good_no_more_says_why_and_nothing_else(
    reminded: Stranger, app: Flask, world: World, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    expected = "is none of ours"
    match what:
        case "tampered":
            reminded.link = reminded.link[:-2] + ("AA" if reminded.link[-2] != "A" else "BA")
        case "cut":
            reminded.link = reminded.link[: len(reminded.link) // 2]
        case "other secret":
            monkeypatch.setattr("webapp.web.mail_links.settings", lambda: OtherSettings())
        case "expired":
            clock.move_to(clock.now() + timedelta(days=61))
            expected = "was good for some weeks"
        case "new address":
            change(app, email="new@people.example")
            expected = "no longer a matter of the account"
        case "other hands":
            give_away(app, world)
            expected = "no longer a matter of the account"
    for answer in (reminded.looks(), reminded.browser.get(f"{reminded.link}/result/AAAA-AAAA-AAAA-AAAA")):
        assert answer.status_code == 404
        assert "shop.example" not in answer.get_data(as_text=True)
    assert expected in said(reminded.looks(), "main")
    assert soup(reminded.looks()).select("main form") == []


class OtherSettings:
    def signing_keys(self) -> list[str]:
        return ["another installation has another secret"]


def test_nothing_is_done_with_a_link_that_is_good_no_more(
    reminded: Stranger, app: Flask, world: World, till: Till
) -> None:
    fields = {str(each["name"]): str(each["value"]) for each in soup(reminded.looks()).select("main form input")}
    give_away(app, world)
    answer = reminded.browser.post(reminded.link, data=fields | {"action.order": ""})
    assert answer.status_code == 404 and world.all(Order) == [] and not till.books


def test_a_link_pays_for_its_matter_and_shows_no_other_order(
    reminded: Stranger, world: World, app: Flask, till: Till, clock: FixedClock
) -> None:
    other = Shop(app, clock, 1, till)
    world.service(1, "other.example", mode=Mode.MANUAL)
    code = other.order("S-other.example", action=Action.RENEW)
    for known in (code, "AAAA-AAAA-AAAA-AAAA"):
        assert reminded.browser.get(f"{reminded.link}/result/{known}").status_code == 404


def test_what_was_decided_on_something_else_is_shown_anew(reminded: Stranger, world: World) -> None:
    answer = reminded.presses("order", fingerprint="0" * 64)
    assert answer.status_code == 409 and "nothing was done" in said(answer, ".problem")
    assert world.all(Order) == []


def test_it_speaks_the_language_of_the_account_and_names_its_seller(reminded: Stranger, app: Flask) -> None:
    change(app, language="fr")
    seen = reminded.looks()
    assert said(seen, "h1") == "Renouveler shop.example" and soup(seen).html["lang"] == "fr"


def test_whoever_is_signed_in_as_somebody_else_acts_for_whom_the_link_is(
    reminded: Stranger, world: World, till: Till
) -> None:
    reminded.browser = world.client(world.account("Bob"))
    assert reminded.presses("order").location.startswith("https://till.example/")
    (order,) = world.all(Order)
    assert order.account_id == 1


def test_an_invoice_that_would_lack_its_address_says_where_to_tell_it(
    reminded: Stranger, app: Flask, till: Till
) -> None:
    change(app, kind=CustomerKind.BUSINESS)
    answer = reminded.presses("order")
    assert answer.status_code == 422 and "To pay, sign in and tell it." in said(answer, ".problem")
    assert not till.books


def test_where_nothing_can_be_paid_it_says_so(reminded: Stranger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.web.paying.payments", lambda: None)
    seen = reminded.looks()
    assert soup(seen).select("main form") == [] and soup(seen).select(".warning")


def test_bills_of_several_sellers_are_paid_one_by_one(world: World, app: Flask, alice: int) -> None:
    for number, portal in enumerate(("FR", "DE")):
        service = world.service(alice, f"{number}.example")
        world.bill(service, 500, portal=portal)
    with app.app_context():
        account = db.session.get_one(Account, alice)
        codes = ("S-0.example", "S-1.example")
        token = signed(MailLink(LinkPurpose.PAY, alice, mark_of(account.email), codes, None, now().date()))
    assert "several sellers" in said(app.test_client().get(f"/links/{token}"), "main")


def test_a_client_without_cookies_is_told_so(reminded: Stranger, client: FlaskClient) -> None:
    """As every form of the program does."""
    assert client.post(reminded.link, data={"action.order": ""}).status_code == 400
