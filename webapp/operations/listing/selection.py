"""The rows a signed-in browser has ticked, kept while it pages, sorts and filters."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, and_, delete, func, literal, select, update
from sqlalchemy.orm import Session

from ...domain.listing.table import Table
from ...domain.money import Money
from ...models import Listing, Selected, Service, SignIn
from ..case import held_by
from ..desk import SignedOut
from ..transaction import INSERTS, writing
from .matching import Viewer, conditions


def tick(shown: Collection[str], ticked: Collection[str], viewer: Viewer) -> int:
    """Of the references on a page, exactly the ticked ones are selected from now on; returns how many are in all."""
    with writing() as session:
        _locked(session, viewer)
        session.execute(delete(Selected).where(_mine(viewer), Selected.service_id.in_(_named(shown, viewer))))
        _remember(session, viewer, _named(ticked, viewer))
        return _counted(session, viewer)


def tick_all(table: Table, viewer: Viewer) -> int:
    """Select everything that matches now; what comes to match later is not in it."""
    with writing() as session:
        _locked(session, viewer)
        _remember(session, viewer, select(Listing.service_id).where(*conditions(table, viewer)))
        return _counted(session, viewer)


def untick_all(viewer: Viewer) -> int:
    with writing() as session:
        _locked(session, viewer)
        session.execute(delete(Selected).where(_mine(viewer)))
        return _counted(session, viewer)


def price_of_selection(session: Session, viewer: Viewer) -> tuple[Money, ...]:
    """What the next terms of all that is selected cost with tax, per currency, as far as the reader may see it."""
    ticked = and_(Selected.service_id == Listing.service_id, _mine(viewer))
    rows = session.execute(
        select(Listing.currency, func.sum(Listing.price_minor).label("minor"))
        .join(Selected, ticked)
        .where(Listing.account_id == viewer.desk.account_id, Listing.price_minor.is_not(None))
        .group_by(Listing.currency)
        .order_by(Listing.currency)
    )
    return tuple(Money(int(row.minor), row.currency) for row in rows)


def _locked(session: Session, viewer: Viewer) -> None:
    """Raises SignedOut when the session has ended meanwhile."""
    if session.get(SignIn, viewer.sign_in_key, with_for_update={"key_share": True}) is None:
        raise SignedOut


def _mine(viewer: Viewer) -> ColumnElement[bool]:
    return Selected.sign_in_key == viewer.sign_in_key


def _named(references: Collection[str], viewer: Viewer) -> Select[int]:
    """Only what this account may see; anything else is as if it did not exist."""
    return select(Service.id).where(Service.reference.in_(references), held_by(viewer.desk.account_id))


def _remember(session: Session, viewer: Viewer, ids: Select[int]) -> None:
    """In one statement, however many there are."""
    rows = ids.add_columns(literal(viewer.sign_in_key))
    insert = INSERTS[session.get_bind().dialect.name](Selected)
    session.execute(insert.from_select(("service_id", "sign_in_key"), rows).on_conflict_do_nothing())


def _counted(session: Session, viewer: Viewer) -> int:
    """Keep the number of ticks with the sign-in, so that no page has to count them."""
    ticks = select(func.count()).select_from(Selected).where(_mine(viewer)).scalar_subquery()
    mine = update(SignIn).where(SignIn.key == viewer.sign_in_key)
    return session.scalars(mine.values(ticks=ticks).returning(SignIn.ticks)).one()
