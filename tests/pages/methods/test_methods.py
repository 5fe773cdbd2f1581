"""The page of payment methods, as people use it without script."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.markup import found, post, said, soup
from tests.operations.methods.wallet import Wallet, methods
from tests.operations.payments.shop import Shop
from tests.provider import Till
from tests.statements import statements
from tests.walker import Walker
from tests.world import World
from webapp.domain.billing.payment import Failure, Standing
from webapp.domain.billing.setup import Mandate
from webapp.domain.methods import MethodKind, MethodState
from webapp.domain.service.service import Mode
from webapp.models import MethodSetup, PaymentMethod

PAGE = "/payment-methods"
CARD = {"action.add-card": "", "default": "yes"}
MANDATE = Mandate("MND-77", "FR72ZZZ999999", date(2026, 11, 23))


@pytest.fixture
def wallet(app: Flask, shop: Shop, till: Till) -> Wallet:
    return Wallet(app, shop.account, till)


def the_setup(world: World) -> MethodSetup:
    setup: MethodSetup = world.all(MethodSetup)[-1]
    return setup


def test_a_card_is_added_at_the_provider_and_found_here(world: World, alice: FlaskClient, shop: Shop) -> None:
    sent = post(alice, PAGE, CARD | {"next": "/services?page=2#row-1"})
    setup = the_setup(world)
    assert sent.location == f"https://till.example/save/{setup.code}"
    assert setup.return_to == f"http://localhost{PAGE}/added/{setup.code}?next=/services?page%3D2%23row-1"
    waiting = alice.get(f"{PAGE}/added/{setup.code}")
    assert "The provider’s page waits for you" in said(waiting, "h1")
    shop.till.leave(setup.code, label="Visa 9", expires_on=date(2029, 1, 1))
    back = alice.get(setup.return_to.removeprefix("http://localhost"))
    assert said(back, "h1") == "Visa 9 is added" and "from it from now on" in said(back, "main")
    assert [str(link["href"]) for link in soup(back).select(".buttons a")][1] == "/services?page=2#row-1"
    assert methods(world) == ["Visa 4242 valid", "Visa 9 valid *"]


@pytest.mark.parametrize(
    ("failure", "says"),
    [(Failure.REFUSED, "It was refused."), (Failure.GIVEN_UP, "You left"), (Failure.LAPSED, "open for too long")],
)
def test_it_says_why_nothing_was_added(
    world: World, alice: FlaskClient, shop: Shop, failure: Failure, says: str
) -> None:
    post(alice, PAGE, CARD)
    code = the_setup(world).code
    shop.till.leave_nothing(code, failure)
    shown = alice.get(f"{PAGE}/added/{code}")
    assert said(shown, "h1") == "Nothing was added" and says in said(shown, "main")


def test_what_nobody_knows_is_said_and_looked_at_again(world: World, alice: FlaskClient, shop: Shop) -> None:
    shop.till.silent = 2
    sent = post(alice, PAGE, CARD)
    code = the_setup(world).code
    assert sent.location == f"{PAGE}/added/{code}"
    assert "do not know yet" in said(alice.get(sent.location), "h1")
    assert "do not know yet" in said(alice.get(PAGE), "main")
    shop.till.leave(code)
    assert said(alice.get(sent.location), "h1") == "Visa 1881 is added"


def test_a_mandate_waits_and_can_be_read(world: World, alice: FlaskClient, wallet: Wallet) -> None:
    post(alice, PAGE, {"action.add-debit": "", "default": "yes"})
    code = the_setup(world).code
    wallet.till.leave(code, Standing.SETTLING, label="DE 3000", mandate=MANDATE)
    shown = alice.get(f"{PAGE}/added/{code}")
    assert "has still to confirm DE 3000" in said(shown, "h1")
    listed = said(alice.get(PAGE), "main")
    assert "Awaiting validation" in listed and "Mandate MND-77" in listed
    method = world.all(PaymentMethod)[-1].id
    read = said(alice.get(f"{PAGE}/{method}/mandate"), "article")
    for part in ("FR72ZZZ999999", "MND-77", "Alice", "Echeance Démonstration SAS", "2026", "8 weeks"):
        assert part in read
    paper = alice.get(f"{PAGE}/{method}/mandate.pdf")
    assert paper.data.startswith(b"%PDF") and "attachment" in paper.headers["Content-Disposition"]


def test_only_a_method_with_a_mandate_has_one_to_read(world: World, alice: FlaskClient, shop: Shop) -> None:
    bobs = world.card(world.account("Bob"), mandate_reference="M", creditor="C", signed_on=date(2026, 1, 1))
    for number in (world.all(PaymentMethod)[0].id, bobs, 999):
        for address in ("mandate", "mandate.pdf"):
            assert alice.get(f"{PAGE}/{number}/{address}").status_code == 404


def test_without_script_everything_is_done_by_buttons(world: World, walker: Walker, app: Flask, till: Till) -> None:
    alice = world.account("Alice")
    world.password("Alice", "correct horse battery")
    world.service(alice)
    wallet = Wallet(app, alice, till)
    wallet.leave(label="Visa 1")
    wallet.leave(label="Visa 2", default=False)
    walker.open("/login").press("Sign in", email="alice@people.example", password="correct horse battery")
    walker.follow("My account").follow("Payment methods")
    walker.press("Save the name", f"#method-{world.all(PaymentMethod)[1].id}", description="  The agency’s   card ")
    assert "The agency’s card" in walker.text and world.all(PaymentMethod)[1].description == "The agency’s card"
    assert "If you remove it, renewals are debited from Visa 2." in walker.text
    walker.press("Debit renewals from it")
    assert methods(world) == ["Visa 1 valid", "Visa 2 valid *"]
    assert "Renewals are debited from Visa 2 from now on." in walker.text
    walker.press("Remove")
    assert "Visa 2 is removed. Renewals are debited from Visa 1 from now on." in walker.text
    assert till.forgotten == {world.all(PaymentMethod)[1].reference}
    assert "It cannot be removed" in walker.text and not walker.page.select("[name='action.remove']")


def test_a_description_that_is_too_long_is_kept_to_be_shortened(alice: FlaskClient, world: World) -> None:
    (method,) = world.all(PaymentMethod)
    answer = post(alice, PAGE, {"action.describe": "", "method": method.id, "description": "x" * 61})
    assert answer.status_code == 422 and found(answer, "input[aria-invalid]")["value"] == "x" * 61
    assert said(answer, f"#unfit-{method.id}").startswith("A description is one line")
    assert post(alice, PAGE, {"action.describe": "", "method": method.id, "description": "x" * 60}).status_code == 303


def test_what_is_still_needed_stays_with_a_link_to_what_needs_it(alice: FlaskClient, world: World) -> None:
    world.service(world.all(PaymentMethod)[0].account_id, "manual.example", mode=Mode.MANUAL, period=None)
    (method,) = world.all(PaymentMethod)
    answer = post(alice, PAGE, {"action.remove": "", "method": method.id})
    assert answer.status_code == 422 and "Services renew automatically" in said(answer, ".problem")
    assert said(answer, ".problem p + p") == "The services that renew automatically (shop.example)"
    (link,) = soup(answer).select(".problem p + p a")
    listed = alice.get(str(link["href"]))
    assert [each.get_text() for each in soup(listed).select("tbody th.name a")] == ["shop.example"]


@pytest.mark.parametrize("action", ["default", "describe", "remove"])
def test_nobody_changes_the_methods_of_somebody_else(alice: FlaskClient, world: World, action: str) -> None:
    bobs = world.card(world.account("Bob"))
    for method in (bobs, 999, ""):
        sent = {f"action.{action}": "", "method": method, "description": "mine"}
        assert post(alice, PAGE, sent).status_code == 404
    assert (world.get(PaymentMethod, bobs).description, methods(world)) == ("", ["Visa 4242 valid *"] * 2)
    assert alice.get(f"{PAGE}/added/AAAA-AAAA-AAAA-AAAA").status_code == 404


STATES = {
    "Valid": {},
    "Expires soon": {"expires_on": date(2026, 12, 31)},
    "Expired": {"expires_on": date(2026, 11, 23)},
    "Awaiting validation": {"state": MethodState.PENDING},
    "Refused": {"state": MethodState.REFUSED},
    "Add it again": {"reference": ""},
}


@pytest.mark.parametrize("state", STATES)
def test_each_state_says_what_it_means_for_which_renewals(
    alice: FlaskClient, shop: Shop, world: World, state: str
) -> None:
    (method,) = world.all(PaymentMethod)
    world.change_row(PaymentMethod, method.id, **STATES[state])
    shown = said(alice.get(PAGE), f"#method-{method.id}")
    assert state in shown
    alarming = "1 service renews when nothing can be debited from it, on 31 Dec 2026"
    assert (alarming in shown) is (state != "Valid")
    row = soup(alice.get("/services")).select("tbody small.alert a")
    assert [str(link["href"]) for link in row] == (
        [] if state == "Valid" else [f"{PAGE}?next=/services%23row-{world.all(PaymentMethod)[0].id}"]
    )


def test_every_sentence_that_says_so_leads_here_and_back(alice: FlaskClient, shop: Shop, world: World) -> None:
    (method,) = world.all(PaymentMethod)
    world.change_row(PaymentMethod, method.id, state=MethodState.REFUSED)
    world.service(shop.account, "manual.example", mode=Mode.MANUAL, period=None)
    for page, back in (
        ("/services?q=shop", "/services?q=shop"),
        ("/services/S-shop.example", "/services#row-1"),
        ("/services/S-shop.example/actions", "/services#row-1"),
        ("/services/S-shop.example/renewal", "/services/S-shop.example/renewal"),
        ("/services/S-manual.example/renewal?choice=P1M", "/services/S-manual.example/renewal?choice=P1M"),
    ):
        links = soup(alice.get(page)).select(f"main a[href^='{PAGE}']")
        assert links, page
        for link in links:
            shown = alice.get(str(link["href"]))
            assert str(found(shown, "h1 + p a")["href"]).startswith(back), page


def test_it_leads_back_to_pages_of_its_own_alone(alice: FlaskClient) -> None:
    for elsewhere in ("https://evil.example", "//evil.example", "javascript:alert(1)", "/" + "x" * 400):
        shown = alice.get(PAGE, query_string={"next": elsewhere})
        assert "Back to where you were" not in said(shown, "main")
        assert post(alice, PAGE, {"next": elsewhere, "action.add-card": ""}).status_code == 303


def test_a_billing_contact_sees_for_whom_they_pay(alice: FlaskClient, shop: Shop, world: World) -> None:
    for number in range(7):
        owner = world.account(f"Owner{number}")
        for service in range(number + 1):
            world.service(owner, f"s{number}-{service}.example", billing_id=shop.account)
    shown = soup(alice.get(PAGE)).select("[aria-labelledby=needing] dt")
    assert [each.get_text() for each in shown] == ["Your own services", *(f"Owner{each}" for each in range(6, -1, -1))]


def test_many_methods_take_no_more_statements(world: World, app: Flask, shop: Shop, alice: FlaskClient) -> None:
    counts = []
    for number in range(5):
        world.card(shop.account, is_default=False, reference=f"r-{number}")
        with statements(app) as taken:
            alice.get(PAGE)
        counts.append(len(taken))
    assert len(set(counts)) == 1


def test_only_what_the_seller_offers_is_offered(world: World, app: Flask) -> None:
    offered = {
        portal: [
            str(each["name"])
            for each in soup(world.client(world.account(portal, portal=portal)).get(PAGE)).select(
                "[aria-labelledby=add] button"
            )
        ]
        for portal in ("FR", "QC")
    }
    assert offered == {
        "FR": ["action.add-card", "action.add-debit", "action.add-wallet"],
        "QC": ["action.add-card", "action.add-wallet"],
    }


def test_where_nothing_can_be_paid_nothing_is_offered(alice: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("webapp.web.paying", "webapp.blueprints.methods.views"):
        monkeypatch.setattr(f"{module}.payments", lambda: None)
    shown = alice.get(PAGE)
    assert "No payment method can be added" in said(shown, "main")
    assert post(alice, PAGE, CARD).status_code == 422


def test_no_kind_is_begun_that_is_not_offered(world: World, app: Flask) -> None:
    quentin = world.client(world.account("Quentin", portal="QC"))
    answer = post(quentin, PAGE, {"action.add-debit": ""})
    assert answer.status_code == 422 and "not offered here" in said(answer, ".problem")
    assert MethodKind.SEPA_DEBIT and world.all(MethodSetup) == []
