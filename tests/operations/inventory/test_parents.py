"""Services that come with another one."""

from sqlalchemy import select

from webapp.extensions import db
from webapp.models import Event, Service

from .inventory import SERVICE, Inventory

PARENT = SERVICE | {"parent": ""}
CHILD = {
    "reference": "s-2",
    "name": "certificate",
    "product": "mail",
    "parent": "s-1",
    "owner": "alice",
    "kind": "included",
    "state": "active",
    "price": "0",
    "currency": "EUR",
}


def parents() -> dict[str, str | None]:
    """Reference to the reference of the service it comes with."""
    db.session.expire_all()
    references = {service.id: service.reference for service in db.session.scalars(select(Service))}
    return {
        service.reference: service.parent_id and references[service.parent_id]
        for service in db.session.scalars(select(Service))
    }


def test_one_comes_with_another_of_the_same_file(stock: Inventory) -> None:
    stock.rows("services", PARENT, CHILD)
    assert parents() == {"s-1": None, "s-2": "s-1"}
    assert stock.rows("services", PARENT, CHILD).unchanged == 2


def test_one_comes_with_another_of_an_earlier_file(stock: Inventory) -> None:
    stock.rows("services", PARENT)
    stock.rows("services", CHILD)
    assert parents() == {"s-1": None, "s-2": "s-1"}


def test_it_can_be_given_taken_away_and_is_told_of(stock: Inventory) -> None:
    stock.rows("services", PARENT, CHILD | {"parent": ""})
    stock.rows("services", CHILD)
    assert parents()["s-2"] == "s-1"
    stock.rows("services", CHILD | {"parent": ""})
    assert parents()["s-2"] is None
    told = [(event.old, event.new) for event in db.session.scalars(select(Event).order_by(Event.id)).all()[2:]]
    assert [(old["parent"], new["parent"]) for old, new in told] == [(None, "s-1"), ("s-1", None)]


def test_a_bundle_moves_to_another_owner_together(stock: Inventory) -> None:
    stock.rows("services", PARENT, CHILD)
    stock.rows("services", CHILD | {"owner": "bob"}, PARENT | {"owner": "bob"})
    assert parents() == {"s-1": None, "s-2": "s-1"}


def test_what_cannot_be_is_refused_with_its_reason(stock: Inventory) -> None:
    stock.rows("services", PARENT | {"reference": "s-0"}, PARENT, CHILD)
    cases = {
        "a service does not come with itself": PARENT | {"parent": "s-1"},
        "that service comes with s-1 itself": CHILD | {"reference": "s-3", "parent": "s-2"},
        "that service belongs to alice": CHILD | {"reference": "s-3", "owner": "bob"},
        "it stands before it or was imported earlier": CHILD | {"parent": "nowhere"},
        "“s-2” would belong to another owner than “s-1”": PARENT | {"owner": "bob"},
        "“s-2” would come with “s-1”, which comes with another one itself": PARENT | {"parent": "s-0"},
    }
    for says, row in cases.items():
        assert [says in line for line in stock.refused("services", row)] == [True], says
    assert parents() == {"s-0": None, "s-1": None, "s-2": "s-1"}
