"""The rows a signed-in browser has ticked, kept while it pages, sorts and filters."""

from collections.abc import Collection

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ...domain.listing.table import Table
from ...models import Listing, Selected, Service, SignIn
from ..case import held_by
from ..desk import SignedOut
from ..transaction import add_missing, writing
from .matching import Viewer, conditions


def count_selected(session: Session, sign_in_key: str) -> int:
    return session.scalar(select(func.count()).where(Selected.sign_in_key == sign_in_key)) or 0


def tick(shown: Collection[str], ticked: Collection[str], viewer: Viewer) -> None:
    """Of the references on a page, exactly the ticked ones are selected from now on."""
    with writing() as session:
        _forget(session, viewer, _ids(session, {*shown, *ticked}, viewer))
        _remember(session, viewer, _ids(session, ticked, viewer))


def tick_all(table: Table, viewer: Viewer) -> None:
    """Select everything that matches now; what comes to match later is not in it."""
    matching = select(Listing.service_id).where(*conditions(table, viewer))
    with writing() as session:
        _remember(session, viewer, session.scalars(matching).all())


def untick_all(viewer: Viewer) -> None:
    with writing() as session:
        session.execute(delete(Selected).where(Selected.sign_in_key == viewer.sign_in_key))


def _ids(session: Session, references: Collection[str], viewer: Viewer) -> list[int]:
    """Only what this account may see; anything else is as if it did not exist."""
    query = select(Service.id).where(Service.reference.in_(references), held_by(viewer.desk.account_id))
    return list(session.scalars(query))


def _forget(session: Session, viewer: Viewer, ids: Collection[int]) -> None:
    session.execute(delete(Selected).where(Selected.sign_in_key == viewer.sign_in_key, Selected.service_id.in_(ids)))


def _remember(session: Session, viewer: Viewer, ids: Collection[int]) -> None:
    """Raises SignedOut when the session has ended meanwhile."""
    if session.get(SignIn, viewer.sign_in_key, with_for_update=True) is None:
        raise SignedOut
    add_missing(session, Selected, [{"sign_in_key": viewer.sign_in_key, "service_id": each} for each in ids])
