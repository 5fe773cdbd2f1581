"""What the seller puts before a billing contact."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from ...domain.law.contracts import Agreement
from ...domain.money import Money
from ...domain.renewal.choices import Offer
from ...domain.service.catalogue import PriceList
from ...models import Acceptance, Account, Price
from ..desk import Desk
from ..transaction import add_missing


@dataclass(frozen=True, slots=True)
class Offers:
    """Of several products to one account."""

    prices: Mapping[tuple[int, str], PriceList]
    """By the key of the product and the currency."""
    accepted: frozenset[str]

    def of(self, product_id: int, currency: str) -> Offer:
        """Without prices where the product is not sold in that currency."""
        return Offer(self.prices.get((product_id, currency), {}), self.accepted)


def offers(session: Session, account_id: int | None, product_ids: Collection[int]) -> Offers:
    """In one statement; none where nobody asks in person."""
    query = (
        select(Price.product_id, Price.currency, Price.period, Price.minor, Acceptance.agreement)
        .select_from(Account)
        .outerjoin(Price, Price.product_id.in_(product_ids))
        .outerjoin(Acceptance, Acceptance.account_id == Account.id)
        .where(Account.id == account_id)
    )
    prices: dict[tuple[int, str], dict[Any, Money]] = defaultdict(dict)
    accepted = set()
    for row in session.execute(query):
        if row.product_id is not None:
            prices[row.product_id, row.currency][row.period] = Money(row.minor, row.currency)
        if row.agreement is not None:
            accepted.add(row.agreement)
    return Offers(prices, frozenset(accepted))


def accept(session: Session, asked: Iterable[Agreement], account_id: int, desk: Desk) -> None:
    """Keep which text that account accepted, once for each agreement."""
    rows = [
        {
            "account_id": account_id,
            "agreement": each.code,
            "version": each.wording.version if each.wording else None,
            "accepted_at": desk.now,
        }
        for each in asked
    ]
    add_missing(session, Acceptance, rows)


def offer_for(session: Session, service: Row[Any]) -> Offer:
    """To the billing contact of one service."""
    return offers(session, service.billing_id, [service.product_id]).of(service.product_id, service.currency)
