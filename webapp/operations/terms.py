"""The one writer of terms, and of the day on which they end."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from ..domain.renewal.terms import Term
from ..models import Term as TermRow

TERM = cast(Table, TermRow.__table__)


def paid_until(term: Term | None) -> dict[str, Any]:
    """What a service says once it has that term, if it is given one."""
    return {"ends_on": term.end} if term else {}


def append(session: Session, terms: Sequence[tuple[int, Term]]) -> None:
    """Add a term to each of these services, which are locked or new and say until when they are paid.

    Where nobody knows when a term began, its end is all that is kept. Raises IntegrityError where a term does not
    follow the last one.
    """
    rows = [_row(service_id, term) for service_id, term in terms if term.start is not None]
    if rows:
        session.execute(insert(TERM), rows)


def _row(service_id: int, term: Term) -> dict[str, object]:
    follows = None if term.opening else term.start
    days = {"follows": follows, "starts_on": term.start, "ends_on": term.end}
    given_for = {"order_line_id": term.order_line_id, "invoice_line_id": term.invoice_line_id}
    return {"service_id": service_id, **days, **given_for}
