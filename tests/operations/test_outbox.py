"""What is told to the world outside: after the commit, in order, again where it failed, and once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.domain import messages
from webapp.domain.actors import AUDITOR, MESSENGER
from webapp.domain.messages import PAUSES, BillToPay, MessageState, OrderPaid
from webapp.extensions import db
from webapp.models import Outbox
from webapp.operations.audit import audit
from webapp.operations.delivery import (
    Delivery,
    NeverTold,
    NobodyListens,
    NotTold,
    PerhapsTold,
    deliver,
    say_told,
    tell_again,
)
from webapp.operations.outbox import put
from webapp.operations.transaction import writing
from webapp.wiring import desk_for
from webapp.worker import HANDLERS


class Killed(BaseException):
    """The program was ended."""


@dataclass
class Listener:
    """Is told of paid orders, as long as nothing is amiss."""

    app: Flask
    clock: FixedClock
    heard: list[str] = field(default_factory=list)
    amiss: dict[str, BaseException] = field(default_factory=dict)
    hands: bool = False
    """Whether it hands messages over, so that telling one twice would do harm."""
    meanwhile: Callable[[], Any] = lambda: None
    """What happens before it does."""

    def tell(self, order: str, account: int) -> None:
        with self.app.app_context(), writing() as session:
            put(session, OrderPaid(order), account, desk_for(MESSENGER))

    def sweep(self, later: timedelta = timedelta(0), most: int = 50) -> bool:
        self.clock.move_to(self.clock.now() + later)
        with self.app.app_context():
            return deliver({OrderPaid.kind: self._hear}, desk_for(MESSENGER), most)

    def _hear(self, message: Delivery) -> None:
        self.meanwhile()
        if self.hands:
            message.handing()
        self.heard.append(f"{message.account_id} {message.key}")
        if trouble := self.amiss.get(message.facts["order"]):
            raise trouble


@pytest.fixture
def listener(app: Flask, clock: FixedClock, world: World) -> Listener:
    world.account("Alice"), world.account("Bob")
    return Listener(app, clock)


def states(world: World) -> list[tuple[str, int]]:
    return [(each.state.value, each.tries) for each in world.all(Outbox)]


def test_it_is_told_once(world: World, listener: Listener) -> None:
    listener.tell("A", 1)
    assert listener.sweep()
    assert not listener.sweep(timedelta(days=1))
    assert listener.heard == ["1 order-paid A"]
    (row,) = world.all(Outbox)
    assert (row.state, row.tries, row.reason, row.ended_at) == (MessageState.DONE, 1, "", row.due_at - PAUSES[0])


def test_the_same_is_not_to_be_told_twice(listener: Listener) -> None:
    listener.tell("A", 1)
    with pytest.raises(IntegrityError):
        listener.tell("A", 1)


def test_what_was_never_committed_is_never_told(world: World, listener: Listener) -> None:
    with listener.app.app_context(), pytest.raises(ZeroDivisionError), writing() as session:
        put(session, OrderPaid("A"), 1, desk_for(MESSENGER))
        raise ZeroDivisionError
    assert not listener.sweep() and world.all(Outbox) == []


def test_what_failed_is_told_again_after_growing_pauses_and_given_up_in_the_end(
    world: World, listener: Listener
) -> None:
    listener.tell("A", 1)
    listener.amiss["A"] = NotTold("the line is dead")
    for number, pause in enumerate(PAUSES, 1):
        assert listener.sweep()
        assert states(world) == [("waiting", number)]
        assert not listener.sweep(pause - timedelta(seconds=1))
        listener.clock.move_to(listener.clock.now() + timedelta(seconds=1))
    listener.sweep()
    (row,) = world.all(Outbox)
    assert (row.state, row.tries, row.reason) == (MessageState.FAILED, len(PAUSES) + 1, "NotTold: the line is dead")
    assert not listener.sweep(timedelta(days=1))
    with listener.app.app_context():
        told = audit(db.session(), desk_for(AUDITOR)).differences
    assert told == ["messages to the world outside: order-paid A: given up after 6 tries, NotTold: the line is dead"]


def test_what_can_never_be_told_is_given_up_at_once(world: World, listener: Listener) -> None:
    listener.tell("A", 1)
    listener.amiss["A"] = NeverTold("nobody lives there" * 20)
    listener.sweep()
    (row,) = world.all(Outbox)
    assert (row.state, row.tries, len(row.reason)) == (MessageState.FAILED, 1, 200)


def test_a_fault_of_a_handler_keeps_nobody_elses_messages_waiting(world: World, listener: Listener) -> None:
    listener.tell("A", 1)
    listener.tell("B", 2)
    listener.amiss["A"] = KeyError("a mistake")
    listener.sweep()
    assert states(world) == [("waiting", 1), ("done", 1)]
    del listener.amiss["A"]
    listener.sweep(PAUSES[0])
    assert states(world) == [("done", 2), ("done", 1)]


def test_an_account_is_told_in_order_also_where_the_first_one_failed(world: World, listener: Listener) -> None:
    for order in ("A", "B", "C"):
        listener.tell(order, 1)
    listener.amiss["A"] = NotTold("later")
    while listener.sweep():
        pass
    assert listener.heard == ["1 order-paid A"]
    del listener.amiss["A"]
    listener.sweep(PAUSES[0])
    while listener.sweep():
        pass
    assert listener.heard[1:] == ["1 order-paid A", "1 order-paid B", "1 order-paid C"]


def test_one_that_is_given_up_lets_the_next_one_pass(world: World, listener: Listener) -> None:
    listener.tell("A", 1)
    listener.tell("B", 1)
    listener.amiss["A"] = NeverTold("never")
    while listener.sweep():
        pass
    assert states(world) == [("failed", 1), ("done", 1)]


def test_whoever_is_killed_while_telling_leaves_it_to_be_told_again_under_the_same_key(
    world: World, listener: Listener
) -> None:
    listener.tell("A", 1)
    listener.amiss["A"] = Killed()
    with pytest.raises(Killed):
        listener.sweep()
    assert states(world) == [("waiting", 1)] and not listener.sweep()
    del listener.amiss["A"]
    listener.sweep(PAUSES[0])
    assert listener.heard == ["1 order-paid A"] * 2 and states(world) == [("done", 2)]


def test_whoever_is_killed_after_handing_it_over_leaves_one_that_was_perhaps_told(
    world: World, listener: Listener
) -> None:
    """Nobody but an operator tells that again, or says that it was."""
    listener.hands = True
    listener.tell("A", 1)
    listener.amiss["A"] = Killed()
    with pytest.raises(Killed):
        listener.sweep()
    assert states(world) == [("waiting", 1)]
    listener.sweep(PAUSES[0])
    assert not listener.sweep(timedelta(days=1))
    (row,) = world.all(Outbox)
    assert (row.state, row.reason) == (MessageState.UNSURE, "PerhapsTold: whoever handed it over was ended")
    assert listener.heard == ["1 order-paid A"]
    with listener.app.app_context():
        told = audit(db.session(), desk_for(AUDITOR)).differences
        why = "perhaps sent, PerhapsTold: whoever handed it over was ended"
        assert told == [f"messages to the world outside: order-paid A: {why}"]
        tell_again("order-paid A", desk_for(MESSENGER))
    del listener.amiss["A"]
    listener.sweep()
    assert states(world) == [("done", 1)] and listener.heard == ["1 order-paid A"] * 2


def test_an_answer_that_never_came_is_told_and_an_operator_knows_better(world: World, listener: Listener) -> None:
    listener.tell("A", 1)
    listener.amiss["A"] = PerhapsTold("the line broke")
    listener.sweep()
    assert states(world) == [("unsure", 1)]
    with listener.app.app_context():
        say_told("order-paid A")
        assert audit(db.session(), desk_for(AUDITOR)).differences == []
        for late in (say_told, lambda key: tell_again(key, desk_for(MESSENGER))):
            with pytest.raises(LookupError):
                late("order-paid A")


def test_what_was_handed_over_and_refused_for_now_is_told_again(world: World, listener: Listener) -> None:
    listener.hands = True
    listener.tell("A", 1)
    listener.amiss["A"] = NotTold("the disk is full")
    listener.sweep()
    del listener.amiss["A"]
    listener.sweep(PAUSES[0])
    assert states(world) == [("done", 2)]


def test_where_nobody_listens_all_wait_and_none_is_given_up(world: World, listener: Listener) -> None:
    for number in range(3):
        listener.tell(f"{number}", 1 + number % 2)
        listener.amiss[f"{number}"] = NobodyListens("the relay is away")
    for _minute in range(20):
        assert not listener.sweep(PAUSES[0])
    assert states(world) == [("waiting", 0)] * 3 and len(listener.heard) == 20
    listener.amiss.clear()
    while listener.sweep(PAUSES[0]):
        pass
    assert states(world) == [("done", 1)] * 3


def test_no_more_are_told_than_there_is_room_for(world: World, listener: Listener) -> None:
    for number in range(3):
        listener.tell(f"{number}", 1 + number % 2)
    assert not listener.sweep(most=0) and listener.sweep(most=1)
    assert sorted(states(world)) == [("done", 1), ("waiting", 0), ("waiting", 0)]


def test_who_is_late_to_hand_it_over_does_not(world: World, listener: Listener) -> None:
    """Somebody else took so long to be answered that it was begun again."""
    listener.hands = True
    listener.tell("A", 1)

    def meanwhile() -> None:
        listener.meanwhile = lambda: None
        listener.sweep(PAUSES[0])

    listener.meanwhile = meanwhile
    listener.sweep()
    assert listener.heard == ["1 order-paid A"] and states(world) == [("done", 2)]


def test_of_two_who_see_the_same_message_one_tells_it(world: World, listener: Listener) -> None:
    listener.tell("A", 1)
    heard: list[str] = []

    def meanwhile(message: Delivery) -> None:
        heard.append(message.key)
        listener.sweep()

    with listener.app.app_context():
        deliver({OrderPaid.kind: meanwhile}, desk_for(MESSENGER))
    assert heard == ["order-paid A"] and listener.heard == []


def test_what_nobody_knows_how_to_tell_waits(world: World, listener: Listener) -> None:
    listener.tell("A", 1)
    handlers: Mapping[str, Callable[[Delivery], Any]] = {}
    with listener.app.app_context():
        assert not deliver(handlers, desk_for(MESSENGER))
    assert states(world) == [("waiting", 0)]


def test_the_worker_knows_how_to_tell_every_kind() -> None:
    told = {each.kind for each in vars(messages).values() if isinstance(each, type) and hasattr(each, "kind")}
    assert HANDLERS.keys() == told and {OrderPaid.kind, BillToPay.kind} <= told
