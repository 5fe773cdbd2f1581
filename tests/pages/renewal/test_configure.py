from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, update
from werkzeug.test import TestResponse

from tests.markup import confirmation, found, htmx, post, said, soup, token
from tests.statements import statements
from tests.walker import Walker
from tests.world import ENDS, MONTH, YEAR, World
from webapp.domain.confirmation import fingerprint, written
from webapp.domain.events import EventKind, RenewalConfigured, RenewalWay
from webapp.domain.law.contracts import Tax
from webapp.domain.methods import MethodState
from webapp.domain.money import Money
from webapp.domain.service.service import Availability, Mode
from webapp.models import Acceptance, Event, Listing, PaymentMethod, Price, Service
from webapp.operations.transaction import writing

URL = "/services/S-shop.example/renewal"


@pytest.fixture
def alice(world: World) -> FlaskClient:
    key = world.account("Alice")
    world.card(key)
    world.service(key, "shop.example", technical_id=world.account("Bob"))
    return world.client(key)


def looked(client: FlaskClient, choice: str) -> dict[str, str]:
    """The fields of the form that confirms this choice, as it is drawn now."""
    return confirmation(client.get(URL, query_string={"choice": choice[:100]}))


def configure(client: FlaskClient, choice: str, seen: dict[str, str] | None = None, **more: Any) -> TestResponse:
    """Confirm what was seen, or what is to be seen now."""
    headers = more.pop("headers", None)
    form = (looked(client, choice) if seen is None else seen) | {"choice": choice}
    return post(client, URL, form | more, headers=headers)


def state(world: World) -> tuple[Mode, Any, int, int]:
    service = world.get(Service, 1)
    return service.mode, service.period, service.price_minor, service.version


def test_the_choices_are_manual_and_the_products_periods(alice: FlaskClient) -> None:
    radios = soup(alice.get(URL)).select("input[type=radio]")
    assert [radio["value"] for radio in radios] == ["manual", "P1M", "P12M"]
    assert [radio["value"] for radio in radios if radio.has_attr("checked")] == ["P12M"]


def test_before_confirming_the_debits_their_amounts_and_the_method_are_shown(alice: FlaskClient) -> None:
    preview = said(alice.get(f"{URL}?choice=P1M"), ".preview")
    for part in ("31 Dec 2026", "31 Jan 2027", "28 Feb 2027", "€6.00", "Debited from: Card, Visa 4242."):
        assert part in preview
    assert said(alice.get(f"{URL}?choice=P1M"), ".debits").count("€6.00") == 3


def test_before_going_manual_the_expiry_is_shown(alice: FlaskClient) -> None:
    preview = said(alice.get(f"{URL}?choice=manual"), ".preview")
    assert "The service expires on 31 Dec 2026 : unless" in preview
    assert "suspended that day and deleted on 14 Feb 2027" in preview
    assert "Reminders are sent by e-mail" in preview


def test_an_agreed_price_is_not_given_up_unknowingly(world: World) -> None:
    key = world.account("Alice")
    world.service(key, price_minor=4000)
    client = world.client(key)
    assert "agreed price of €48.00 (tax included)" in said(client.get(f"{URL}?choice=P1M"), ".preview .warning")
    assert "agreed price" not in said(client.get(f"{URL}?choice=P12M"), ".preview")


def test_without_a_method_it_says_that_a_bill_will_come(world: World) -> None:
    key = world.account("Alice")
    world.service(key)
    assert "A bill will be sent by e-mail" in said(world.client(key).get(f"{URL}?choice=P1M"), ".preview")


def test_looking_changes_nothing(alice: FlaskClient, world: World) -> None:
    alice.get(f"{URL}?choice=manual")
    assert state(world) == (Mode.AUTOMATIC, YEAR, 5000, 1)
    assert world.all(Event) == []


