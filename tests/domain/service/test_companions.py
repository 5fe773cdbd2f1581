"""Which services belong together, and why."""

import pytest

from tests.domain.cases import RULES
from webapp.domain.service.companions import Bond, Member, bond, companions, site_name

ALICE, BOB = 1, 2


def member(key: int, name: str, family: str = "hosting", *, owner: int = ALICE, parent: int | None = None) -> Member:
    return Member(key, name, RULES.families[family], owner, parent)


HOSTING = member(1, "Shop.example")
DOMAIN = member(2, "shop.example", "domain")
MAIL = member(3, "mail.shop.example", "email")
CERTIFICATE = member(4, "shop.example", "certificate", parent=1)
DATABASE = member(5, "db.shop.example", "database", parent=1)
FOREIGN = member(6, "shop.example", "domain", owner=BOB)
SERVER = member(7, "shop.example", "vps")
OTHER = member(8, "other.example", "domain")
ALL = (OTHER, SERVER, FOREIGN, DATABASE, CERTIFICATE, MAIL, DOMAIN, HOSTING)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (HOSTING, HOSTING, None),
        (HOSTING, DOMAIN, Bond.SAME_NAME),
        (DOMAIN, MAIL, Bond.SAME_NAME),
        (HOSTING, CERTIFICATE, Bond.INCLUDED),
        (CERTIFICATE, HOSTING, Bond.PARENT),
        (CERTIFICATE, DATABASE, Bond.SAME_PARENT),
        (CERTIFICATE, DOMAIN, None),
        (HOSTING, FOREIGN, None),
        (HOSTING, SERVER, None),
        (HOSTING, OTHER, None),
    ],
)
def test_the_bond_of_two(one: Member, other: Member, why: Bond | None) -> None:
    assert bond(one, other) is why


def test_the_closest_come_first() -> None:
    assert [each.member for each in companions(HOSTING, ALL)] == [DATABASE, CERTIFICATE, MAIL, DOMAIN]
    assert [each.bond for each in companions(CERTIFICATE, ALL)] == [Bond.PARENT, Bond.SAME_PARENT]


@pytest.mark.parametrize("name", ["shop.example", "SHOP.example", "www.shop.example", "mail.shop.example"])
def test_one_site_has_one_name(name: str) -> None:
    assert site_name(name) == "shop.example"
