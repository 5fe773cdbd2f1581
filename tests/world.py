"""Alice, Bob and Charlie, what they hold, and browsers they sit at."""

from datetime import date
from itertools import count
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from webapp.domain.actors import INVENTORY, OPERATOR
from webapp.domain.billing.invoice import DocumentKind, Settled
from webapp.domain.billing.ledger import EntryKind
from webapp.domain.billing.order import OrderState
from webapp.domain.billing.payment import AttemptState
from webapp.domain.billing.settlement import Means
from webapp.domain.folding import fold
from webapp.domain.law.contracts import CustomerKind
from webapp.domain.methods import MethodKind, MethodState
from webapp.domain.periods import Period
from webapp.domain.service.service import Availability, Kind, Mode
from webapp.extensions import db
from webapp.models import (
    Account,
    Attempt,
    Invoice,
    InvoiceLine,
    LedgerEntry,
    Order,
    PaymentMethod,
    Price,
    Product,
    Service,
    SignIn,
    Term,
)
from webapp.operations.invoices.bills import Settling, owed, settle_lines
from webapp.operations.invoices.issue import Draft, issue
from webapp.operations.ledger import balance
from webapp.operations.people.set_password import set_password
from webapp.operations.people.sign_in import key_of
from webapp.operations.projection import project
from webapp.wiring import desk_for, now, rules

YEAR = Period(12)
MONTH = Period(1)
ENDS = date(2026, 12, 31)


