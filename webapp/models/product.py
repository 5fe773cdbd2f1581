"""What is sold, and for how much."""

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..domain.periods import Period
from ..extensions import Model
from .types import Key, Months


class Price(Model):
    """Net price of one term, in minor units."""

    __tablename__ = "price"

    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), primary_key=True)
    currency: Mapped[str] = mapped_column(String(3), primary_key=True)
    period: Mapped[Period] = mapped_column(Months, primary_key=True)
    minor: Mapped[int] = mapped_column(BigInteger)


class Product(Model):
    __tablename__ = "product"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    family: Mapped[str] = mapped_column(String(24))
    """Code in rules/families.toml."""
    forced: Mapped[bool]

    prices: Mapped[list[Price]] = relationship(cascade="all, delete-orphan")