def test_confirming_changes_the_service_and_records_who_did_it(alice: FlaskClient, world: World) -> None:
    response = configure(alice, "P1M")
    assert state(world) == (Mode.AUTOMATIC, MONTH, 500, 2)
    (event,) = world.all(Event)
    assert (event.kind, event.account_id, event.rules) == (EventKind.RENEWAL_CONFIGURED, 1, "FR individual")
    assert event.facts == RenewalConfigured(
        old=RenewalWay(Mode.AUTOMATIC, YEAR, Money(5000, "EUR"), Money(6000, "EUR")),
        new=RenewalWay(Mode.AUTOMATIC, MONTH, Money(500, "EUR"), Money(600, "EUR")),
        currency="EUR",
        taxes=(Tax("VAT", Decimal(20)),),
        agreements=(),
        day=ENDS,
    )
    assert (response.status_code, response.location) == (303, f"/services/S-shop.example/events/{event.id}")


def test_the_table_knows_at_once(alice: FlaskClient, world: World) -> None:
    configure(alice, "manual")
    assert {row.mode for row in world.all(Listing)} == {Mode.MANUAL}


def test_a_manual_service_keeps_the_period_its_reminders_propose(alice: FlaskClient, world: World) -> None:
    configure(alice, "manual")
    assert state(world) == (Mode.MANUAL, YEAR, 5000, 2)


def test_in_the_dialog_the_row_is_redrawn_and_the_change_announced(alice: FlaskClient) -> None:
    response = configure(alice, "manual", headers=htmx("in-dialog"))
    assert response.headers["HX-Trigger"] == "dialog:close"
    row, totals, notice = soup(response).select("hx-partial")
    assert row["hx-target"] == "#row-1"
    assert "To do" in totals.get_text()
    assert "Manual renewal" in row.get_text()
    assert "The renewal is configured." in notice.get_text()


def test_a_double_click_is_one_change(alice: FlaskClient, world: World) -> None:
    seen = looked(alice, "manual")
    configure(alice, "manual", seen)
    second = configure(alice, "manual", seen)
    assert second.location == "/services/S-shop.example"
    assert "renews this way already" in said(alice.get(second.location), "#notice")
    assert len(world.all(Event)) == 1


def test_someone_who_looked_before_the_change_is_told_and_overwrites_nothing(alice: FlaskClient, world: World) -> None:
    colleague = world.client(1)
    seen = looked(colleague, "P1M")
    configure(alice, "manual")
    response = configure(colleague, "P1M", seen)
    assert response.status_code == 409
    assert "Somebody changed this service meanwhile" in said(response, ".problem")
    assert "Renewal configured, by Alice" in said(response, ".problem")
    assert state(world)[0] is Mode.MANUAL
    assert found(response, "input[type=radio][checked]")["value"] == "P1M"
    assert found(response, "input[name=version]")["value"] == "2"


@pytest.mark.parametrize("choice", ["", "P6M", "P1D", "weekly", "automatic", "x" * 1000])
def test_a_choice_that_is_not_offered_is_refused_in_words(alice: FlaskClient, world: World, choice: str) -> None:
    response = configure(alice, choice)
    assert response.status_code == 422
    assert "Choose how this service should renew." in said(response, ".problem")
    assert found(response, "title").get_text().startswith("Error: ")
    assert state(world)[3] == 1


@pytest.mark.parametrize("version", ["", "abc", "99999999999999999999"])
def test_a_strange_version_is_not_trusted(alice: FlaskClient, world: World, version: str) -> None:
    assert configure(alice, "manual", version=version).status_code == 409
    assert state(world)[3] == 1


def test_fields_nobody_asked_for_are_not_looked_at(alice: FlaskClient, world: World) -> None:
    configure(alice, "P1M", price_minor="1", ends_on="2099-01-01", account_id="2")
    assert state(world) == (Mode.AUTOMATIC, MONTH, 500, 2)
    assert world.get(Service, 1).ends_on == date(2026, 12, 31)


