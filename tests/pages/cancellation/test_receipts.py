"""The receipt of an act, and what anyone can check about it."""

import re
from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.conftest import forget_counts
from tests.markup import confirmation, found, post, said, soup
from tests.world import World
from webapp.domain.law.contracts import CustomerKind
from webapp.domain.receipts import CODE, LETTERS
from webapp.models import Receipt

CANCEL = "/services/S-shop.example/cancel"


@pytest.fixture
def alice(world: World) -> FlaskClient:
    key = world.account("Alice")
    world.service(key, "shop.example", technical_id=world.account("Bob"))
    world.service(key, "shop.example", family="domain", reference="S-domain")
    client = world.client(key)
    post(client, CANCEL, confirmation(client.get(CANCEL)) | {"with": "S-domain", "action": "confirm"})
    return client


@pytest.fixture
def receipt(world: World, alice: FlaskClient) -> Receipt:
    (receipt,) = world.all(Receipt)
    return receipt  # type: ignore[no-any-return]


def test_it_lists_what_was_declared_by_whom_and_when(alice: FlaskClient, receipt: Receipt) -> None:
    page = said(alice.get(f"/receipts/{receipt.code}/details"), ".receipt")
    for part in (
        "shop.example S-shop.example ends on 31 Dec 2026 can be undone until 29 Dec 2026, 23:59 (Paris)",
        "shop.example S-domain ends on 31 Dec 2026",
        "Nothing more is debited.",
        "Provider Echeance Démonstration SAS · 12 rue de l’Exemple · 59000 Lille · France · assistance@demo.example",
        "Contract France – Individual",
        "Declared on 23 Nov 2026, 13:00:00 (Paris)",
        "Declared by Alice",
        receipt.code,
        receipt.fingerprint,
        f"http://localhost/receipts/{receipt.code}",
    ):
        assert part in page


def test_it_names_what_stays_due_to_who_pays_it(world: World) -> None:
    """As it was then, whatever is paid later; and every contract, of a batch over several."""
    alice, bob = world.account("Alice"), world.account("Bob", kind=CustomerKind.BUSINESS)
    owed = world.service(alice, "owed.example", technical_id=bob)
    world.bill(owed, 1200, number="B-1")
    committed = {"owner_id": bob, "billing_id": bob, "committed_until": date(2028, 12, 31)}
    world.service(alice, "committed.example", **committed)
    client = world.client(alice)
    url = post(client, "/batches", {"action": "cancel", "select": "all"}).location
    post(client, url, {"action": "confirm"})
    (receipt,) = world.all(Receipt)
    world.settled(1)
    for way in ("details", "print"):
        page = said(client.get(f"/receipts/{receipt.code}/{way}"), "main")
        assert "owed.example S-owed.example ends on 31 Dec 2026" in page
        assert "Nothing more is debited. The bill of €12.00, tax included, stays due." in page
        assert "(Paris) It renews and is debited as before until then." in page
        assert "Contract France – Individual" in page and "Contract France – Business" in page
    theirs = said(world.client(bob).get(f"/receipts/{receipt.code}/details"), "main")
    assert "What is billed already stays due." in theirs and "€12.00" not in theirs


def test_a_stranger_can_check_it_and_learns_nothing_about_whom(world: World, receipt: Receipt) -> None:
    response = world.app.test_client().get(f"/receipts/{receipt.code}", headers={"Accept-Language": "en"})
    page = said(response, "main")
    assert response.status_code == 200
    for part in ("This receipt is genuine", "Cancellation", "23 Nov 2026, 13:00:00 (Paris)", receipt.fingerprint):
        assert part in page
    for secret in ("Alice", "shop.example", "S-domain", "31 Dec"):
        assert secret not in response.get_data(as_text=True)


def test_no_altered_code_is_accepted(world: World, receipt: Receipt) -> None:
    client = world.app.test_client()
    altered = [
        receipt.code[:place] + letter + receipt.code[place + 1 :]
        for place in range(19)
        for letter in (LETTERS[0], LETTERS[-1], "-")
    ]
    for code in [*altered, receipt.code.lower(), receipt.code + "A", receipt.code[:-1], "-", "%", "0"]:
        if code != receipt.code:
            forget_counts(world.app)
            response = client.get(f"/receipts/{code}", headers={"Accept-Language": "en"})
            assert response.status_code == 404, code
            assert "No receipt has this code" in said(response, "h1")


def test_a_code_may_be_typed_in_any_way(world: World, receipt: Receipt) -> None:
    client = world.app.test_client()
    assert said(client.get("/receipts", headers={"Accept-Language": "en"}), "h1") == "Check a receipt"
    typed = f" {receipt.code.lower().replace('-', ' ')} "
    response = client.get("/receipts", query_string={"code": typed})
    assert response.location == f"/receipts/{receipt.code}"


def test_codes_are_random_and_readable(receipt: Receipt) -> None:
    assert re.fullmatch(CODE, receipt.code)


def test_a_contact_sees_what_is_his_and_a_stranger_none_of_it(world: World, receipt: Receipt) -> None:
    page = said(world.client(2).get(f"/receipts/{receipt.code}/details"), "main")
    assert "S-shop.example" in page
    assert "S-domain" not in page
    assert "1 more service that is not among yours" in page
    assert "why" not in page
    charlie = world.client(world.account("Charlie"))
    for way in ("details", "print"):
        assert charlie.get(f"/receipts/{receipt.code}/{way}").status_code == 404
    assert post(charlie, f"/receipts/{receipt.code}/reasons", {"cause": "price"}).status_code == 404


def test_on_paper_there_is_the_receipt_alone(alice: FlaskClient, receipt: Receipt) -> None:
    response = alice.get(f"/receipts/{receipt.code}/print")
    assert not soup(response).select("header, nav, form")
    assert receipt.code in said(response, "main")


def test_reasons_come_after_the_act_and_can_be_skipped_or_told_again(
    world: World, alice: FlaskClient, receipt: Receipt
) -> None:
    assert (receipt.causes, receipt.comment) == ([], "")
    url = f"/receipts/{receipt.code}/reasons"
    response = post(alice, url, {"cause": ["price", "support", "made-up"], "comment": " Too <dear>. "})
    assert response.location == f"/receipts/{receipt.code}/details"
    told = world.get(Receipt, receipt.id)
    assert (told.causes, told.comment) == (["price", "support"], " Too <dear>. ")
    page = alice.get(response.location)
    assert [box["value"] for box in soup(page).select("input[name=cause][checked]")] == ["price", "support"]
    assert "Too <dear>." in found(page, "textarea").get_text()
    post(alice, url, {"comment": ""})
    assert (world.get(Receipt, receipt.id).causes, world.get(Receipt, receipt.id).comment) == ([], "")
    assert world.get(Receipt, receipt.id).fingerprint == receipt.fingerprint


def test_a_comment_that_is_too_long_is_kept_and_told(world: World, alice: FlaskClient, receipt: Receipt) -> None:
    response = post(alice, f"/receipts/{receipt.code}/reasons", {"cause": "price", "comment": "x" * 2001})
    assert response.status_code == 422
    assert "at most 2,000 characters" in said(response, ".problem")
    assert found(response, "textarea").get_text(strip=True) == "x" * 2001
    assert soup(response).select("input[value=price][checked]")
    assert world.get(Receipt, receipt.id).comment == ""
