"""A payment of every kind in every state, and every page that speaks of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import cast as typed

import pytest
from bs4 import Tag
from flask.testing import FlaskClient
from sqlalchemy import update

from tests.cast.claims import DEBITS, OWED, claims
from tests.cast.conftest import SAYS, Cast, Contact, loaded
from tests.cast.reading import main_of, text_of
from tests.cast.test_whole_cast import has_a_method, table, told_otherwise, wrong_in
from tests.markup import confirmation, post, soup
from tests.provider import Till
from webapp.adapters.clock import FixedClock
from webapp.domain.actors import ORDERS, PAYMENTS
from webapp.domain.billing.payment import Failure, Standing, Statement
from webapp.domain.money import Money
from webapp.domain.roles import Role
from webapp.domain.service.actions import Action, offered
from webapp.extensions import db
from webapp.language.catalogues import LANGUAGES
from webapp.models import Account, SignIn
from webapp.operations.orders.lapse import expire_orders
from webapp.operations.payments.learn import OtherAmount, learn, learn_nothing
from webapp.operations.payments.pay import begin_payment
from webapp.wiring import desk_for, desk_of, wiring_of
from webapp.wording.rows import PAGES

PAY_BUTTONS = "button[name='action.pay'], button[name='action.order']"
PAID_FOR = (Action.PAY, Action.RENEW, Action.ANTICIPATE)


@dataclass(frozen=True, slots=True)
class Paying:
    """Somebody who has begun to pay for a service."""

    contact: Contact
    action: Action
    code: str

    @property
    def pages(self) -> Mapping[str, str]:
        """Every address at which it is spoken of."""
        service = self.contact.url
        acts = {page: f"{service}/{page}" for page in PAGES.values()}
        order = {"order": f"/orders/{self.code}", "result": f"/orders/{self.code}/result"}
        return {"": service, "actions": f"{service}/actions", **acts, **order, "invoices": f"/invoices?q={self.name}"}

    @property
    def name(self) -> str:
        return self.contact.case.service.name


class Counter:
    """Where the cast pays, each for one service of each kind."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        adapters = wiring_of(cast.app).adapters
        self.till, self.clock = typed(Till, adapters.payments), typed(FixedClock, adapters.clock)
        with cast.app.app_context():
            db.session.execute(update(Account).where(Account.address == "").values(address="1 rue X"))
            db.session.commit()
        self.paying = [self._order(contact, action) for contact, action in kinds(cast).values()]

    def _order(self, contact: Contact, action: Action) -> Paying:
        client, url = self.cast.browsers[contact.account_id], f"{contact.url}/{PAGES[action]}"
        page = client.get(url)
        durations = [str(radio["value"]) for radio in soup(page).select("input[name=duration]")][:1]
        placed = post(client, url, confirmation(page) | {"action": "order", "duration": durations})
        assert placed.status_code == 303, (url, placed.get_data(as_text=True))
        code = placed.location.split("?")[0].removesuffix("/result").rpartition("/")[2].removesuffix("-1")
        with self.cast.app.app_context():
            desk = desk_of(contact.account_id)
            begin_payment(code, desk, self.till, return_to="https://portal.example/", language="en")
        return Paying(contact, action, code)

    def all_are(self, standing: Standing, failure: Failure | None = None) -> None:
        for each in self.paying:
            statement = self.till.decide(f"{each.code}-1", standing, failure)
            with self.cast.app.app_context():
                learn(f"{each.code}-1", statement, desk_for(PAYMENTS))

    def none_is_known(self) -> None:
        """The provider never answers again."""
        self.till.silent = 10**6
        for each in self.paying:
            with self.cast.app.app_context():
                learn_nothing(f"{each.code}-1", desk_for(PAYMENTS))

    def later(self, days: int) -> None:
        self.clock.move_to(self.clock.now() + timedelta(days=days))
        with self.cast.app.app_context():
            with db.engine.begin() as connection:
                connection.execute(update(SignIn).values(started_at=self.clock.now()))
            expire_orders(desk_for(ORDERS))


def kinds(cast: Cast) -> dict[tuple[object, ...], tuple[Contact, Action]]:
    """One of each: what is paid, in which state of the service, by whom, under which contract."""
    found: dict[tuple[object, ...], tuple[Contact, Action]] = {}
    taken: set[str] = set()
    for contact in cast.contacts:
        service, rules = contact.case.service, contact.case.rules
        for action in (action for action, refusal in offered(contact.case, PAID_FOR) if refusal is None):
            standing = service.mode, service.suspension, over(contact)
            kind = action, standing, rules.portal.code, rules.for_a_consumer, contact.case.roles & SAYS
            if contact.reference not in taken and kind not in found:
                found[kind] = contact, action
                taken.add(contact.reference)
    return found


