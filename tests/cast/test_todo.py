"""What is counted above each table is what the domain says of each of its services."""

from collections import Counter
from datetime import timedelta

from sqlalchemy import select

from tests.cast.conftest import Cast
from webapp.domain.billing.settlement import Fund, order_of_funds
from webapp.domain.listing.todo import AHEAD, Task
from webapp.domain.roles import Role
from webapp.domain.service.case import Case
from webapp.domain.service.status import Status, effective_on, status_of
from webapp.extensions import db
from webapp.models import Account
from webapp.operations.listing.matching import Viewer
from webapp.operations.listing.todo import to_do
from webapp.wiring import desk_of

COUNTED = (
    Task.BILLS,
    Task.OTHERS_BILLS,
    Task.IN_PROGRESS,
    Task.DELETED_SOON,
    Task.EXPIRED,
    Task.EXPIRING,
    Task.FAILING,
)


def _tasks(case: Case) -> list[Task]:
    """That one service gives rise to."""
    service, today, pays = case.service, case.today, Role.BILLING in case.roles
    status, day = status_of(service), effective_on(service)
    tasks = [Task.BILLS] if pays and service.to_pay else []
    if status is Status.BILL_TO_PAY and not pays:
        tasks.append(Task.OTHERS_BILLS)
    if status is Status.PAYMENT_IN_PROGRESS:
        tasks.append(Task.IN_PROGRESS)
    if day is None:
        return tasks
    if status is Status.SUSPENDED and day > today:
        tasks.append(Task.DELETED_SOON)
    if status is Status.EXPIRES and day <= today + timedelta(days=30):
        tasks.append(Task.EXPIRED if day <= today else Task.EXPIRING)
    billed = Fund.BILL in order_of_funds(max(day, today), case.method)
    if status is Status.AUTOMATIC and pays and billed and day <= today + AHEAD:
        tasks.append(Task.FAILING)
    return tasks


def test_every_task_of_every_account_is_counted(cast: Cast) -> None:
    seen: Counter[Task] = Counter()
    with cast.app.app_context():
        for account in db.session.scalars(select(Account).where(Account.id.in_(cast.browsers))):
            desk = desk_of(account.id)
            cases = [each.case for each in cast.everybody if each.account_id == account.id]
            expected = Counter(task for case in cases for task in _tasks(case))
            today = desk.now.astimezone(desk.rules.portals[account.portal].zone).date()
            told = {each.task: each.count for each in to_do(db.session(), account, Viewer(desk, "", today, ()))}
            assert {task: count for task, count in told.items() if task in COUNTED} == dict(expected), account.handle
            seen += expected
    assert {task for task in COUNTED if seen[task]} == set(COUNTED) - {Task.EXPIRED}