class World:
    """Makes rows with sensible defaults; every value can be given. Returns keys, since sessions end."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._products: dict[tuple[str, bool], int] = {}
        self._browsers, self._bills, self._credits = count(1), count(1), count(1)

    def account(self, name: str = "Alice", **given: Any) -> int:
        values = {
            "handle": name.lower(),
            "email": f"{name.lower()}@people.example",
            "name": name,
            "kind": CustomerKind.INDIVIDUAL,
            "country": "FR",
            "portal": "FR",
            "language": "en",
        }
        return self._added(Account(**values | given))

    def password(self, name: str, password: str) -> None:
        with self.app.app_context():
            set_password(name.lower(), password, desk_for(OPERATOR))

    def card(self, account: int, **given: Any) -> int:
        values = {"kind": MethodKind.CARD, "label": "Visa 4242", "state": MethodState.VALID, "is_default": True}
        kept = {"account_id": account, "expires_on": date(2029, 1, 1), "reference": f"card-{account}"}
        return self._added(PaymentMethod(**kept | values | given))

    def credit(self, account: int, minor: int, currency: str = "EUR", portal: str = "FR") -> str:
        """A balance that somebody has added to and paid for; the code of that order."""
        code = f"TOPUP-{account}-{next(self._credits):04}"
        when = {"created_at": self.now(), "expires_at": self.now(), "ended_at": self.now()}
        total = {"net_minor": minor, "gross_minor": minor, "currency": currency, "portal": portal}
        kept = {"state": OrderState.PAID, "tops_up": True, "account_id": account, "code": code}
        order = self._added(Order(**kept, **total, **when))
        paid = {"order_id": order, "number": 1, "key": f"{code}-1", "minor": minor, "currency": currency}
        how = {"provider": "elsewhere", "means": Means.CHECKOUT, "state": AttemptState.SUCCEEDED}
        begun = {"begun_at": self.now(), "ask_at": self.now(), "return_to": "", "language": "en"}
        self._added(Attempt(**paid, **how, **begun))
        entry = {"key": f"top-up {code}", "kind": EntryKind.TOPPED_UP, "reason": "", "at": self.now(), "minor": minor}
        self._added(LedgerEntry(**entry, account_id=account, order_id=order, portal=portal, currency=currency))
        return code

    def balance(self, account: int, portal: str = "FR", currency: str = "EUR") -> int:
        """In minor units."""
        with self.app.app_context():
            return balance(db.session(), account, (portal, currency)).minor

    def ledger(self, account: int) -> list[tuple[EntryKind, int]]:
        return [(each.kind, each.minor) for each in self.all(LedgerEntry) if each.account_id == account]

    def product(self, family: str = "hosting", *, forced: bool = False, currency: str = "EUR") -> int:
        """Net prices: 5.00 a month, 50.00 a year."""
        if (family, forced) not in self._products:
            prices = [
                Price(currency=currency, period=MONTH, minor=500),
                Price(currency=currency, period=YEAR, minor=5000),
            ]
            product = Product(
                code=f"{family}-{forced}", name=f"{family} one", family=family, forced=forced, prices=prices
            )
            self._products[family, forced] = self._added(product)
        return self._products[family, forced]

    def service(self, owner: int, name: str = "shop.example", **given: Any) -> int:
        """An automatic yearly hosting of the owner's, paid until the end of 2026, of which they have been told."""
        family, forced = given.pop("family", "hosting"), given.pop("forced", False)
        currency = given.get("currency", "EUR")
        values = {
            "reference": f"S-{fold(name)}"[:40],
            "name": name,
            "folded_name": fold(given.get("name", name)),
            "display_name": "",
            "product_id": self.product(family, forced=forced, currency=currency),
            **{f"{role}_id": owner for role in ("owner", "admin", "technical", "billing")},
            "kind": Kind.RECURRING,
            "availability": Availability.ACTIVE,
            "mode": Mode.AUTOMATIC,
            "period": YEAR,
            "anchor_day": 31,
            "started_on": date(2025, 12, 31),
            "ends_on": ENDS,
            "currency": currency,
            "price_minor": 5000,
        }
        values |= given
        values.setdefault("recapped_for", values["ends_on"])
        due, billed_on = values.pop("amount_due_minor", 0), values.pop("billed_on", None)
        with self.app.app_context():
            row = Service(**values)
            db.session.add(row)
            db.session.flush()
            if row.started_on and row.ends_on:
                db.session.add(Term(service_id=row.id, starts_on=row.started_on, ends_on=row.ends_on))
            project(db.session(), [row.id], rules=rules(), now=now())
            key = row.id
            db.session.commit()
        if due:
            self.bill(key, due, billed_on)
        return key

    def bill(self, service: int, minor: int, billed_on: date = date(2026, 11, 1), **given: Any) -> int:
        """One that an inventory told of; what is due on the service follows."""
        with self.app.app_context():
            session = db.session()
            held = session.get_one(Service, service)
            number, code = given.pop("number", None), f"{held.reference}~{next(self._bills)}"
            term = {name: given.pop(name, None) for name in ("duration", "starts_on", "ends_on")}
            parties = {"portal": held.owner.portal, "account_id": held.billing_id, "owner_id": held.owner_id} | given
            names = {"name": held.name, "display_name": held.display_name, "product": "hosting one"}
            line = {"service_id": service, **names, **term, "net_minor": None, "gross_minor": minor, "levies": []}
            known_as = (number or code, number, billed_on)
            draft = Draft(DocumentKind.INVOICE, currency=held.currency, lines=[line], known_as=known_as, **parties)
            issue(session, [draft], desk_for(INVENTORY))
            due = owed(session, [service])[service]
            held.amount_due_minor, held.billed_on = due.amount.minor, due.since
            session.flush()
            project(session, [service], rules=rules(), now=now())
            session.commit()
            return session.scalars(select(Invoice.id).order_by(Invoice.id.desc())).first() or 0

    def settled(self, line: int, how: Settled = Settled.ELSEWHERE, minor: int | None = None) -> None:
        """A line of a bill is owed no more, or so much of it; what is due on the service is not told yet."""
        amount = self.get(InvoiceLine, line).gross_minor if minor is None else minor
        with self.app.app_context():
            settle_lines(db.session(), [Settling(line, amount)], how, now())
            db.session.commit()

    def bought(self, service: int, start: date, end: date) -> None:
        """A term after the last one, as an inventory tells of it."""
        self._added(Term(service_id=service, follows=start, starts_on=start, ends_on=end))

    def change(self, key: int, *, project: bool = True, **values: Any) -> None:
        """Give a service other values, as somebody else would meanwhile; its listing follows or stays behind."""
        self.change_row(Service, key, **values)
        if project:
            self.project(key)

    def change_row(self, model: type[Any], key: Any, /, **values: Any) -> None:
        with self.app.app_context():
            row = db.session.get_one(model, key)
            for name, value in values.items():
                setattr(row, name, value)
            db.session.commit()

    def project(self, *keys: int) -> None:
        with self.app.app_context():
            project(db.session(), keys, rules=rules(), now=now())
            db.session.commit()

    def get(self, model: type[Any], key: Any) -> Any:
        """A row as it stands in the database, detached."""
        with self.app.app_context():
            row = db.session.get_one(model, key)
            db.session.expunge(row)
            return row

    def all(self, model: type[Any]) -> list[Any]:
        with self.app.app_context():
            rows = db.session.query(model).order_by(*model.__table__.primary_key.columns).all()
            db.session.expunge_all()
            return rows

    def client(self, account: int, **headers: str) -> FlaskClient:
        """A browser at which that account is signed in."""
        client = self.app.test_client()
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
        token = f"token-{account}-{next(self._browsers)}"
        version = self.get(Account, account).password_version
        self._added(SignIn(key=key_of(token), account_id=account, started_at=self.now(), password_version=version))
        with client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = token, True
        return client

    def now(self) -> Any:
        with self.app.app_context():
            return now()

    def _added(self, row: Any) -> Any:
        with self.app.app_context():
            db.session.add(row)
            db.session.commit()
            return row.key if isinstance(row, SignIn) else row.id
