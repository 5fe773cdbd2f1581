"""Services: what they are paid for, and how the table tells it."""

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...domain.periods import clamp
from ...domain.service.service import Availability, Kind
from ...models import Listing, Service, Term
from ..case import select_cases
from ..desk import Desk
from ..projection import due_on, listing_rows
from ..snapshot import snapshot

RUNNING = (Availability.ACTIVE, Availability.SUSPENDED)


def terms(session: Session, desk: Desk) -> Iterator[str | None]:
    """Each service's terms make one stretch without a gap."""
    query = select(Service.reference, Term.follows, Term.starts_on, Term.ends_on).join(Term)
    rows = session.execute(query.order_by(Service.id, Term.starts_on))
    for reference, stretch in groupby(rows, key=lambda row: row.reference):
        end = None
        for row in stretch:
            sound = row.follows == end and (end is None or row.starts_on == end)
            yield None if sound else f"{reference}: the term from {row.starts_on} follows none that ends on that day"
            end = row.ends_on


def ends(session: Session, desk: Desk) -> Iterator[str | None]:
    """Each service is paid for until its last term ends, and every running one has terms."""
    paid = session.execute(select(Term.service_id, Term.ends_on).order_by(Term.ends_on))
    last = {term.service_id: term.ends_on for term in paid}
    columns = (Service.id, Service.reference, Service.ends_on, Service.started_on, Service.kind, Service.availability)
    for row in session.execute(select(*columns).order_by(Service.id)):
        end = last.get(row.id)
        needs_terms = row.kind is Kind.RECURRING and row.availability in RUNNING
        if end == row.ends_on or (end is None and row.started_on is None and not needs_terms):
            yield None
        else:
            yield f"{row.reference}: it ends on {row.ends_on}, its terms on {end}"


def renewal_days(session: Session, desk: Desk) -> Iterator[str | None]:
    """Each ends on the day of the month that its terms are counted by, or on the last one of a shorter month."""
    counted = (Service.anchor_day.is_not(None), Service.ends_on.is_not(None))
    query = select(Service.reference, Service.anchor_day, Service.ends_on).where(*counted).order_by(Service.id)
    for row in session.execute(query):
        same = row.ends_on == clamp(row.ends_on.year, row.ends_on.month, row.anchor_day)
        yield None if same else f"{row.reference}: it ends on {row.ends_on}, and is counted by day {row.anchor_day}"


def listed(session: Session, desk: Desk) -> Iterator[str | None]:
    """Each row of the table says what the domain says of the service today, and there is one for every contact."""
    kept = {(row.account_id, row.service_id): row for row in session.execute(select(*Listing.__table__.columns))}
    for row in session.execute(select_cases().order_by(Service.id)):
        for entry in listing_rows(row, snapshot(row, desk.rules), desk.rules, desk.now):
            there = kept.pop((entry["account_id"], row.id), None)
            wrong = [name for name, value in entry.items() if there is None or getattr(there, name) != value]
            yield f"{row.reference}, for account {entry['account_id']}: {', '.join(wrong)}" if wrong else None
    for account_id, service_id in kept:
        yield f"service {service_id}, for account {account_id}: no contact of it"


def dues(session: Session, desk: Desk) -> Iterator[str | None]:
    """Nothing is looked at later than it has to be."""
    for row in session.execute(select_cases().order_by(Service.id)):
        day = due_on(snapshot(row, desk.rules), desk.rules)
        late = day is not None and (row.due_on is None or row.due_on > day)
        yield f"{row.reference}: it is to be looked at on {row.due_on}, and something is due on {day}" if late else None