def test_another_contact_is_told_who_may_do_it(alice: FlaskClient, world: World) -> None:
    bob = world.client(2)
    assert "Only the billing contact" in said(bob.get(URL), ".warning")
    response = configure(bob, "manual")
    assert response.status_code == 422
    assert "Only the billing contact" in said(response, ".problem")
    assert state(world)[3] == 1


def test_a_stranger_finds_nothing(alice: FlaskClient, world: World) -> None:
    charlie = world.client(world.account("Charlie"))
    assert configure(charlie, "manual").status_code == 404
    assert state(world)[3] == 1


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"availability": Availability.TERMINATED}, "This service is terminated."),
        ({"cancels_on": date(2026, 12, 31)}, "scheduled for 31 Dec 2026"),
        ({"amount_due_minor": 100, "billed_on": date(2026, 11, 1)}, "must be paid first"),
        ({"committed_until": date(2028, 1, 1)}, "commitment of this service ends on 1 Jan 2028"),
        ({"forced": True}, "fixed and cannot be changed"),
    ],
)
def test_each_refusal_is_said_on_the_page_and_to_the_post(world: World, given: dict[str, Any], reason: str) -> None:
    key = world.account("Alice")
    world.service(key, **given)
    client = world.client(key)
    assert reason in said(client.get(URL), ".warning")
    assert reason in said(configure(client, "manual"), ".problem")


def test_a_family_without_manual_mode_says_so(world: World) -> None:
    key = world.account("Alice")
    world.service(key, family="email")
    client = world.client(key)
    assert "always renew automatically" in said(client.get(URL), ".choices")
    assert configure(client, "manual").status_code == 422


@pytest.mark.parametrize("card", [None, {"expires_on": date(2026, 11, 1)}, {"state": MethodState.PENDING}])
def test_automatic_needs_a_valid_method_where_the_portal_demands_it(world: World, card: dict[str, Any] | None) -> None:
    key = world.account("Alice")
    if card:
        world.card(key, **card)
    world.service(key, mode=Mode.MANUAL)
    client = world.client(key)
    assert "needs a valid default payment method" in said(client.get(f"{URL}?choice=P12M"), ".preview .warning")
    assert configure(client, "P12M").status_code == 422
    assert world.get(Service, 1).mode is Mode.MANUAL


def test_quebec_asks_for_its_agreement_once(world: World) -> None:
    key = world.account("Noémie", portal="QC", country="CA", handle="n", email="n@people.example")
    world.service(key, mode=Mode.MANUAL, currency="CAD")
    client = world.client(key)
    assert "contract 1753" in said(client.get(f"{URL}?choice=P12M"), "#agreements")
    refused = configure(client, "P12M")
    assert (refused.status_code, world.all(Acceptance)) == (422, [])
    assert "Accept the agreement" in said(refused, ".problem")
    assert configure(client, "P12M", agreed="qc-1753").status_code == 303
    assert [acceptance.agreement for acceptance in world.all(Acceptance)] == ["qc-1753"]
    assert configure(client, "P1M").status_code == 303


def test_the_region_alone_answers_htmx(alice: FlaskClient) -> None:
    response = alice.get(f"{URL}?choice=P1M", headers=htmx("in-dialog"))
    page = soup(response)
    assert not page.select("html")
    assert page.select("section#in-dialog form[hx-post]")
    assert response.headers["HX-Trigger"] == "dialog:open"


def test_a_plain_browser_goes_from_the_table_to_a_receipt_and_back(world: World, walker: Walker) -> None:
    key = world.account("Alice")
    world.password("Alice", "correct horse")
    world.card(key)
    world.service(key, "shop.example")
    walker.open("/services").press("Sign in", email="alice@people.example", password="correct horse")
    walker.follow("Configure").press("Show what this means", choice="manual")
    walker.press("Confirm: manual renewal")
    assert "Renewal configured" in walker.text
    assert "/events/" in walker.url
    walker.follow("Back to my services")
    assert "Manual renewal" in walker.text


