from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.markup import found, htmx, names, said, soup
from tests.world import World
from webapp.domain.periods import Period
from webapp.domain.service.service import Availability, Mode, Suspension


@pytest.fixture
def alice(world: World) -> FlaskClient:
    """Five services, each of them different in every column."""
    key = world.account("Alice")
    world.card(key)
    world.service(key, "beta.example", family="domain", ends_on=date(2026, 12, 20), price_minor=1000)
    world.service(
        key, "srv-10", family="vps", mode=Mode.MANUAL, period=Period(1), ends_on=date(2026, 11, 28), price_minor=4000
    )
    world.service(
        key,
        "srv-9",
        display_name="Été à la plage",
        family="hosting",
        amount_due_minor=2400,
        billed_on=date(2026, 11, 20),
        price_minor=2000,
    )
    world.service(
        key,
        "mail.example",
        family="email",
        availability=Availability.SUSPENDED,
        suspension=Suspension.POLICY,
        suspended_on=date(2026, 11, 1),
        price_minor=3000,
    )
    world.service(key, "old.example", family="domain", availability=Availability.TERMINATED, price_minor=500)
    return world.client(key)


BY_DATE = ["mail.example", "Été à la plage", "srv-10", "beta.example", "old.example"]
ORDERS = {
    "date": BY_DATE,
    "-date": ["beta.example", "srv-10", "Été à la plage", "mail.example", "old.example"],
    "name": ["beta.example", "Été à la plage", "mail.example", "old.example", "srv-10"],
    "-name": ["srv-10", "old.example", "mail.example", "Été à la plage", "beta.example"],
    "type": ["beta.example", "old.example", "mail.example", "srv-10", "Été à la plage"],
    "-type": ["Été à la plage", "srv-10", "mail.example", "old.example", "beta.example"],
    "availability": ["beta.example", "Été à la plage", "srv-10", "mail.example", "old.example"],
    "-availability": ["old.example", "mail.example", "srv-10", "Été à la plage", "beta.example"],
    "status": ["old.example", "Été à la plage", "mail.example", "srv-10", "beta.example"],
    "-status": ["beta.example", "srv-10", "mail.example", "Été à la plage", "old.example"],
    "price": ["beta.example", "Été à la plage", "mail.example", "srv-10", "old.example"],
    "-price": ["srv-10", "mail.example", "Été à la plage", "beta.example", "old.example"],
}


@pytest.mark.parametrize("sort", ORDERS)
def test_every_column_sorts_both_ways(alice: FlaskClient, sort: str) -> None:
    response = alice.get(f"/services?sort={sort}")
    assert names(response) == ORDERS[sort]
    (header,) = soup(response).select("th[aria-sort]")
    assert header["aria-sort"] == ("descending" if sort.startswith("-") else "ascending")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=ETE", ["Été à la plage"]),
        ("q=s-srv-1", ["srv-10"]),
        ("q=ssrv1", ["srv-10"]),
        ("q=S-MAILEXAMPLE", []),
        ("q=plage+été", ["Été à la plage"]),
        ("q=ete-a-la", ["Été à la plage"]),
        ("q=plage+srv-9", ["Été à la plage"]),
        ("q=plage+beta", []),
        ("q=-", BY_DATE),
        ("q=%25", []),
        ("q=mail.example,+S-BETA.example%3B+nothing", ["mail.example", "beta.example"]),
        ("type=domain&type=vps", ["srv-10", "beta.example", "old.example"]),
        ("type=domain&availability=active", ["beta.example"]),
        ("status=suspended&status=terminated", ["mail.example", "old.example"]),
        ("mode=manual", ["srv-10"]),
        ("due=overdue", ["mail.example", "Été à la plage"]),
        ("due=week", ["srv-10"]),
        ("due=month", ["srv-10", "beta.example"]),
        ("due=week&due=overdue", ["mail.example", "Été à la plage", "srv-10"]),
        ("from=2026-12-01&to=31/12/2026", ["beta.example"]),
        ("bill=unpaid", ["Été à la plage"]),
        ("role=billing&role=admin", BY_DATE),
    ],
)
def test_filters_narrow_and_their_values_widen(alice: FlaskClient, query: str, expected: list[str]) -> None:
    assert names(alice.get(f"/services?{query}")) == expected


def test_active_filters_stand_above_the_table_each_with_its_own_way_out(alice: FlaskClient) -> None:
    response = alice.get("/services?type=domain&type=vps&bill=unpaid&sort=name")
    chips = {" ".join(chip.get_text(" ").split()): chip["href"] for chip in soup(response).select(".chips a")}
    assert chips == {
        "Remove the filter Type: Domain name ×": "/services?type=vps&bill=unpaid&sort=name",
        "Remove the filter Type: VPS ×": "/services?type=domain&bill=unpaid&sort=name",
        "Remove the filter With a bill to pay ×": "/services?type=domain&type=vps&sort=name",
        "Clear all": "/services?sort=name",
    }


