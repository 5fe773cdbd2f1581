"""Who acts, and how an event keeps it."""

import pytest

from webapp.domain.actors import AUDITOR, LONGEST, ORDERS, PAYMENTS, Actor, Engine, Key, Operator, Person, read, stored

PEOPLE = [Person(7), Person(7, "Jane Doe, ACME"), Operator("Jane Doe")]
ACTORS = [*PEOPLE, PAYMENTS, ORDERS, AUDITOR, Key("panel one"), Engine("")]


@pytest.mark.parametrize("actor", ACTORS, ids=stored)
def test_whoever_acts_is_read_as_they_were_stored(actor: Actor) -> None:
    account_id = actor.account_id if isinstance(actor, Person) else None
    assert read(stored(actor), account_id) == actor
    assert len(stored(actor)) <= LONGEST


@pytest.mark.parametrize(("text", "account_id"), [("person", None), ("", 7), ("somebody", 7), ("Engine x", None)])
def test_nobody_else_is_read(text: str, account_id: int | None) -> None:
    with pytest.raises(ValueError, match="nobody"):
        read(text, account_id)
