"""The inventory of the demo lives for 400 days, and everything that happens is what another program says."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast.conftest import signed_in
from tests.markup import post, soup
from tests.operations.lifecycle.days import Days
from tests.oracle.oracle import Held, Payer, Wishes, months_later
from tests.oracle.program import Bank, live_and_compare
from webapp.adapters.clock import FixedClock
from webapp.demo.inventory import (
    ACCOUNTS_FILE,
    PRODUCTS_FILE,
    SERVICE_COLUMNS,
    SERVICES_FILE,
    told_services,
    write,
    write_inventory,
)
from webapp.demo.people import PEOPLE
from webapp.demo.products import PRODUCTS
from webapp.domain.actors import INVENTORY
from webapp.extensions import db
from webapp.models import Account
from webapp.operations.inventory import import_accounts, import_products, import_services
from webapp.wiring import desk_for, rules

FIRST = date(2026, 11, 24)
LARGE, SOME = "demo-large", 60
"""Of so many services of the large account the check tries what happens to them."""
KEPT = {"domain": 42, "hosting": 45, "vps": 30, "dedicated": 7, "email": 14, "database": 45, "cloud": 30}
"""Days between suspension and deletion, by family; nothing else is ever deleted. All names end as examples do."""
GRACE, FEES, AHEAD = 7, {"EUR": 6000, "CAD": 9000}, 120
TAXES = {
    "FR": (Fraction(20, 100),),
    "DE": (Fraction(19, 100),),
    "QC": (Fraction(5, 100), Fraction(9975, 100_000)),
}
CURRENCIES = {"FR": "EUR", "DE": "EUR", "QC": "CAD"}
Row = Mapping[str, str]


def rows_of(folder: Path, *, whole: bool) -> Iterator[Row]:
    seen = 0
    for row in told_services(folder):
        seen += row["owner"] == LARGE
        if whole or row["owner"] != LARGE or seen <= SOME:
            yield row


def payer_of(handle: str, random: Random, length: int) -> Payer:
    person = PEOPLE[handle]
    method, seller = person.method, f"{person.portal}-{CURRENCIES[person.portal]}"
    pays_on, renews_on = (
        frozenset(FIRST + timedelta(days=random.randrange(length)) for _time in range(4)) for _evenings in range(2)
    )
    debited = "good" if method and method.reference else None
    expires = months_later(FIRST, method.months + 1, 1) if method and method.months is not None else None
    return Payer(handle, debited, expires, pays_on=pays_on, renews_on=renews_on, seller=seller)


def held_of(row: Row) -> Held:
    portal = PEOPLE[row["owner"]].portal
    family = PRODUCTS[row["product"]].family
    its = Held(
        row["reference"],
        row["mode"] == "automatic",
        _months(row["period"]),
        int(row["anchor"]),
        date.fromisoformat(row["expiry"]),
        _minor(row["price"]),
        None if row["suspension"] == "policy" else KEPT.get(family),
        GRACE if family == "domain" else None,
        None if row["name"].endswith("shop.example") else FEES[CURRENCIES[portal]],
        AHEAD if family == "domain" else None,
        _day(row["cancellation"]),
        TAXES[portal],
        row["state"],
        suspended=_day(row["suspended"]),
        is_name=family == "domain",
        others=_others(row),
    )
    if row["bill"]:
        its.owed, its.billed = _minor(row["bill"]), _day(row["billed"])
        its.given = its.end > FIRST
        its.term_billed = None if its.given else months_later(its.end, its.months, its.anchor)
    return its


def _others(row: Row) -> Mapping[str, frozenset[str]]:
    roles = {role: row[role] or row["owner"] for role in ("owner", "admin", "technical", "billing")}
    names = set(roles.values()) - {roles["billing"]}
    return {name: frozenset(role for role, whose in roles.items() if whose == name) for name in names}


def _months(period: str) -> int:
    return int(period.removeprefix("P").removesuffix("M"))


def _minor(amount: str) -> int:
    whole, _point, hundredths = amount.partition(".")
    return int(whole) * 100 + int(hundredths or 0)


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


def payers_of(folder: Path, *, length: int) -> dict[str, Payer]:
    """By their handles; what has no term is nobody's business."""
    random = Random(length)
    payers = {handle: payer_of(handle, random, length) for handle in PEOPLE}
    with (folder / SERVICES_FILE).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["expiry"] and row["state"] in ("active", "suspended"):
                payers[row["billing"] or row["owner"]].services.append(held_of(row))
    return payers


def wished(random: Random, *, nothing: bool) -> dict[str, str | list[str]]:
    """What somebody sends who makes up their mind; ``nothing`` is whoever switches off all that can be."""
    if nothing:
        return {}
    as_contact = [f"{role} {topic}" for role in ("owner", "admin", "technical") for topic in ("ahead", "losses")]
    days = sorted(random.sample(range(1, 60), random.randrange(3)))
    paid = ["paid"] if random.random() < 0.5 else []
    wishes = random.sample(as_contact, random.randrange(len(as_contact) + 1))
    return {"wanted": paid, "as": wishes, "days": ", ".join(map(str, days)), "pace": "together"}


def chosen(app: Flask, account: int, wishes: Mapping[str, str | list[str]]) -> Wishes:
    """What the account’s page says afterwards."""
    client = signed_in(app, account)
    assert post(client, "/account/notifications", wishes).status_code == 303
    page = soup(client.get("/account/notifications"))
    ticked = {str(each["value"]) for each in page.select("input[type=checkbox][checked]")}
    days = str(page.select_one("#days")["value"])
    as_contact = frozenset(each for each in ticked if " " in each)
    return Wishes("paid" in ticked, as_contact, tuple(int(day) for day in days.split(", ") if day))


def test_what_happens_to_the_demo_is_what_another_program_says(
    request: pytest.FixtureRequest, app: Flask, clock: FixedClock, tmp_path: Path
) -> None:
    days, length = Days(app, clock, Bank()), 400
    days.move_to(FIRST, hour=6)
    with app.app_context():
        write_inventory(tmp_path, today=FIRST, rules=rules())
        rows = list(rows_of(tmp_path, whole=request.config.getoption("--whole")))
        write(tmp_path / SERVICES_FILE, SERVICE_COLUMNS, rows)
        desk = desk_for(INVENTORY)
        import_products(tmp_path / PRODUCTS_FILE, desk)
        import_accounts(tmp_path / ACCOUNTS_FILE, desk)
        import_services(tmp_path / SERVICES_FILE, desk)
        keys = {row.handle: row.id for row in db.session.execute(select(Account.handle, Account.id))}
    payers, random = payers_of(tmp_path, length=length), Random(length)
    for number, handle in enumerate(sorted(payers)):
        payers[handle].wishes = chosen(app, keys[handle], wished(random, nothing=number % 4 == 0))
    live_and_compare(days, {keys[handle]: payer for handle, payer in payers.items()}, FIRST, length)
