"""What has passed is told as past, and what keeps it is told with it, wherever a service is shown."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.markup import confirm, found, post, said, soup
from tests.operations.payments.shop import Shop
from tests.world import World
from webapp.domain.service.service import Availability, Mode, Suspension

OVER = {"started_on": date(2025, 11, 17), "ends_on": date(2026, 11, 17), "anchor_day": 17, "mode": Mode.MANUAL}
SUSPENDED = {
    "availability": Availability.SUSPENDED,
    "suspension": Suspension.EXPIRED,
    "suspended_on": date(2026, 11, 17),
}
URL = "/services/S-late.example"


@pytest.fixture(params=[{}, SUSPENDED], ids=["running", "suspended"])
def late(request: pytest.FixtureRequest, world: World, shop: Shop) -> int:
    """A hosting renewed by hand whose time was over six days ago."""
    return world.service(shop.account, "late.example", **OVER, **request.param)


def test_nothing_of_an_expired_service_is_told_as_future(alice: FlaskClient, late: int) -> None:
    for url in ("/services", URL, f"{URL}/actions", f"{URL}/renewal", f"{URL}/cancel"):
        page = alice.get(url)
        element = f"#row-{late}" if url == "/services" else "main"
        words = said(page, element)
        assert "17 Nov 2026" in words, url
        for promise in ("expires on", "next debit", "expiry", "unless you renew it before", "it ends on"):
            assert promise not in words, (url, promise)


def test_the_row_names_what_follows_and_when(alice: FlaskClient, late: int) -> None:
    row = said(alice.get("/services"), f"#row-{late}")
    assert "17 Dec 2026" in row or "1 Jan 2027" in row
    assert "Renew ⋯" in row
    assert found(alice.get("/services"), f"#row-{late} .badge.bad")


def test_letting_it_renew_by_itself_is_refused_with_the_way_out(alice: FlaskClient, late: int) -> None:
    (menu, *_others) = soup(alice.get(f"{URL}/actions")).select(".actions-list li:has(.refused)")
    assert "Its term ended on 17 Nov 2026: renew it first." in " ".join(menu.get_text(" ").split())
    assert menu.select_one(f'a[href="{URL}/renew"]')
    page = alice.get(f"{URL}/renewal")
    assert found(page, f'.acting a[href="{URL}/renew"]')
    assert post(alice, f"{URL}/renewal", {"choice": "P12M", "version": "1"}).status_code == 422


def test_many_are_refused_in_the_same_words(alice: FlaskClient, late: int, world: World) -> None:
    begun = post(alice, "/batches", {"action": "enable-automatic", "ref": ["S-late.example"]})
    assert "renew them first" in said(alice.get(begun.location), "main")


def test_a_bill_says_when_its_service_is_deleted(alice: FlaskClient, world: World, shop: Shop) -> None:
    debt = {"availability": Availability.SUSPENDED, "suspension": Suspension.DEBT, "suspended_on": date(2026, 11, 7)}
    key = world.service(shop.account, "owing.example", **debt, amount_due_minor=6000, billed_on=date(2026, 10, 31))
    url = "/services/S-owing.example"
    for page, element in (
        ("/services", f"#row-{key}"),
        (url, "main"),
        (f"{url}/actions", "main"),
        (f"{url}/pay", "main"),
    ):
        assert "unless it is paid" in said(alice.get(page), element), page


def test_a_service_that_nothing_can_be_debited_for_says_when_its_bill_comes(world: World) -> None:
    bob = world.account("Bob")
    key = world.service(bob, "poor.example")
    page = world.client(bob).get("/services")
    assert "31 Dec 2026 next bill" in said(page, f"#row-{key}")
    assert found(page, f"#row-{key} .badge.warn")
    assert "next debit" not in said(page, f"#row-{key}")


def test_a_receipt_states_consequences(alice: FlaskClient, world: World) -> None:
    receipt = alice.get(confirm(alice, "S-shop.example", "manual").location)
    words = said(receipt, ".receipt .changes")
    assert words == (
        "Renewal mode Automatic, every year → Manual renewal Expires on 31 Dec 2026 Debits nothing will be debited"
    )
    back = said(alice.get(confirm(alice, "S-shop.example", "P12M").location), ".receipt .changes")
    assert "Due on 31 Dec 2026" in back
    assert "€60.00" in back
    assert soup(receipt).select(".badge")
