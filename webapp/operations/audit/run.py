"""Every comparison, one after the other, in one moment of the database."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ..desk import Desk
from .billing import disputed, lines, messages, notices, orders, told
from .documents import balances, bills, documents, dues, invoiced, ledger, numbers, returned, settled
from .services import dues as days
from .services import ends, listed, renewal_days, terms

Difference = str | None
"""What is different, in words for an operator; None where a thing is as it should be."""
Comparison = Callable[[Session, Desk], Iterator[Difference]]
COMPARISONS: Mapping[str, Comparison] = {
    "terms that follow one another": terms,
    "ends of the time that is paid for": ends,
    "days of the month on which services renew": renewal_days,
    "rows of the services tables": listed,
    "days on which something is due": days,
    "orders": orders,
    "lines of orders, and what they claim": lines,
    "terms that were bought": told,
    "numbers of documents": numbers,
    "invoices and credit notes": documents,
    "terms that were invoiced": invoiced,
    "bills, and how they were settled": bills,
    "parts by which bills were settled": settled,
    "amounts due": dues,
    "ledgers of accounts": ledger,
    "balances": balances,
    "payments that were taken back": returned,
    "payments under way": disputed,
    "notices of payment providers": notices,
    "messages to the world outside": messages,
}


@dataclass(frozen=True, slots=True)
class Audit:
    compared: Mapping[str, int]
    """How many things each comparison looked at."""
    differences: Sequence[str]


def audit(session: Session, desk: Desk) -> Audit:
    compared, differences = {}, []
    for name, comparison in COMPARISONS.items():
        told = list(comparison(session, desk))
        compared[name] = len(told)
        differences += [f"{name}: {each}" for each in told if each]
    return Audit(compared, differences)
