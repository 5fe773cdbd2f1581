"""Batches beside batches, clicks and imports: nothing is lost, nothing is done twice, each row tells the truth."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from flask import Flask

from tests.confirming import looked_at
from tests.operations.inventory.inventory import ACCOUNT, PRODUCT, SERVICE, Inventory
from tests.operations.test_races import at_once
from tests.world import World
from webapp.domain.batches.kinds import BatchAction
from webapp.domain.batches.states import RowState
from webapp.domain.events import EventKind
from webapp.domain.listing.table import Table
from webapp.domain.service.service import Mode
from webapp.models import Account, BatchRow, Event, Listing, Service
from webapp.operations.batches.begin import begin
from webapp.operations.batches.decide import confirm
from webapp.operations.batches.pace import carry_on
from webapp.operations.listing.matching import Viewer
from webapp.operations.renewal.configure import configure_renewal
from webapp.wiring import desk_of, now

SIZE = 120
DISABLE, ENABLE = BatchAction.DISABLE_AUTOMATIC, BatchAction.ENABLE_AUTOMATIC


def services(world: World) -> int:
    alice = world.account("Alice")
    world.card(alice)
    for number in range(SIZE):
        world.service(alice, f"srv-{number}", mode=Mode.AUTOMATIC if number % 2 else Mode.MANUAL)
    return alice


def confirmed(app: Flask, account: int, action: BatchAction) -> Callable[[], bool]:
    """A batch over everything that waits to be worked through."""
    with app.app_context():
        viewer = Viewer(desk_of(account), "none", now().date(), ())
        batch = begin(action, Table(), viewer)
        carry_on(batch, desk_of, seconds=60, rest=lambda took: None)
        confirm(batch, (), viewer.desk)
    return lambda: carry_on(batch, desk_of, seconds=60)


def consistent(world: World) -> None:
    """Versions count the changes, the last event is the present state, and every done row has its one event."""
    events = world.all(Event)
    last = {event.service_id: event.facts for event in events if event.kind is EventKind.RENEWAL_CONFIGURED}
    counted = Counter(event.service_id for event in events if event.kind is not EventKind.IMPORTED)
    for service in world.all(Service):
        assert service.version == 1 + counted[service.id]
        if service.id in last:
            assert service.mode == last[service.id].new.mode  # type: ignore[union-attr]
    listed = {row.service_id: row.mode for row in world.all(Listing)}
    assert listed == {service.id: service.mode for service in world.all(Service)}
    done = Counter((row.batch_id, row.service_id) for row in world.all(BatchRow) if row.state is RowState.DONE)
    assert done == Counter((event.batch_id, event.service_id) for event in events if event.batch_id)
    assert {row.state for row in world.all(BatchRow)} <= {RowState.DONE, RowState.REFUSED, RowState.CHANGED}


def test_two_batches_over_the_same_services(app: Flask, world: World) -> None:
    alice = services(world)
    at_once(app, *(confirmed(app, alice, action) for action in (DISABLE, DISABLE, ENABLE)))
    consistent(world)
    states = Counter(row.state for row in world.all(BatchRow))
    assert states[RowState.DONE] == SIZE
    assert states[RowState.CHANGED] == SIZE // 2


def test_one_batch_worked_on_by_several(app: Flask, world: World) -> None:
    work = confirmed(app, services(world), DISABLE)
    at_once(app, *[work] * 4)
    consistent(world)
    assert len(world.all(Event)) == SIZE // 2


def test_a_batch_against_single_clicks(app: Flask, world: World) -> None:
    alice = services(world)
    work = confirmed(app, alice, DISABLE)

    def click(number: int) -> Callable[[], object]:
        with app.app_context():
            command = looked_at(f"S-srv-{number}", "P1M", desk_of(alice))
        return lambda: configure_renewal(command, desk_of(alice))

    clicks = [click(number) for number in range(1, 13, 2)]
    at_once(app, work, *clicks)
    consistent(world)


def test_a_batch_against_an_import(app: Flask, world: World, tmp_path: Path) -> None:
    inventory = Inventory(tmp_path)
    rows = [SERVICE | {"reference": f"s-{number}", "name": f"srv-{number}.example"} for number in range(SIZE)]
    with app.app_context():
        inventory.rows("products", PRODUCT)
        inventory.rows("accounts", ACCOUNT)
        inventory.rows("services", *rows)
    work = confirmed(app, world.all(Account)[0].id, DISABLE)
    renamed = [row | {"display_name": f"New {row['name']}"} for row in rows]
    at_once(app, work, lambda: inventory.rows("services", *renamed))
    consistent(world)
    assert {service.display_name for service in world.all(Service)} == {row["display_name"] for row in renamed}
    assert {service.mode for service in world.all(Service)} == {Mode.MANUAL}