def dearer(app: Flask, minor: int) -> None:
    """The provider changes what a month costs."""
    with app.app_context(), writing() as session:
        session.execute(update(Price).where(Price.period == MONTH).values(minor=minor))


def test_a_price_that_changed_after_the_preview_is_shown_and_not_charged(
    app: Flask, alice: FlaskClient, world: World
) -> None:
    seen = looked(alice, "P1M")
    dearer(app, 5000)
    response = configure(alice, "P1M", seen)
    assert response.status_code == 409
    problem = said(response, ".problem")
    assert "Something is different from what you were shown" in problem
    assert "Amount, tax included €6.00 → €60.00" in problem
    assert state(world) == (Mode.AUTOMATIC, YEAR, 5000, 1)
    assert configure(alice, "P1M", confirmation(response)).status_code == 303
    assert state(world) == (Mode.AUTOMATIC, MONTH, 5000, 2)


def test_a_method_that_was_lost_after_the_preview_is_told(app: Flask, alice: FlaskClient, world: World) -> None:
    seen = looked(alice, "P1M")
    with app.app_context(), writing() as session:
        session.execute(delete(PaymentMethod))
    response = configure(alice, "P1M", seen)
    assert response.status_code == 409
    assert "Payment method Card, Visa 4242 → nothing" in said(response, ".problem")


def test_a_double_click_stays_harmless_when_the_price_changed_after_it(
    app: Flask, alice: FlaskClient, world: World
) -> None:
    seen = looked(alice, "P1M")
    configure(alice, "P1M", seen)
    dearer(app, 5000)
    assert configure(alice, "P1M", seen).location == "/services/S-shop.example"
    assert len(world.all(Event)) == 1


@pytest.mark.parametrize(
    "forged",
    [
        {"fingerprint": ""},
        {"fingerprint": "0" * 64},
        {"fingerprint": "0" * 64, "shown": '{"amount":"1 EUR"}'},
        {"fingerprint": "x", "shown": "[" * 100_000},
        {"fingerprint": "x", "shown": '{"amount":1}'},
    ],
)
def test_a_forged_confirmation_confirms_nothing_and_tells_nothing_untrue(
    alice: FlaskClient, world: World, forged: dict[str, str]
) -> None:
    response = configure(alice, "P1M", **forged)
    assert response.status_code == 409
    assert "Amount, tax included €6.00" in said(response, ".problem")
    assert "→" not in said(response, ".problem")
    assert state(world)[3] == 1


@pytest.mark.parametrize("value", ["", "x", "x y", "9" * 3000 + " EUR", "1 ZZZ", "2026-99-99", "a=b=c", "card"])
def test_facts_that_no_page_ever_showed_are_not_repeated(alice: FlaskClient, value: str) -> None:
    names = ("debits", "amount", "taxes", "method", "expires", "agreements", "price_given_up", "unheard-of")
    facts = dict.fromkeys(names, value)
    forged = {"fingerprint": fingerprint(facts), "shown": written(facts)}
    response = configure(alice, "P1M", **forged)
    assert response.status_code == 409
    assert "Amount, tax included" in said(response, ".problem")
    assert "unheard-of" not in said(response, ".problem")


MOST_STATEMENTS = 11


@pytest.mark.parametrize("headers", [{}, htmx("in-dialog")])
@pytest.mark.parametrize("portal", ["FR", "QC"])
def test_confirming_asks_little_of_the_database(app: Flask, world: World, portal: str, headers: dict[str, str]) -> None:
    key = world.account("Alice", portal=portal)
    world.card(key)
    world.service(key, mode=Mode.MANUAL, currency="CAD" if portal == "QC" else "EUR")
    client = world.client(key)
    form = looked(client, "P12M") | {"choice": "P12M", "agreed": "qc-1753", "csrf_token": token(client)}
    with statements(app) as asked:
        assert client.post(URL, data=form, headers=headers).status_code == (200 if headers else 303)
    assert len(asked) <= MOST_STATEMENTS, asked
