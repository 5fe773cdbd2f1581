"""Twelve months ahead: of what the table shows, as a picture, as the table behind it, and by name."""

import csv
from datetime import date
from io import BytesIO, StringIO

from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests.markup import said, soup
from tests.statements import statements
from tests.world import MONTH, World
from webapp.domain.service.service import Mode
from webapp.operations.listing.ahead import MOST_NAMED


def rows(client: FlaskClient, url: str = "/calendar") -> dict[str, str]:
    """What the table says of each month that has anything."""
    months = {}
    for row in soup(client.get(url)).select(".calendar:not(.types) tbody tr"):
        cells = [" ".join(each.get_text(" ").split()) for each in row.select("th, td")]
        if any(cells[1:]):
            months[cells[0]] = " | ".join(cells[1:])
    return months


def test_each_month_says_what_it_costs_and_what_is_lost(world: World, alice: FlaskClient) -> None:
    world.service(1, "monthly.example", period=MONTH, price_minor=500, ends_on=date(2027, 9, 30), anchor_day=30)
    world.service(1, "manual.example", mode=Mode.MANUAL, ends_on=date(2027, 1, 15))
    assert rows(alice) == {
        "Dec 2026": "€60.00 1 service |  | ",
        "Jan 2027": " | 1 service | ",
        "Mar 2027": " |  | 1 service",
        "Sept 2027": "€6.00 1 service |  | ",
        "Oct 2027": "€6.00 1 service |  | ",
    }
    shown = alice.get("/calendar")
    assert said(shown, ".calendar .total") == "In all €72.00 1 date 1 date"
    assert all(each["aria-hidden"] == "true" for each in soup(shown).select("main svg"))


def test_each_kind_is_a_picture_whose_columns_are_stacked_by_type(world: World, alice: FlaskClient) -> None:
    world.service(1, "vps.example", family="vps", price_minor=2500, ends_on=date(2026, 12, 15), anchor_day=15)
    world.service(1, "free.example", family="email", price_minor=0, ends_on=date(2027, 1, 15), anchor_day=15)
    for name, family in (("a.example", "vps"), ("b.example", "vps"), ("c.example", "domain")):
        world.service(1, name, family=family, mode=Mode.MANUAL, ends_on=date(2027, 10, 15))
    shown = soup(alice.get("/calendar"))
    assert [" ".join(each.get_text(" ").split()) for each in shown.select("figcaption")] == [
        "Debits at most €90.00 in a month",
        "Expiries at most 3 services in a month",
    ]
    drawn = [
        [f"{each['class'][0][-1]} {each['x']} {each['y']} {each['height']}" for each in picture.select("rect")]
        for picture in shown.select("svg.chart")
    ]
    assert drawn == [
        ["1 24 33.33 66.67", "2 24 0.0 33.33"],
        ["2 264 33.33 66.67", "3 264 0.0 33.33"],
    ]
    types = [" ".join(each.get_text(" ").split()) for each in shown.select(".types tbody tr")]
    assert types == [
        "Web hosting €60.00",
        "VPS €30.00 2 dates",
        "Domain name 1 date",
        "E-mail 1 date",
        "In all €90.00 3 dates",
    ]
    months = [str(each["data-month"]) for each in shown.select(".axis")[0].select("i")]
    assert months == ["11", "12", *map(str, range(1, 11))]


def test_it_follows_the_filters_of_the_table_and_leads_back(world: World, alice: FlaskClient) -> None:
    world.service(1, "vps.example", family="vps", ends_on=date(2027, 2, 1), anchor_day=1)
    assert list(rows(alice, "/calendar?type=vps")) == ["Feb 2027"]
    shown = alice.get("/calendar?type=vps&sort=name")
    assert "Of 1 service that your search and filters leave." in said(shown, "main")
    links = [str(each["href"]) for each in soup(shown).select("main a[href]")]
    assert links[0] == "/services?type=vps&sort=name" and "/calendar" in links
    (leads,) = [each["href"] for each in soup(alice.get("/services?type=vps")).select(".export a[href]")][:1]
    assert leads == "/calendar?type=vps"


def test_what_happens_is_listed_by_name(world: World, alice: FlaskClient) -> None:
    shown = soup(alice.get("/calendar"))
    (month,) = shown.select("details.month")
    assert " ".join(month.get_text(" ").split()).startswith("Dec 2026 1 date")
    assert " ".join(month.select("tbody tr")[0].get_text(" ").split()) == "shop.example 31 Dec 2026 debited €60.00"


def test_nobody_else_sees_it_and_where_nothing_lies_ahead_that_is_said(world: World, alice: FlaskClient) -> None:
    bob = world.client(world.account("Bob"))
    assert "Nothing lies ahead." in said(bob.get("/calendar"), "main") and rows(bob) == {}


def test_it_asks_the_same_of_the_database_however_much_lies_ahead(world: World, alice: FlaskClient) -> None:
    with statements(world.app) as before:
        alice.get("/calendar")
    for number in range(20):
        world.service(1, f"s{number}.example", period=MONTH)
    with statements(world.app) as after:
        alice.get("/calendar")
    assert len(before) == len(after)


def test_the_files_have_all_of_it(world: World, alice: FlaskClient) -> None:
    world.service(1, "manual.example", mode=Mode.MANUAL, ends_on=date(2027, 1, 15))
    file = alice.get("/calendar/export.csv").get_data(as_text=True).lstrip("\ufeff")
    assert list(csv.reader(StringIO(file))) == [
        ["Date", "What happens", "Type", "Service", "Reference", "Amount, tax included", "Currency"],
        ["2027-01-15", "expires unless it is renewed", "Web hosting", "manual.example", "S-manual.example", "", ""],
        ["2027-03-01", "is deleted", "Web hosting", "manual.example", "S-manual.example", "", ""],
        ["2026-12-31", "debited", "Web hosting", "shop.example", "S-shop.example", "60.00", "EUR"],
    ]
    sheet = load_workbook(BytesIO(alice.get("/calendar/export.xlsx?mode=automatic").data)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]][1:6] == ["debited", "Web hosting", "shop.example", "S-shop.example", 60]
    assert sheet.max_row == 2


def test_names_are_lost_when_their_endings_say(world: World, alice: FlaskClient) -> None:
    by_hand = {"family": "domain", "mode": Mode.MANUAL, "ends_on": date(2027, 1, 15)}
    for name in ("a.example", "b.fr", "c.unheard"):
        world.service(1, name, **by_hand)
    file = alice.get("/calendar/export.csv").get_data(as_text=True)
    deletions = [(row[0], row[3]) for row in csv.reader(StringIO(file)) if row[1] == "is deleted"]
    assert deletions == [("2027-02-26", "a.example"), ("2027-02-14", "b.fr")]


def test_a_file_names_more_services_than_the_page(world: World, alice: FlaskClient) -> None:
    for number in range(MOST_NAMED):
        world.service(1, f"s{number}.example")
    assert not soup(alice.get("/calendar")).select("details.month")
    file = alice.get("/calendar/export.csv").get_data(as_text=True)
    assert file.count("debited") == MOST_NAMED + 1
