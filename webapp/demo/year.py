"""The year behind the demo's small accounts: what renews by itself begins a year back, and the engine does the rest.

Orders, bills that the inventory told of, and a card that was refused for some days come in between, each at its time.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import select

from ..domain.actors import DAYS, INVENTORY, MESSENGER, PAYMENTS
from ..domain.billing.payment import AttemptState, Standing, Statement
from ..domain.confirmation import Confirmed
from ..domain.periods import Period, after
from ..extensions import db
from ..models import Attempt, Service
from ..operations.desk import Desk
from ..operations.inventory import import_services
from ..operations.invoices.owed import facts_of, owed_lines
from ..operations.lifecycle.engine import run
from ..operations.orders.for_bills import OrderBills, order_bills
from ..operations.payments.learn import learn
from ..operations.payments.pay import begin_payment
from ..rules.loader import Rules
from . import correction
from .history import HISTORY, buyer_at, live
from .inventory import SERVICE_COLUMNS, told_services, write
from .large import OWNER as LARGE
from .people import PEOPLE
from .till import Till

DAY = timedelta(days=1)
YEAR, SHORTEST = 365 * DAY, 75 * DAY
"""How far back it begins, and how far it has to for everything that happens in it."""
TRANSFER = 3 * DAY
"""How long a bank takes to debit an account."""
REFUSED = range(57, 68)
"""How many days ago cards were refused, which is that of demo-fr."""
GIVEN_UP = "Préproduction 2024"
"""What was not worth paying for then: it was suspended, and is deleted since."""
SOLD_LATELY = {(past.name, past.product) for past in HISTORY}
Tell = Callable[[Desk], None]
"""Tell people what is to be told by then."""


@dataclass(frozen=True, slots=True)
class Incident:
    ago: timedelta
    happen: Callable[[datetime, Rules], None]


def live_on(folder: Path, begun: datetime, now: datetime, rules: Rules, tell: Tell) -> None:
    """Services that are there already are left as they are by the inventory of today."""
    path = folder / "a-year-ago.csv"
    write(path, SERVICE_COLUMNS, _a_year_ago(folder, begun.date()))
    import_services(path, Desk(INVENTORY, begun, rules, begun))
    incidents = sorted(_incidents(folder), key=lambda each: each.ago)
    till = Till(Standing.SUCCEEDED)
    for ago in range((now - begun).days, -1, -1):
        at = now - ago * DAY
        while incidents and now - incidents[-1].ago <= at:
            incident = incidents.pop()
            incident.happen(now - incident.ago, rules)
        till.standing = Standing.FAILED if ago in REFUSED else Standing.SUCCEEDED
        let_pass(Desk(DAYS, at, rules, at), till, tell)


def let_pass(desk: Desk, till: Till | None, tell: Tell) -> None:
    """What happens on one day; without a till nobody is debited."""
    if till:
        _transfer(desk.now - TRANSFER, till, desk)
    while True:
        steps = run(desk, till, confirmed=True).steps
        tell(Desk(MESSENGER, desk.now, desk.rules, desk.now))
        if not steps:
            break


def _transfer(begun: datetime, till: Till, desk: Desk) -> None:
    """What the bank has begun by then arrives."""
    query = select(Attempt.key).where(Attempt.state == AttemptState.PENDING, Attempt.begun_at <= begun)
    for key in db.session.scalars(query.where(Attempt.key.in_(till.books))).all():
        known = till.books[key]
        db.session.rollback()
        arrived = Statement(Standing.SUCCEEDED, known.reference, known.amount)
        learn(key, arrived, Desk(PAYMENTS, desk.now, desk.rules, desk.now))


def import_rest(folder: Path, desk: Desk) -> None:
    """What the year did not begin with, as it is today."""
    known = set(db.session.scalars(select(Service.reference)))
    db.session.rollback()
    path = folder / "the-rest.csv"
    write(path, SERVICE_COLUMNS, (row for row in told_services(folder) if row["reference"] not in known))
    import_services(path, desk)


def _a_year_ago(folder: Path, day: date) -> Iterator[Mapping[str, str]]:
    """What renews by itself, in the term that it was in then; and what was sold lately, which was paid ahead."""
    for row in told_services(folder):
        if (row["display_name"], row["product"]) in SOLD_LATELY or row["display_name"] == correction.SERVICE:
            yield row
        elif row["display_name"] == GIVEN_UP:
            yield _earlier(row, day) | {"state": "active"}
        elif _renews(row):
            yield _earlier(row, day)


def _renews(row: Mapping[str, str]) -> bool:
    payer = row["billing"] or row["owner"]
    method = PEOPLE[payer].method
    pays = payer != LARGE and method is not None and method.reference and (method.months is None or method.months >= 0)
    free = row["state"] == "active" and row["mode"] == "automatic"
    return bool(pays and free and not any(row[column] for column in ("bill", "commitment", "cancellation")))


def _earlier(row: Mapping[str, str], day: date) -> dict[str, str]:
    """In the term that day is in, or before which it begins."""
    end, period, anchor = date.fromisoformat(row["expiry"]), Period.parse(row["period"]), int(row["anchor"])
    ends = (after(end, period, anchor_day=anchor, times=-times) for times in range(100))
    start = next(each for each in ends if each <= day)
    return {**row, "start": start.isoformat(), "expiry": after(start, period, anchor_day=anchor).isoformat()}


def _incidents(folder: Path) -> Iterator[Incident]:
    for past in HISTORY:
        yield Incident(past.ago, partial(live, past))
    for ago, bill in correction.STEPS:
        yield Incident(ago, partial(correction.tell_bill, folder, bill))
    yield Incident((REFUSED[0] - 1) * DAY, _pay_what_is_worth_it)


def _pay_what_is_worth_it(at: datetime, rules: Rules) -> None:
    """By hand, after the card had been refused."""
    desk = buyer_at(at, rules)
    own = owed_lines(db.session(), desk, Service.display_name != GIVEN_UP)
    db.session.rollback()
    for line in own:
        confirmed = Confirmed.of(line.held.row.version, facts_of([line]))
        placed = order_bills(OrderBills(line.held.case.service.reference, frozenset(), confirmed), desk)
        begin_payment(placed.code, desk, Till(Standing.SUCCEEDED), return_to="", language="fr")
