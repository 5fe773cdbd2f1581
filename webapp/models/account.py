"""Who signs in."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..domain.law.contracts import CustomerKind
from ..extensions import Model
from .types import AccountKey, Key, UtcDateTime, words


class Account(Model):
    """A customer identity; the portal it belongs to is its seller."""

    __tablename__ = "account"

    id: Mapped[Key]
    handle: Mapped[str] = mapped_column(String(40), unique=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    """In lower case."""
    new_email: Mapped[str | None] = mapped_column(String(254))
    """What it is to be as soon as whoever reads it has confirmed it."""
    imported_email: Mapped[str | None] = mapped_column(String(254))
    """What the inventory last said: only another one than that replaces what the customer chose."""
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[CustomerKind] = mapped_column(words(CustomerKind, "kind"))
    country: Mapped[str] = mapped_column(String(2))
    portal: Mapped[str] = mapped_column(String(8))
    language: Mapped[str | None] = mapped_column(String(8))
    csv_format: Mapped[str | None] = mapped_column(String(40))
    """How files are written for it, once it has chosen."""
    compact: Mapped[bool] = mapped_column(server_default=false(), default=False)
    """Whether its rows are low."""
    address: Mapped[str] = mapped_column(String(400), default="")
    """Lines."""
    vat_number: Mapped[str] = mapped_column(String(20), default="")
    vat_checked: Mapped[bool] = mapped_column(default=False)
    """Whether the seller’s inventory says so; what a customer types prints, and changes no tax."""
    reference: Mapped[str] = mapped_column(String(60), default="")
    """What its own books know its purchases by."""
    balance_alert_minor: Mapped[int | None] = mapped_column(BigInteger)
    """It is told when its balance falls below that, in the currency of its portal."""
    calendar_number: Mapped[int] = mapped_column(default=0, server_default="0")
    """How many private addresses of its calendar it has had; only the last one is ever good."""
    calendar_shared: Mapped[bool] = mapped_column(server_default=false(), default=False)
    """Whether that one is."""
    password_hash: Mapped[str | None] = mapped_column(String(255))
    password_version: Mapped[int] = mapped_column(default=0, server_default="0")
    """How many passwords it has had."""
    password_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the present one was set."""


class AccountEvent(Model):
    """Who changed what an account tells of itself for its invoices. Never updated, never deleted."""

    __tablename__ = "account_event"

    id: Mapped[Key]
    account_id: Mapped[AccountKey]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """None for the seller’s inventory."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    old: Mapped[dict[str, str]] = mapped_column(JSON)
    new: Mapped[dict[str, str]] = mapped_column(JSON)


class SignIn(Model):
    """One signed-in browser; ending it makes its cookie worthless."""

    __tablename__ = "sign_in"

    key: Mapped[str] = mapped_column(String(43), primary_key=True)
    """The SHA-256 of what the browser’s cookie says, so that nobody who reads it here can use it."""
    account_id: Mapped[AccountKey]
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Last, to a few minutes; None where that is when it started."""
    agent: Mapped[str] = mapped_column(String(300), server_default="", default="")
    """What the browser calls itself."""
    password_version: Mapped[int] = mapped_column(default=0, server_default="0")
    """Of the account, when its password was checked: every later one ends the session."""
    ticks: Mapped[int] = mapped_column(default=0, server_default="0")
    """How many services are selected at it, kept with every change of its selection."""
    panel: Mapped[str | None] = mapped_column(String(40), index=True)
    """Name of the control panel that it was opened through; None where a password was said."""
    return_to: Mapped[str] = mapped_column(String(500), server_default="", default="")
    """Where it leads back to that panel."""
    origin: Mapped[str] = mapped_column(String(200), server_default="", default="")
    """Of the page that shows it in a frame; empty where it has a window of its own."""
    scopes: Mapped[str] = mapped_column(String(80), server_default="", default="")
    """What it may do of that, with blanks between; empty where everything."""
    staff: Mapped[str] = mapped_column(String(80), server_default="", default="")
    """Who of the panel’s support came in the account’s place, if somebody did."""

    state: Mapped[str] = mapped_column(Text, server_default="", default="")
    """What a cookie keeps otherwise, where it goes on behind a panel’s server, in JSON."""

    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)

    @property
    def last_used(self) -> datetime:
        return self.used_at or self.started_at
