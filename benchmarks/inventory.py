"""An invented inventory: three accounts of known size among many small ones, in rows to be inserted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

from webapp.domain.folding import fold
from webapp.domain.law.contracts import CustomerKind
from webapp.domain.methods import MethodKind, MethodState
from webapp.domain.periods import Period
from webapp.domain.service.service import Availability, Kind, Mode, Suspension

SERVICES = 200_000
SIZES = (25, 1_000, 12_000)
"""Services of accounts 1, 2 and 3; every other account has at most LARGEST_OTHER."""
LARGEST_OTHER = 40
SEED = "services-page"
WORDS = ("atelier", "boulangerie", "café", "demeure", "école", "forêt", "galerie", "horloge", "imprimerie", "jardin")

Values = dict[str, Any]


class Sold(NamedTuple):
    """A product: how often it occurs in a hundred, what it costs a month, how many per cent renew by hand."""

    family: str
    share: int
    minor: int
    by_hand: int = 0


PRODUCTS = (
    Sold("domain", 42, 90, 22),
    Sold("hosting", 22, 500, 12),
    Sold("email", 11, 300),
    Sold("vps", 9, 1200, 10),
    Sold("database", 4, 1500),
    Sold("storage", 3, 800),
    Sold("certificate", 3, 600),
    Sold("licence", 2, 900),
    Sold("telephony", 2, 250),
    Sold("dedicated", 1, 7900, 5),
    Sold("network", 1, 400),
)
PERIODS = (Period(1), Period(12), Period(12), Period(24))
FATES = {"running": 930, "billed": 20, "cancelled": 20, "ended": 15, "suspended": 5, "creating": 5, "one-off": 5}


@dataclass(frozen=True, slots=True)
class Inventory:
    """Rows by table, in the order in which they can be inserted. ``today`` is what the dates lie around."""

    today: date

    def products(self) -> list[Values]:
        return [
            {"id": key, "code": f"{family}-1", "name": f"{family.title()} 1", "family": family, "forced": False}
            for key, (family, *_) in enumerate(PRODUCTS, 1)
        ]

    def accounts(self) -> list[Values]:
        return [account(key) for key in range(1, max(_owners()) + 1)]

    def payment_methods(self) -> list[Values]:
        """Two accounts in three have a default card."""
        holders = (key for key in range(1, max(_owners()) + 1) if key <= len(SIZES) or key % 3)
        return [card(key, self.today) for key in holders]

    def services(self) -> Iterator[Values]:
        """In an order as mixed as the days on which they were bought."""
        random = Random(SEED)
        owners = _owners()
        random.shuffle(owners)
        for key, owner in enumerate(owners, 1):
            yield service(random, key, owner, self.today)


def _owners() -> list[int]:
    """The owner of each service, account by account."""
    random = Random(SEED)
    owners = [key for key, size in enumerate(SIZES, 1) for _ in range(size)]
    key = len(SIZES)
    while len(owners) < SERVICES:
        key += 1
        owners += [key] * random.randint(1, LARGEST_OTHER)
    return owners[:SERVICES]


def account(key: int) -> Values:
    return {
        "id": key,
        "handle": f"bench-{key}",
        "email": f"bench-{key}@people.example",
        "name": f"Camille Exemple {key}",
        "kind": CustomerKind.INDIVIDUAL if key % 4 else CustomerKind.BUSINESS,
        "country": "FR",
        "portal": "FR",
        "language": "fr",
        "password_hash": None,
    }


def card(key: int, today: date) -> Values:
    return {
        "id": key,
        "account_id": key,
        "kind": MethodKind.CARD,
        "label": f"Visa {key % 10_000:04}",
        "reference": f"card-{key}",
        "state": MethodState.VALID,
        "expires_on": today + timedelta(days=300),
        "is_default": True,
    }


def service(random: Random, key: int, owner: int, today: date) -> Values:
    product = random.choices(range(len(PRODUCTS)), [sold.share for sold in PRODUCTS])[0]
    title = f"{random.choice(WORDS)} {random.choice(WORDS)} {key}"
    name = f"{fold(title).replace(' ', '-')}.example"
    helper = random.randint(len(SIZES) + 1, 1000) if random.random() < 0.05 else owner
    return {
        "id": key,
        "reference": f"B-{key:06}",
        "name": name,
        "folded_name": fold(name),
        "display_name": title.title() if random.random() < 0.4 else "",
        "product_id": product + 1,
        "owner_id": owner,
        "admin_id": owner,
        "technical_id": helper,
        "billing_id": owner,
        "currency": "EUR",
        "version": 1,
        "imported": {},
        **_life(random, PRODUCTS[product], today),
    }


def _life(random: Random, sold: Sold, today: date) -> Values:
    """The term, the price and what has become of it; every row has every column, as bulk inserts need."""
    period = random.choice(PERIODS)
    ends_on = today + timedelta(days=random.randint(1, min(395, period.months * 30)))
    running: Values = {
        "kind": Kind.RECURRING,
        "availability": Availability.ACTIVE,
        "suspension": None,
        "suspended_on": None,
        "mode": Mode.MANUAL if random.randrange(100) < sold.by_hand else Mode.AUTOMATIC,
        "period": period,
        "anchor_day": ends_on.day,
        "started_on": ends_on - timedelta(days=period.months * 30),
        "ends_on": ends_on,
        "committed_until": ends_on + timedelta(days=365) if random.random() < 0.03 else None,
        "cancels_on": None,
        "price_minor": sold.minor * period.months,
        "amount_due_minor": 0,
        "billed_on": None,
    }
    return running | _fate(random, running, today)


def _fate(random: Random, running: Values, today: date) -> Values:
    """What differs from a service that simply runs."""
    ago = today - timedelta(days=random.randint(1, 25))
    past = {"ends_on": ago, "started_on": ago - timedelta(days=360)}
    no_term = dict.fromkeys(("mode", "period", "anchor_day", "started_on", "ends_on", "committed_until"))
    match random.choices(list(FATES), list(FATES.values()))[0]:
        case "billed":
            bill = {"amount_due_minor": running["price_minor"] * 12 // 10, "billed_on": ago}
            return past | bill | {"mode": Mode.AUTOMATIC}
        case "cancelled":
            return {"mode": Mode.AUTOMATIC, "cancels_on": running["ends_on"]}
        case "ended":
            return past | {"availability": Availability.TERMINATED}
        case "suspended":
            state = {"availability": Availability.SUSPENDED, "suspension": Suspension.EXPIRED, "suspended_on": ago}
            return past | state | {"mode": Mode.MANUAL}
        case "creating":
            return no_term | {"availability": Availability.CREATING}
        case "one-off":
            return no_term | {"kind": Kind.ONE_OFF}
        case _:
            return {}
