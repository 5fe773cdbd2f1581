"""What an account has with its seller: as a list and as files, added to by paying, to nobody else."""

import csv
from io import BytesIO, StringIO

import pytest
from click.testing import Result
from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests.markup import found, post, said, soup
from tests.operations.payments.shop import Shop
from tests.world import World
from webapp.domain.billing.payment import Standing
from webapp.domain.service.service import Availability
from webapp.models import Order, Outbox, Payout

WHY = "The service was terminated before the payment arrived."


@pytest.fixture
def credited(world: World, shop: Shop) -> str:
    """The code of an order that brought nothing."""
    code = shop.order("S-shop.example")
    shop.begin(code)
    world.change(1, availability=Availability.TERMINATED)
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    shop.learn(f"{code}-1")
    return code


def test_each_entry_says_why_for_what_and_leads_to_its_order(alice: FlaskClient, credited: str) -> None:
    shown = alice.get("/balance")
    assert said(shown, "[aria-labelledby=sum] strong") == "€60.00"
    assert said(shown, "tbody tr") == f"shop.example {WHY} · {credited} 23 Nov 2026, 13:00:00 €60.00"
    (link,) = soup(shown).select("tbody a")
    assert link["href"] == f"/orders/{credited}"
    (more,) = soup(alice.get("/account")).select("[aria-labelledby=credit] a")
    assert more["href"] == "/balance" and "€60.00" in said(alice.get("/account"), "[aria-labelledby=credit]")


def test_the_files_say_the_same(alice: FlaskClient, credited: str) -> None:
    file = alice.get("/balance/export.csv")
    rows = list(csv.reader(StringIO(file.get_data(as_text=True).lstrip("\ufeff"))))
    assert rows[1] == ["2026-11-23", WHY, "shop.example", credited, "60.00", "EUR"]
    sheet = load_workbook(BytesIO(alice.get("/balance/export.xlsx").data)).active
    assert sheet is not None and [cell.value for cell in sheet[2]][3:] == [credited, 60, "EUR"]


def test_nobody_else_sees_it_and_where_there_is_nothing_that_is_said(world: World, credited: str) -> None:
    bob = world.client(world.account("Bob"))
    assert "Nothing at the moment." in said(bob.get("/balance"), "main")
    assert credited not in bob.get("/balance/export.csv").get_data(as_text=True)


def _topped_up(alice: FlaskClient, amount: str) -> str:
    """The address of the order."""
    return post(alice, "/balance", {"amount": amount, "action.top-up": ""}).headers["Location"]


@pytest.mark.parametrize("amount", ["50", "50.00", "50,00", " 50 "])
def test_adding_to_it_is_an_order_that_is_paid(world: World, shop: Shop, alice: FlaskClient, amount: str) -> None:
    address = _topped_up(alice, amount)
    code = address.removeprefix("/orders/")
    assert said(alice.get(address), "h1") == "Add to your balance"
    assert said(alice.get(address), "button.primary") == "Pay €50.00"
    page = post(alice, address, {"action.pay": ""}).headers["Location"]
    assert page == f"https://till.example/{code}-1"
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    shown = alice.get(f"{address}/result")
    assert said(shown, "h1") == "Your balance has been added to" and "the amount is on your balance" in said(
        shown, "main"
    )
    assert world.balance(1) == 5000 and shop.differences() == []
    assert said(alice.get("/balance"), "tbody tr") == f"{code} Added by you 23 Nov 2026, 13:00:00 €50.00"
    assert "Addition to the balance" in said(alice.get("/account"), "tbody tr") and "Paid" in said(
        alice.get("/account"), "tbody tr"
    )


@pytest.mark.parametrize("amount", ["", "4.99", "10000.01", "-50", "50.001", "fifty", "1e3", "9" * 30])
def test_what_cannot_be_added_is_said_and_kept(world: World, alice: FlaskClient, amount: str) -> None:
    shown = post(alice, "/balance", {"amount": amount, "action.top-up": ""})
    assert shown.status_code == 422 and "This is no amount that can be added" in said(shown, ".problem")
    (field,) = soup(shown).select("#amount")
    assert field["value"] == amount and field["aria-invalid"] == "true"
    assert world.all(Order) == []


