"""Tell people in time of long terms that renew by themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from ...domain.billing.settlement import Fund, order_of_funds
from ...domain.events import Recapped
from ...domain.messages import RenewalsAhead, most_pressing_first
from ..change import Change, Held, record
from ..desk import Desk
from ..outbox import put_all
from .contacts import tell_contacts
from .losses import by_payer, mention


def recap(session: Session, held: Sequence[Held], desk: Desk) -> int:
    """Services under lock. One mail for each payer."""
    record(session, [_recapped(each) for each in held], desk)
    put_all(session, [(_message(several), payer) for payer, several in by_payer(held).items()], desk)
    tell_contacts(session, RenewalsAhead, held, lambda each: mention(each, _end(each)), desk)
    return len(held)


def _recapped(held: Held) -> Change:
    end = _end(held)
    return held.become(replace(held.case.service, recapped_for=end), Recapped(end))


def _message(held: Sequence[Held]) -> RenewalsAhead:
    """To one payer."""
    told = most_pressing_first(mention(each, _end(each)) for each in held)
    return RenewalsAhead(held[0].case.today, told, debited_from(held))


def _end(held: Held) -> date:
    end = held.case.service.ends_on
    if end is None:
        raise ValueError(f"{held.case.service.reference} has no end")
    return end


def debited_from(held: Iterable[Held]) -> str | None:
    """All have the same payer; it is what can be debited when the last of them renews that counts."""
    last = max(held, key=_end)
    method = last.case.method
    return method.label if method and Fund.METHOD in order_of_funds(_end(last), method) else None