def test_the_summary_counts_and_adds_up_what_matches(alice: FlaskClient) -> None:
    """Debited within 30 days: 10.00 net, 12.00 with tax; the manual service is not debited."""
    text = said(alice.get("/services"), ".summary").replace("\xa0", " ")
    assert text == "Services 5 Debited within 30 days €12.00 tax included"
    assert "nothing due" in said(alice.get("/services?type=vps"), ".summary")


def test_dates_and_money_can_be_read_by_machines(alice: FlaskClient) -> None:
    row = found(alice.get("/services?q=beta"), "tbody tr")
    assert [str(time["datetime"]) for time in row.select("time")] == ["2026-12-20"]
    assert [str(data["value"]) for data in row.select("data")] == ["12.00"]


def test_french_writes_dates_and_money_its_own_way(world: World) -> None:
    key = world.account("Amélie", language="fr", handle="amelie", email="amelie@people.example")
    world.service(key, "beta.example", price_minor=123400)
    text = said(world.client(key).get("/services"), "tbody tr").replace("\u202f", " ").replace("\xa0", " ")
    assert "31 déc. 2026" in text
    assert "1 480,80 €" in text


def test_pages_follow_each_other_without_gap(world: World) -> None:
    key = world.account("Alice")
    for number in range(60):
        world.service(key, f"srv-{number}")
    client = world.client(key)
    seen = [names(client.get(f"/services?sort=name&page={page}")) for page in (1, 2, 3)]
    assert [len(page) for page in seen] == [25, 25, 10]
    assert [name for page in seen for name in page] == [f"srv-{number}" for number in range(60)]
    assert len(names(client.get("/services?size=50"))) == 50


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("sort=__class__", "“__class__” cannot be used for “Order” and was ignored."),
        ("page=abc", "“abc” cannot be used for “Page”"),
        ("size=7", "“7” cannot be used for “Rows per page”"),
        ("type=spaceship", "“spaceship” cannot be used for “Type”"),
        ("from=2026-02-30", "“2026-02-30” cannot be used for “From”"),
        ("page=99", "There is no page 99: this is the last one, page 1."),
        ("q=" + "x" * 5000, "The list is too long"),
        ("q=%00", "cannot be used for “Search”"),
        ("from=2026-12-02&to=2026-12-01&page=x", "The first day is after the last one"),
    ],
)
def test_a_strange_address_still_gives_a_table_and_says_what_it_left_out(
    alice: FlaskClient, query: str, message: str
) -> None:
    response = alice.get(f"/services?{query}")
    assert response.status_code == 200
    assert message in said(response, "#results")
    assert len(names(response)) == (0 if "to=" in query else 5)


@pytest.mark.parametrize("path", ["/services", "/invoices"])
@pytest.mark.parametrize(("typed", "kind"), [("2026-02-30", "text"), ("1/2/26", "text"), ("2026-02-28", "date")])
def test_what_is_no_day_stays_in_its_field(alice: FlaskClient, path: str, typed: str, kind: str) -> None:
    """A field for days would drop it."""
    field = found(alice.get(path, query_string={"from": typed}), "#from")
    assert (field["value"], field["type"]) == (typed, kind)


def test_names_of_a_pasted_list_that_are_nobodys_are_named(alice: FlaskClient) -> None:
    response = alice.get("/services?q=mail.example+nothing.example+beta.example+gone.example")
    assert names(response) == ["mail.example", "beta.example"]
    assert "2 names of the list are not among your services: nothing.example" in said(response, ".warning")


def test_a_name_of_somebody_else_in_a_pasted_list_is_nobodys(alice: FlaskClient, world: World) -> None:
    """Neither shown nor told apart from a name that nobody has, by its name or by its reference."""
    world.service(world.account("Mallory"), "secret.example", reference="S-secret")
    for theirs in ("secret.example", "S-secret", "never.example"):
        response = alice.get(f"/services?q=mail.example+{theirs}+beta.example")
        assert names(response) == ["mail.example", "beta.example"]
        assert f"not among your services: {theirs.lower()}" in said(response, ".warning")


def test_several_words_are_a_search_and_no_list(alice: FlaskClient) -> None:
    response = alice.get("/services?q=ete+a+la")
    assert names(response) == ["Été à la plage"]
    assert not soup(response).select(".warning")


def test_bytes_that_are_no_text_are_searched_as_they_were_sent(alice: FlaskClient) -> None:
    assert "Search: %FF%FE" in said(alice.get("/services?q=%FF%FE"), "#results")


def test_a_date_that_cannot_be_read_stays_in_its_field(alice: FlaskClient) -> None:
    assert found(alice.get("/services?from=tomorrow"), "#from")["value"] == "tomorrow"


def test_nothing_that_matches_offers_a_way_out(alice: FlaskClient) -> None:
    response = alice.get("/services?q=zzz&sort=name")
    assert "No service matches" in said(response, ".empty")
    assert found(response, "#clear-empty")["href"] == "/services?sort=name"


def test_a_new_customer_is_told_what_will_be_here(world: World) -> None:
    assert "You have no services yet" in said(world.client(world.account()).get("/services"), ".empty")


def test_nobody_sees_the_services_of_others(alice: FlaskClient, world: World) -> None:
    assert names(world.client(world.account("Charlie")).get("/services")) == []