def test_asking_twice_is_one_order_and_another_amount_takes_its_place(world: World, alice: FlaskClient) -> None:
    first = _topped_up(alice, "50")
    assert _topped_up(alice, "50") == first
    assert _topped_up(alice, "20") != first
    assert [str(each.state) for each in world.all(Order)] == ["discarded", "open"]


def test_while_one_is_being_paid_no_other_is_made(world: World, alice: FlaskClient) -> None:
    address = _topped_up(alice, "50")
    post(alice, address, {"action.pay": ""})
    assert _topped_up(alice, "50") == address
    assert "A payment" in said(post(alice, "/balance", {"amount": "20", "action.top-up": ""}), ".problem")
    assert len(world.all(Order)) == 1


def test_it_cannot_be_added_to_from_itself(world: World, shop: Shop, alice: FlaskClient) -> None:
    world.credit(1, 9000)
    address = _topped_up(alice, "50")
    assert "balance first" not in said(alice.get(address), "main")
    assert post(alice, address, {"action.pay": ""}).headers["Location"].startswith("https://till.example/")


def test_what_it_does_not_cover_is_named_before_and_after(world: World, shop: Shop, alice: FlaskClient) -> None:
    world.credit(1, 2500)
    shown = said(alice.get("/services/S-shop.example/anticipate"), ".acting")
    assert "€25.00 of it is taken from your balance first. What you pay besides is €35.00" in shown
    code = shop.order("S-shop.example")
    shown = alice.get(f"/orders/{code}")
    assert "€25.00 is taken from your balance first. What you pay besides is €35.00" in said(shown, "main")
    assert said(shown, "button.primary") == "Pay €35.00"
    post(alice, f"/orders/{code}", {"action.pay": ""})
    shop.till.decide(f"{code}-2", Standing.FAILED)
    shown = alice.get(f"/orders/{code}/result")
    assert "Taken from your balance €25.00 Left to pay €35.00" in said(shown, "main")
    assert said(shown, "button.primary") == "Try again: pay €35.00"
    post(alice, f"/orders/{code}", {"action.discard": ""})
    assert world.balance(1) == 2500


def _asked_back(world: World, alice: FlaskClient) -> str:
    """The code."""
    post(alice, "/balance", {"action.ask-back-FR-EUR": ""})
    (payout,) = world.all(Payout)
    return str(payout.code)


def _operator(world: World, *words: str) -> Result:
    return world.app.test_cli_runner().invoke(args=["payout", *words])


def test_what_is_asked_back_cannot_be_spent_and_the_operator_sees_it(
    world: World, shop: Shop, alice: FlaskClient
) -> None:
    world.credit(1, 9000)
    assert said(alice.get("/balance"), "[aria-labelledby=sum] button") == "Ask for €90.00 to be paid back"
    code = _asked_back(world, alice)
    assert world.balance(1) == 0 and shop.differences() == []
    assert "€90.00 · Asked for" in said(alice.get("/balance"), "[aria-labelledby=payouts]")
    assert said(alice.get("/balance"), "tbody tr:first-child").startswith("Asked back by you")
    assert _operator(world, "list").output == f"{code}  2026-11-23       90.00 EUR  FR  alice  Alice\n"
    assert shop.begin(shop.order("S-shop.example")) is not None


def test_what_was_paid_back_is_told_with_what_the_operator_says(world: World, shop: Shop, alice: FlaskClient) -> None:
    world.credit(1, 9000)
    code = _asked_back(world, alice)
    for _again in range(2):
        assert _operator(world, "paid", code, "--reference", "Transfer 7").output == f"{code}: paid\n"
    assert "Paid back" in (shown := said(alice.get("/balance"), "[aria-labelledby=payouts]")) and "Transfer 7" in shown
    assert _operator(world, "list").output == "" and world.balance(1) == 0 and shop.differences() == []
    assert _operator(world, "refuse", code, "--reason", "x" * 201).exit_code == 1
    refused = _operator(world, "refuse", code, "--reason", "no")
    assert refused.exit_code == 1 and "settled already" in refused.output
    assert post(alice, "/balance", {f"action.keep-{code}": ""}).status_code == 422


