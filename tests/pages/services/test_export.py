"""The table as a file that a spreadsheet opens."""

import csv
from datetime import date
from io import StringIO

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.markup import post, soup
from tests.walker import Walker
from tests.world import YEAR, World
from webapp.domain.law.contracts import CustomerKind
from webapp.domain.service.service import Availability, Kind, Mode
from webapp.models import Account

FILE = "/services/export.csv"


@pytest.fixture
def alice(world: World) -> FlaskClient:
    return world.client(world.account("Alice"))


def table(response: TestResponse, delimiter: str = ",") -> list[dict[str, str]]:
    """The rows by their headings."""
    assert response.status_code == 200
    return list(csv.DictReader(StringIO(response.data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def test_a_row_tells_everything_of_the_service(alice: FlaskClient, world: World) -> None:
    world.service(1, "shop.example", display_name="Café")
    response = alice.get(FILE)
    assert response.mimetype == "text/csv"
    assert response.headers["Content-Disposition"] == 'attachment; filename="services-2026-11-23.csv"'
    assert table(response) == [
        {
            "Name": "Café",
            "Technical name": "shop.example",
            "Reference": "S-shop.example",
            "Type": "Web hosting",
            "Product": "hosting one",
            "Availability": "Active",
            "Status": "Automatic renewal",
            "Renewal mode": "Automatic renewal",
            "Frequency": "P12M",
            "Next date": "2026-12-31",
            "Expiry": "2026-12-31",
            "Price": "60.00",
            "Currency": "EUR",
            "Tax": "tax included",
            "My role": "Owner, Admin contact, Technical contact, Billing contact",
        }
    ]


def test_money_is_there_only_for_those_who_may_see_it(alice: FlaskClient, world: World) -> None:
    bob = world.account("Bob")
    world.service(1, "paid-by-bob", billing_id=bob)
    world.service(1, "bought", kind=Kind.ONE_OFF, mode=None, period=None, ends_on=None, anchor_day=None)
    for row in table(alice.get(FILE)):
        assert (row["Price"], row["Currency"], row["Tax"]) == ("", "", "")
    (his,) = table(world.client(bob).get(FILE))
    assert (his["Price"], his["My role"]) == ("60.00", "Billing contact")


def test_prices_are_those_that_the_contract_shows(world: World) -> None:
    firm = world.account("Firm", kind=CustomerKind.BUSINESS)
    world.service(firm, "shop.example")
    (row,) = table(world.client(firm).get(FILE))
    assert (row["Price"], row["Tax"]) == ("50.00", "excl. tax")


def test_it_is_what_the_address_means_all_its_pages(alice: FlaskClient, world: World) -> None:
    for number in range(30):
        world.service(1, f"srv-{number:02}", mode=Mode.MANUAL if number % 2 else Mode.AUTOMATIC)
    names = [row["Technical name"] for row in table(alice.get(f"{FILE}?mode=manual&sort=-name&page=2"))]
    assert names == [f"srv-{number:02}" for number in range(29, 0, -2)]
    post(alice, "/batches", {"shown": "S-srv-03 S-srv-04", "ref": ["S-srv-03", "S-srv-04"]})
    assert [row["Technical name"] for row in table(alice.get(f"{FILE}?selected=yes&sort=name"))] == ["srv-03", "srv-04"]
    exported = post(alice, "/batches", {"action": "export", "shown": "S-srv-04", "ref": []})
    assert exported.location == f"{FILE}?selected=yes"
    assert [row["Technical name"] for row in table(alice.get(exported.location))] == ["srv-03"]


def test_others_services_are_not_in_it(alice: FlaskClient, world: World) -> None:
    world.service(world.account("Charlie"), "secret.example")
    assert table(alice.get(FILE)) == []


def test_who_lost_a_service_does_not_get_it_from_a_listing_that_is_behind(alice: FlaskClient, world: World) -> None:
    key, bob = world.service(1), world.account("Bob")
    world.change(key, project=False, **{f"{role}_id": bob for role in ("owner", "admin", "technical", "billing")})
    assert table(alice.get(FILE)) == []


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", '=HYPERLINK("http://x")', "＝1"])
def test_no_formula_runs(alice: FlaskClient, world: World, name: str) -> None:
    world.service(1, "shop.example", display_name=name)
    (row,) = table(alice.get(FILE))
    assert row["Name"] == f"'{name}"


def test_french_spreadsheets_get_semicolons_and_commas(world: World) -> None:
    key = world.account("Maëlle", handle="m", email="m@people.example", language="fr")
    world.service(key, "shop.example")
    response = world.client(key).get(FILE)
    assert response.data.startswith(b"\xef\xbb\xbf")
    (row,) = table(response, ";")
    assert (row["Prix"], row["Statut"], row["Date d’effet"]) == ("60,00", "Renouvellement automatique", "2026-12-31")
    (plain,) = table(world.client(key).get(f"{FILE}?separator=comma&mark=no&headings=names"))
    assert (plain["price"], plain["status"], plain["roles"]) == (
        "60.00",
        "automatic",
        "owner, admin, technical, billing",
    )


def test_nonsense_in_the_address_is_left_out(alice: FlaskClient, world: World) -> None:
    world.service(1)
    assert len(table(alice.get(f"{FILE}?separator=tab&mark=x&headings=&type=nothing&page=0"))) == 1


def test_the_choice_is_remembered(world: World, walker: Walker) -> None:
    key = world.account("Alice")
    world.password("Alice", "correct horse")
    world.service(key, "shop.example")
    world.service(key, "mail.example", mode=Mode.MANUAL)
    walker.open("/services?mode=manual").press("Sign in", email="alice@people.example", password="correct horse")
    walker.follow("Options").press("Download", rows="matching", separator="semicolon", headings="names", mark=[])
    assert walker.url == f"{FILE}?mode=manual"
    assert [row["name"] for row in table(walker.response, ";")] == ["mail.example"]
    assert world.get(Account, key).csv_format == "semicolon plain names"
    walker.open("/services").follow("Export as CSV")
    assert [row["price"] for row in table(walker.response, ";")] == ["60,00", "60,00"]
    walker.open("/services?mode=manual").follow("Options").press("Download", rows="all", separator="comma")
    assert walker.url == FILE


def test_a_choice_that_makes_no_sense_is_asked_again(alice: FlaskClient, world: World) -> None:
    response = post(alice, "/services/export", {"separator": "tab", "headings": "labels"})
    assert response.status_code == 422
    assert world.get(Account, 1).csv_format is None


def test_looking_at_the_options_changes_nothing(alice: FlaskClient, world: World) -> None:
    page = alice.get("/services/export?separator=comma&mark=no")
    assert len(soup(page).select("input[name=separator]")) == 2
    assert world.get(Account, 1).csv_format is None


def test_the_words_of_states_are_the_tables(alice: FlaskClient, world: World) -> None:
    world.service(1, "gone", availability=Availability.TERMINATED)
    world.service(1, "going", cancels_on=date(2026, 12, 31), period=YEAR)
    said = {row["Technical name"]: (row["Status"], row["Next date"]) for row in table(alice.get(FILE))}
    assert said == {"gone": ("Terminated", ""), "going": ("Cancellation scheduled", "2026-12-31")}
