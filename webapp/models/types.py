"""Column types shared by the tables."""

from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import DateTime, Enum, ForeignKey, SmallInteger, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import mapped_column

from ..domain.labels import Labelled
from ..domain.periods import Period


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware and in UTC in Python, whatever the database keeps."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)


class Months(TypeDecorator[Period]):
    """A period, stored as its number of months."""

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: Period | None, dialect: Dialect) -> int | None:
        return None if value is None else value.months

    def process_result_value(self, value: int | None, dialect: Dialect) -> Period | None:
        return None if value is None else Period(value)


def words(kind: type[Labelled], name: str) -> Any:
    """An enumeration stored as its readable value; no check lists its members, since there will be others."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=False,
        length=24,
        values_callable=lambda members: [member.value for member in members],
    )


Key = Annotated[int, mapped_column(primary_key=True)]
AccountKey = Annotated[int, mapped_column(ForeignKey("account.id"), index=True)]
ServiceKey = Annotated[int, mapped_column(ForeignKey("service.id"), index=True)]
