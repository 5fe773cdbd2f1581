"""What a customer asks of the list of invoices and credit notes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ..billing.invoice import DocumentKind, Settled
from ..labels import N_, Labelled
from .state import AddressReader, ListState, Unusable, read_day, read_page, read_search


class DocumentState(Labelled):
    """How a document stands; a credit note is always just that."""

    UNPAID = "unpaid", N_("To be paid")
    PAYING = "paying", N_("Payment in progress")
    PAID = Settled.PAID.value, Settled.PAID.label
    RETURNED = "returned", N_("Payment taken back")
    CREDITED = Settled.CREDITED.value, Settled.CREDITED.label
    ELSEWHERE = Settled.ELSEWHERE.value, Settled.ELSEWHERE.label
    CREDIT_NOTE = DocumentKind.CREDIT_NOTE.value, DocumentKind.CREDIT_NOTE.label


class RegisterSort(Labelled):
    """The columns of the list, all of them sortable."""

    NUMBER = "number", N_("Number")
    DATE = "date", N_("Date")
    STATE = "state", N_("State")
    AMOUNT = "amount", N_("Amount, tax included")


@dataclass(frozen=True, slots=True)
class Register(ListState):
    """One state of the list; as it opens, the youngest document comes first."""

    FILTERS: ClassVar = ("q", "state", "since", "until")
    q: str = ""
    state: tuple[DocumentState, ...] = ()
    since: date | None = None
    until: date | None = None
    sort: RegisterSort = RegisterSort.DATE
    descending: bool = True
    page: int = 1


def read_register(args: Mapping[str, list[str]]) -> tuple[Register, list[Unusable]]:
    """The state that an address asks for, and what of it could not be used."""
    reader = AddressReader(args)
    sort, descending = reader.order(RegisterSort.of, (RegisterSort.DATE, True))
    register = Register(
        q=reader.one("q", read_search, ""),
        state=reader.many("state", DocumentState.of),
        since=reader.one("from", read_day, None),
        until=reader.one("to", read_day, None),
        sort=sort,
        descending=descending,
        page=reader.one("page", read_page, 1),
    )
    return register, reader.unusable