@pytest.mark.parametrize("by_the_operator", [True, False])
def test_what_is_not_paid_back_is_on_the_balance_again(
    world: World, shop: Shop, alice: FlaskClient, by_the_operator: bool
) -> None:
    world.credit(1, 9000)
    code = _asked_back(world, alice)
    if by_the_operator:
        _operator(world, "refuse", code, "--reason", "It was a gift")
        assert "It was a gift" in said(alice.get("/balance"), "[aria-labelledby=payouts]")
    else:
        post(alice, "/balance", {f"action.keep-{code}": ""})
    assert world.balance(1) == 9000 and shop.differences() == []
    assert _asked_back_again(world, alice) != code


def _asked_back_again(world: World, alice: FlaskClient) -> str:
    post(alice, "/balance", {"action.ask-back-FR-EUR": ""})
    return str(world.all(Payout)[-1].code)


def test_it_is_asked_back_once_and_never_what_is_not_there(world: World, shop: Shop, alice: FlaskClient) -> None:
    for seller in ("FR-EUR", "DE-EUR", "FR-CAD", "x", ""):
        assert post(alice, "/balance", {f"action.ask-back-{seller}": ""}).status_code == 422
    world.credit(1, 9000)
    _asked_back(world, alice)
    world.credit(1, 100)
    post(alice, "/balance", {"action.ask-back-FR-EUR": ""})
    (payout,) = world.all(Payout)
    assert payout.minor == 9000 and world.balance(1) == 100


def test_nobody_withdraws_what_somebody_else_asked_for(world: World, alice: FlaskClient) -> None:
    world.credit(1, 9000)
    code = _asked_back(world, alice)
    bob = world.client(world.account("Bob"))
    assert post(bob, "/balance", {f"action.keep-{code}": ""}).status_code == 404
    assert world.balance(1) == 0 and "payouts" not in bob.get("/balance").get_data(as_text=True)
    assert _operator(world, "paid", "no-such").exit_code == 1


@pytest.mark.parametrize(("left", "told"), [(2999, 1), (3000, 0), (3001, 0)])
def test_who_wants_to_be_told_that_little_is_left_is_told_once(
    world: World, shop: Shop, alice: FlaskClient, left: int, told: int
) -> None:
    post(alice, "/balance", {"threshold": "30", "action.alert": ""})
    assert found(alice.get("/balance"), "#threshold")["value"] == "30.00"
    world.credit(1, 6000 + left)
    shop.begin(shop.order("S-shop.example"))
    messages = [each for each in world.all(Outbox) if each.kind == "balance-low"]
    assert [each.facts for each in messages] == [{"left": str(left), "currency": "EUR"}] * told


def test_what_was_below_already_is_not_told_again_and_nobody_is_told_who_does_not_want_it(
    world: World, shop: Shop, alice: FlaskClient
) -> None:
    for name in ("blog.example", "docs.example"):
        world.service(1, name)
    world.credit(1, 2500)
    shop.begin(shop.order("S-shop.example"))
    post(alice, "/balance", {"threshold": "30", "action.alert": ""})
    world.credit(1, 2500)
    shop.begin(shop.order("S-blog.example"))
    post(alice, "/balance", {"threshold": " ", "action.alert": ""})
    world.credit(1, 9000)
    shop.begin(shop.order("S-docs.example"))
    assert [each for each in world.all(Outbox) if each.kind == "balance-low"] == []
    assert found(alice.get("/balance"), "#threshold")["value"] == ""


def test_a_threshold_that_is_no_amount_is_said_and_kept(alice: FlaskClient) -> None:
    shown = post(alice, "/balance", {"threshold": "some", "action.alert": ""})
    assert shown.status_code == 422 and "This is no amount." in said(shown, ".problem")
    assert found(shown, "#threshold")["value"] == "some"
