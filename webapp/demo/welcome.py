"""What the pages have in the demo alone: its customers beside the sign-in, each one press away."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import and_, or_, select

from ..extensions import db
from ..models import Account
from ..settings import Settings
from .load import PASSWORD
from .people import CLIENTS, SIGN_INS, DemoPerson


@dataclass(frozen=True, slots=True)
class Welcome:
    people: Sequence[DemoPerson]
    password: str = PASSWORD


def init_app(app: Flask, settings: Settings) -> None:
    """In production nothing of it exists."""
    if not settings.production:
        app.extensions["welcome"] = welcome


def demo_accounts() -> list[str]:
    """Handles of those that the demo brought, whose passwords are published."""
    mine = [and_(Account.handle == each.handle, Account.email == each.address) for each in (*SIGN_INS, *CLIENTS)]
    return list(db.session.scalars(select(Account.handle).where(or_(*mine)).order_by(Account.id)))


def welcome() -> Welcome:
    """Those of the demo’s customers that this installation has."""
    handles = [person.handle for person in SIGN_INS]
    known = set(db.session.scalars(select(Account.handle).where(Account.handle.in_(handles))))
    return Welcome([person for person in SIGN_INS if person.handle in known])
