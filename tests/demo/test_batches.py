"""Over the whole cast: a batch accepts exactly what the single action accepts, and refuses with the same reason."""

import sqlite3
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.confirming import aligning_looked_at, leaving_looked_at, looked_at, renewing_looked_at, returning_looked_at
from tests.demo.conftest import NOON
from webapp import create_app
from webapp.adapters import Adapters
from webapp.adapters.clock import FixedClock
from webapp.domain.batches.kinds import OFFERED, BatchAction
from webapp.domain.batches.states import RowState
from webapp.domain.listing.table import Table
from webapp.domain.refusals import Refused
from webapp.domain.service.actions import Action
from webapp.extensions import db
from webapp.models import Account, BatchRow, Listing, Price, Service
from webapp.operations.batches.begin import begin
from webapp.operations.batches.decide import batch_of, confirm, demanded
from webapp.operations.batches.pace import carry_on
from webapp.operations.desk import Desk
from webapp.operations.listing.matching import Viewer
from webapp.operations.renewal.align import align_service
from webapp.operations.renewal.cancel import cancel_service
from webapp.operations.renewal.configure import configure_renewal
from webapp.operations.renewal.renew import order_renewal
from webapp.operations.renewal.undo import undo_cancellation
from webapp.settings import Settings
from webapp.wiring import desk_of

LARGE = "demo-large@demo.example"
AGREED = ("qc-1753",)
DAY = 31
"""On which some renew already, and others end this time although they are counted from another one."""
Outcomes = dict[tuple[int, str], str]
"""By account and reference: ``done``, or the code of the refusal."""


def copy_of(demo_app: Flask, folder: Path) -> Flask:
    """The same demo once more, to be changed."""
    source = demo_app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")
    with sqlite3.connect(source) as connection:
        connection.execute("VACUUM INTO ?", (str(folder / "echeance.sqlite3"),))
    return create_app(Settings(var=folder), Adapters(clock=FixedClock(NOON)))


def held() -> list[tuple[int, str]]:
    """Every account of the cast with each of its services; the large one says nothing that the others do not."""
    query = (
        select(Listing.account_id, Service.reference)
        .join(Service, Service.id == Listing.service_id)
        .join(Account, Account.id == Listing.account_id)
        .where(Account.email != LARGE)
        .order_by(Listing.account_id, Service.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def by_batches(action: BatchAction) -> Outcomes:
    """One batch over everything that each account holds."""
    outcomes: Outcomes = {}
    for account_id in dict.fromkeys(account_id for account_id, _reference in held()):
        viewer = Viewer(desk_of(account_id), "none", NOON.date(), ())
        batch_id = begin(action, Table(), viewer, day=DAY if action is BatchAction.ALIGN else None)
        carry_on(batch_id, desk_of, seconds=60, rest=lambda took: None)
        assert demanded(db.session(), batch_of(db.session(), batch_id, viewer.desk)) <= set(AGREED)
        confirm(batch_id, AGREED, viewer.desk)
        carry_on(batch_id, desk_of, seconds=60, rest=lambda took: None)
        rows = db.session.execute(
            select(Service.reference, BatchRow.state, BatchRow.reason)
            .join(Service, Service.id == BatchRow.service_id)
            .where(BatchRow.batch_id == batch_id)
        )
        for reference, state, reason in rows:
            assert state in (RowState.DONE, RowState.ORDERED, RowState.REFUSED)
            outcomes[account_id, reference] = reason if state is RowState.REFUSED else "done"
    return outcomes


def one_by_one(action: BatchAction) -> Outcomes:
    return {(account_id, reference): _alone(action, reference, desk_of(account_id)) for account_id, reference in held()}


def _alone(action: BatchAction, reference: str, desk: Desk) -> str:
    if action in DECLARED:
        return _declared(action, reference, desk)
    if action is BatchAction.RENEW:
        return _ordered(reference, desk)
    if action is BatchAction.ALIGN:
        return _aligned(reference, desk)
    command = looked_at(reference, _choice(action, reference), desk, agreed=AGREED)
    try:
        return "done" if configure_renewal(command, desk) else "already-so"
    except Refused as refused:
        return refused.refusal.code


def _declared(action: BatchAction, reference: str, desk: Desk) -> str:
    try:
        if action is BatchAction.CANCEL:
            declared = cancel_service(leaving_looked_at(reference, desk), desk)
        else:
            declared = undo_cancellation(returning_looked_at(reference, desk), desk)
    except Refused as refused:
        return refused.refusal.code
    return "done" if declared.new else "already-so"


def _ordered(reference: str, desk: Desk) -> str:
    """For the period that it has."""
    service = db.session.scalars(select(Service).where(Service.reference == reference)).one()
    action = Action.ANTICIPATE if service.mode == "automatic" else Action.RENEW
    command = renewing_looked_at(reference, str(service.period or "P12M"), desk, action=action)
    try:
        order_renewal(command, desk)
    except Refused as refused:
        return refused.refusal.code
    return "done"


def _aligned(reference: str, desk: Desk) -> str:
    try:
        moved = align_service(aligning_looked_at(reference, DAY, desk), desk, None)
    except Refused as refused:
        return refused.refusal.code
    return "done" if moved.new else "already-on-day"


DECLARED = (BatchAction.CANCEL, BatchAction.UNDO_CANCELLATION)


def _choice(action: BatchAction, reference: str) -> str:
    """The period it has, else the shortest that is sold, as somebody would choose on the page."""
    if action is BatchAction.DISABLE_AUTOMATIC:
        return "manual"
    service = db.session.scalars(select(Service).where(Service.reference == reference)).one()
    if service.mode == "automatic":
        return str(service.period)
    sold = select(Price.period).where(Price.product_id == service.product_id, Price.currency == service.currency)
    return str(service.period or min(db.session.scalars(sold), default=""))


def renewals() -> list[tuple[object, ...]]:
    columns = (
        Service.reference,
        Service.mode,
        Service.period,
        Service.price_minor,
        Service.cancels_on,
        Service.version,
        Service.anchor_day,
        Service.ends_on,
    )
    return [tuple(row) for row in db.session.execute(select(*columns).order_by(Service.id))]


@pytest.mark.parametrize("action", OFFERED)
def test_a_batch_is_the_single_action_many_times(demo_app: Flask, tmp_path: Path, action: BatchAction) -> None:
    together, alone = tmp_path / "together", tmp_path / "alone"
    results = []
    for folder, do in ((together, by_batches), (alone, one_by_one)):
        folder.mkdir()
        with copy_of(demo_app, folder).app_context():
            results.append((do(action), renewals()))
    (batched, left_by_batches), (single, left_by_single) = results
    assert batched == single
    assert left_by_batches == left_by_single
    assert len(set(batched.values())) > 4
