"""Keep what the table sorts and filters by equal to what the domain's functions say."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import Insert, Row, Table, bindparam, delete, exists, select, update
from sqlalchemy.orm import Session

from ..domain.folding import search_text, sort_key, spellings
from ..domain.lifecycle.due import due
from ..domain.roles import Role
from ..domain.service.ending import has_a_next_term
from ..domain.service.service import Service as Snapshot
from ..domain.service.status import effective_on, status_of
from ..models import Listing, Service
from ..rules.loader import Rules
from .case import contacts, contract, held_by, select_cases
from .snapshot import snapshot
from .transaction import INSERTS, writing

CHUNK = 1000
TABLE = cast(Table, Listing.__table__)
"""Inserting through the mapped class would cut each chunk into many statements."""
KEYS = ("account_id", "service_id")
Known = tuple[Row[Any], Snapshot]
T = TypeVar("T")
SERVICE = cast(Table, Service.__table__)
DUE = update(SERVICE).where(SERVICE.c.id == bindparam("key")).values(due_on=bindparam("day"))


def project(session: Session, service_ids: Sequence[int], *, rules: Rules, now: datetime) -> None:
    """Write the listing rows of these services anew, and the day on which something is next to be done for them.

    Part of the transaction that changed them, which has locked them. A row that is there already keeps its place in the
    indexes that nothing moved it in.
    """
    for ids in chunks(service_ids):
        rows = session.execute(select_cases().where(Service.id.in_(ids))).all()
        known = [(row, snapshot(row, rules)) for row in rows]
        days = [{"key": row.id, "day": day} for row, service in known if (day := due_on(service, rules)) != row.due_on]
        if days:
            session.execute(DUE, days)
        project_known(session, known, rules=rules, now=now)


def project_known(session: Session, known: Sequence[Known], *, rules: Rules, now: datetime) -> None:
    """The same for services whose day is written already; each with all that is read of it."""
    for some in chunks(known):
        entries = [entry for row, service in some for entry in listing_rows(row, service, rules, now)]
        session.execute(_written(session.get_bind().dialect.name), entries)


@cache
def _written(dialect: str) -> Insert:
    statement = INSERTS[dialect](TABLE)
    written = {column.name: statement.excluded[column.name] for column in TABLE.c if column.name not in KEYS}
    return cast(Insert, statement.on_conflict_do_update(index_elements=KEYS, set_=written))


def project_owned(session: Session, owner_ids: Sequence[int], *, rules: Rules, now: datetime) -> None:
    """The same for all services of these owners, whose contract has changed; they are locked first."""
    ids = session.scalars(select(Service.id).where(Service.owner_id.in_(owner_ids))).all()
    lock(session, ids)
    project(session, ids, rules=rules, now=now)


def forget_former_contacts(session: Session, service_ids: Sequence[int]) -> None:
    """Take these services out of the tables of accounts that are no contact of theirs any more."""
    is_contact = exists().where(Service.id == Listing.service_id, held_by(Listing.account_id))
    for ids in chunks(service_ids):
        session.execute(delete(Listing).where(Listing.service_id.in_(ids), ~is_contact))


def lock(session: Session, service_ids: Sequence[int]) -> None:
    """In one order, so that two who do this at once wait for each other instead of clashing."""
    for ids in chunks(service_ids):
        session.execute(
            select(Service.id).where(Service.id.in_(ids)).order_by(Service.id).with_for_update(key_share=True)
        )


def chunks(services: Sequence[T]) -> Iterator[Sequence[T]]:
    return (services[start : start + CHUNK] for start in range(0, len(services), CHUNK))


def rebuild(*, rules: Rules, now: datetime) -> int:
    """The same for every service, as after a change of the rules; returns how many there are."""
    with writing(long=True) as session:
        ids = session.scalars(select(Service.id).order_by(Service.id)).all()
        lock(session, ids)
        session.execute(delete(Listing))
        project(session, ids, rules=rules, now=now)
    return len(ids)


def due_on(service: Snapshot, rules: Rules) -> date | None:
    """When somebody has to look at it."""
    its = due(service, rules.lifecycle)
    return its.on if its else None


def listing_rows(row: Row[Any], service: Snapshot, rules: Rules, now: datetime) -> Iterator[dict[str, Any]]:
    """The service as it stands in the table of each of its contacts."""
    common = {
        "service_id": row.id,
        "name_key": sort_key(row.display_name or row.name),
        "search_text": searchable(row.display_name, row.name, row.reference),
        "family": row.family,
        "availability": service.availability,
        "status": status_of(service),
        "mode": service.mode,
        "effective_on": effective_on(service),
        "currency": service.price.currency,
    }
    price = contract(row, rules, now).gross(service.price).minor if has_a_next_term(service) else None
    for account_id, roles in contacts(row).items():
        sees_money = Role.BILLING in roles
        yield common | {
            "account_id": account_id,
            "roles": int(roles),
            "price_minor": price if sees_money else None,
            "amount_due_minor": service.to_pay.minor if sees_money and service.to_pay else None,
        }


def searchable(*texts: Iterable[str] | str) -> str:
    """All texts a service is found by."""
    return search_text(spelling for text in texts for spelling in spellings(str(text)))