def test_money_is_for_the_billing_contact_alone(world: World) -> None:
    alice, bob = world.account("Alice"), world.account("Bob")
    world.service(alice, "shared.example", technical_id=bob, amount_due_minor=9900, billed_on=date(2026, 11, 1))
    response = world.client(bob).get("/services")
    assert names(response) == ["shared.example"]
    assert soup(response).select("data") == []
    assert "the billing contact has to pay" in said(response, "tbody tr")


def test_a_fragment_is_the_region_that_was_asked_for(alice: FlaskClient) -> None:
    region = alice.get("/services?q=srv-10&sort=name", headers=htmx("results"))
    assert names(region) == ["srv-10"]
    page = soup(region)
    assert not page.select("html")
    assert page.select("#results")
    assert not page.select("#filters")
    assert page.select("title")[0].get_text().startswith("My services: 1 service")
    assert region.headers["HX-Push-Url"] == "/services?q=srv-10&sort=name"
    assert "HX-Request" in region.headers["Vary"]


@pytest.mark.parametrize("target", ["unknown", ""])
def test_anyone_else_gets_the_whole_page(alice: FlaskClient, target: str) -> None:
    assert soup(alice.get("/services", headers=htmx(target))).select("html")


def test_a_restored_history_entry_is_a_whole_page(alice: FlaskClient) -> None:
    headers = {"HX-History-Restore-Request": "true", "HX-Request-Type": "full"}
    assert soup(alice.get("/services", headers=headers)).select("html")


def test_the_page_says_nothing_about_what_a_name_contains(world: World) -> None:
    key = world.account()
    world.service(key, "x.example", display_name="<script>alert(1)</script>{{7*7}}")
    response = world.client(key).get("/services?q=<script>")
    assert names(response) == ["<script>alert(1)</script>{{7*7}}"]
    assert b"<script>alert" not in response.data


LARGEST_ROW = 1_100
"""Bytes of HTML, uncompressed."""


def test_a_row_offers_what_matters_first_and_leads_to_the_rest(alice: FlaskClient, world: World) -> None:
    row = soup(alice.get("/services")).select_one("#row-1")
    links = {link.get_text(): link["href"] for link in row.select(".actions a")}  # type: ignore[union-attr]
    assert links == {
        "Configure": "/services/S-beta.example/renewal",
        "⋯": "/services/S-beta.example/actions",
    }
    assert not soup(alice.get("/services")).select("#row-3 a[href$='/renewal']")


def test_the_page_of_actions_says_why_one_is_refused(alice: FlaskClient) -> None:
    response = alice.get("/services/S-srv-9/actions?back=sort%3Dname")
    assert "Configure renewal – A bill for this service must be paid first." in said(response, ".actions-list")
    assert found(response, ".back a")["href"] == "/services?sort=name#row-3"
    links = [link["href"] for link in soup(response).select("li a")]
    assert links == [f"/services/S-srv-9{page}?back=sort%3Dname" for page in ("/pay", "/cancel", "")]


def test_the_menu_of_a_row_comes_without_the_page(alice: FlaskClient) -> None:
    response = alice.get("/services/S-srv-9/actions", headers=htmx("row-menu"))
    assert {item.name for item in soup(response).find_all(recursive=False)} == {"li"}


def test_a_stranger_finds_no_actions(alice: FlaskClient, world: World) -> None:
    assert world.client(world.account("Charlie")).get("/services/S-srv-9/actions").status_code == 404


@pytest.mark.parametrize("stored", ["café.example", "xn--caf-dma.example"])
@pytest.mark.parametrize(
    "typed", ["café.example", "cafe.example", "xn--caf-dma.example", "café.example, other.example"]
)
def test_an_internationalised_name_is_found_however_it_is_written(world: World, stored: str, typed: str) -> None:
    alice = world.account("Alice")
    world.service(alice, stored)
    assert names(world.client(alice).get("/services", query_string={"q": typed})) == [stored]


def test_under_a_filter_the_totals_say_so_and_what_is_owed_is_told_all_the_same(world: World) -> None:
    alice = world.account("Alice")
    world.card(alice)
    world.service(alice, "soon.example", ends_on=date(2026, 12, 1), anchor_day=1)
    world.service(alice, "owing.example", amount_due_minor=2400, billed_on=date(2026, 11, 1))
    client = world.client(alice)
    words = said(client.get("/services?q=soon"), "#summary")
    assert "Services in this list 1" in words
    assert "€60.00 tax included, in this list" in words
    assert "1 service has a bill to pay €24.00" in words
    assert "in this list" not in said(client.get("/services"), "#summary")


def test_without_a_method_nothing_is_said_to_be_debited(world: World) -> None:
    alice = world.account("Alice")
    world.service(alice, "soon.example", ends_on=date(2026, 12, 1), anchor_day=1)
    client = world.client(alice)
    assert "Billed within 30 days €60.00" in said(client.get("/services"), "#summary")
    world.card(alice, expires_on=date(2026, 11, 1))
    assert "Billed within 30 days €60.00" in said(client.get("/services"), "#summary")
