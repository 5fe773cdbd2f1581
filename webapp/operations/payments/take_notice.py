"""Notices that a provider sends: written down as they came, then acted on, once however often they are delivered."""

from collections.abc import Mapping

from sqlalchemy import select

from ...adapters.payments.port import Notice, Notices
from ...domain.billing.payment import NoticeOutcome
from ...domain.billing.setup import SetupStatement
from ...models import ProviderNotice
from ..desk import Desk
from ..methods.learn import NoSuchSetup, learn_setup
from ..transaction import add_missing, writing
from .learn import NoSuchPayment, OtherAmount, learn


def take_notice(provider: Notices, headers: Mapping[str, str], body: bytes, desk: Desk) -> None:
    """Raises Forged."""
    notice = provider.read(headers, body, desk.system_now)
    known = {"provider": provider.name, "event": notice.event}
    with writing() as session:
        add_missing(session, ProviderNotice, [known | {"body": body.decode(), "received_at": desk.system_now}])
        written = session.scalars(select(ProviderNotice).filter_by(**known)).one()
        row, acted_on = written.id, written.outcome is not None
    if acted_on:
        return
    outcome = _act_on(notice, desk)
    with writing() as session:
        session.get_one(ProviderNotice, row).outcome = outcome


def _act_on(notice: Notice, desk: Desk) -> NoticeOutcome:
    try:
        if isinstance(notice.statement, SetupStatement):
            learn_setup(notice.key, notice.statement, desk)
        else:
            learn(notice.key, notice.statement, desk)
    except (NoSuchPayment, NoSuchSetup):
        return NoticeOutcome.NO_SUCH_PAYMENT
    except OtherAmount:
        return NoticeOutcome.OTHER_AMOUNT
    return NoticeOutcome.LEARNED