def over(contact: Contact) -> bool:
    end = contact.case.service.ends_on
    return end is not None and end <= contact.today


def settling(counter: Counter) -> None:
    counter.all_are(Standing.SETTLING)


def unanswered(counter: Counter) -> None:
    counter.none_is_known()


def refused(counter: Counter) -> None:
    counter.all_are(Standing.FAILED, Failure.REFUSED)


def returned_late(counter: Counter) -> None:
    """The bank took it, and gives it back when the order is long over and some services have ended."""
    counter.all_are(Standing.SETTLING)
    counter.later(days=10)
    counter.all_are(Standing.FAILED, Failure.REFUSED)
    counter.later(days=0)


def disputed(counter: Counter) -> None:
    """The provider tells of a cent less than it was asked for, and people take longer than they said."""
    for each in counter.paying:
        key = f"{each.code}-1"
        wanted = counter.till.wanted[key].amount
        counter.till.books[key] = Statement(Standing.SUCCEEDED, key, Money(wanted.minor - 1, wanted.currency))
        with counter.cast.app.app_context(), pytest.raises(OtherAmount):
            learn(key, counter.till.books[key], desk_for(PAYMENTS))
    counter.later(days=10)


STATES = {settling: True, unanswered: True, disputed: True, refused: False, returned_late: False}
"""By what became of the payment: whether it is still in progress."""


@pytest.mark.parametrize(("become", "in_progress"), STATES.items())
def test_every_page_says_how_it_stands(
    tmp_path: Path, request: pytest.FixtureRequest, become: Callable[[Counter], None], in_progress: bool
) -> None:
    """Each customer reads one language, and every language has its readers."""
    whole = request.config.getoption("--whole")
    with loaded(tmp_path) as cast:
        counter = Counter(cast)
        assert len(counter.paying) > 20
        become(counter)
        cast.look_again()
        now = {(each.reference, each.account_id): each for each in cast.contacts}
        paying = [
            replace(each, contact=now[each.contact.reference, each.contact.account_id]) for each in counter.paying
        ]
        faults = []
        for number, account in enumerate(sorted({each.contact.account_id for each in paying})):
            for language in sorted(LANGUAGES) if whole else [sorted(LANGUAGES)[number % len(LANGUAGES)]]:
                client = cast.browser(account, language)
                rows = table(client)
                for each in (each for each in paying if each.contact.account_id == account):
                    faults += untrue(client, each, rows[each.contact.reference], language, in_progress=in_progress)
        assert faults == []


def untrue(
    client: FlaskClient, paying: Paying, row: Tag, language: str, *, in_progress: bool
) -> Iterator[tuple[str, object]]:
    seen = {"row": row} | {page: main_of(soup(client.get(url))) for page, url in paying.pages.items()}
    for page, part in seen.items():
        text = text_of(part, language)
        yield from ((f"{paying.contact.url} {page}", fault) for fault in wrong_in(part, paying.contact, language))
        if in_progress and page != "invoices":
            yield from ((f"{paying.contact.url} {page}", fault) for fault in claims(text, language, OWED))
            yield from ((f"{paying.contact.url} {page}", str(button)) for button in part.select(PAY_BUTTONS))
        if not has_a_method(paying.contact):
            yield from ((f"{paying.contact.url} {page}", fault) for fault in claims(text, language, DEBITS))
    yield from ((paying.contact.url, fault) for fault in told_otherwise(row, seen[""], seen["actions"], language))
    for page in ("row", "", "actions"):
        leads = [str(link["href"]) for link in seen[page].select('a[href^="/orders/"]')]
        if in_progress and Role.BILLING in paying.contact.case.roles and f"/orders/{paying.code}" not in str(leads):
            yield page, f"no link to /orders/{paying.code}"
        if not in_progress and leads:
            yield page, f"still leads to {leads}"


def test_a_payment_that_is_given_back_late_says_so_on_its_order(tmp_path: Path) -> None:
    with loaded(tmp_path) as cast:
        counter = Counter(cast)
        returned_late(counter)
        for each in counter.paying:
            order = soup(cast.browser(each.contact.account_id, "en").get(each.pages["order"]))
            words = main_of(order).get_text(" ")
            assert "The payment was refused." in words
            assert "Nothing was charged" in words or "Nothing is charged for it" in words
