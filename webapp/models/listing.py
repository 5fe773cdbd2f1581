"""The services table as each account sees it: what it sorts and filters by, written by the domain's functions.

It repeats nothing that is shown, only what the database must compare, and it can be rebuilt at any time.
Money is there only for the billing contact, so that nobody else learns prices by sorting.
"""

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, SmallInteger, String, Text, TypeDecorator, text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, mapped_column

from ..domain.labels import Labelled
from ..domain.service.service import Availability, Mode
from ..domain.service.status import Status
from ..extensions import Model
from .types import words


class Rank(TypeDecorator[Labelled]):
    """An enumeration stored as its position, so that an index sorts it in the order it is declared in."""

    impl = SmallInteger
    cache_ok = True

    def __init__(self, kind: type[Labelled]) -> None:
        super().__init__()
        self.members = tuple(kind)

    def process_bind_param(self, value: Labelled | None, dialect: Dialect) -> int | None:
        return None if value is None else self.members.index(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Labelled | None:
        return None if value is None else self.members[value]


OWED = text("amount_due_minor IS NOT NULL")


class Listing(Model):
    """One service in one account's table."""

    __tablename__ = "listing"
    __table_args__ = (
        Index(
            "ix_listing_owed",
            "account_id",
            "currency",
            "amount_due_minor",
            "status",
            "effective_on",
            sqlite_where=OWED,
            postgresql_where=OWED,
        ),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), primary_key=True, index=True)
    roles: Mapped[int] = mapped_column(SmallInteger)
    name_key: Mapped[str] = mapped_column(String(600).with_variant(String(600, collation="C"), "postgresql"))
    search_text: Mapped[str] = mapped_column(Text)
    family: Mapped[str] = mapped_column(String(24))
    availability: Mapped[Availability] = mapped_column(Rank(Availability))
    status: Mapped[Status] = mapped_column(Rank(Status))
    mode: Mapped[Mode | None] = mapped_column(words(Mode, "mode"))
    effective_on: Mapped[date | None]
    currency: Mapped[str] = mapped_column(String(3))
    price_minor: Mapped[int | None] = mapped_column(BigInteger)
    """What the next term costs with tax; None where nothing renews or the account may not see it."""
    amount_due_minor: Mapped[int | None] = mapped_column(BigInteger)


SORTS = {
    "name": ("name_key", "service_id"),
    "type": ("family", "name_key", "service_id"),
    "availability": ("availability", "name_key", "service_id"),
    "status": ("status", "effective_on", "name_key", "service_id"),
    "date": ("effective_on", "name_key", "service_id"),
    "price": ("price_minor", "name_key", "service_id"),
}
"""The columns behind each order of the table; one index each, so that no customer's table is too large to sort."""

BESIDE = {"status": ("currency", "price_minor", "amount_due_minor")}
"""What an index has besides, so that what is to be done is counted and added up from it alone."""

for _name, _columns in SORTS.items():
    _indexed = (*_columns, *BESIDE.get(_name, ()))
    Index(f"ix_listing_by_{_name}", Listing.account_id, *(getattr(Listing, name) for name in _indexed))


class Selected(Model):
    """A service that a signed-in browser has ticked, kept while it pages."""

    __tablename__ = "selected"

    sign_in_key: Mapped[str] = mapped_column(ForeignKey("sign_in.key", ondelete="CASCADE"), primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), primary_key=True)
