"""Random inventories live for 400 days, and everything that happens is what another program says."""

from datetime import date, timedelta
from random import Random

import pytest
from flask import Flask

from tests.operations.lifecycle.days import Days
from tests.oracle.oracle import Held, Payer, months_later
from tests.oracle.program import Bank, live_and_compare
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.domain.periods import Period
from webapp.domain.service.service import Mode

FIRST = date(2026, 11, 24)
FAMILIES = {"hosting": 45, "vps": 30, "dedicated": 7, "storage": None, "domain": None}
ENDINGS = {"example": (7, 35, 6000), "eu": (0, 40, None), "fr": (0, 30, None), "unheard": None}
"""Days of grace and of redemption, and what restoring costs, where a rule knows."""
BY_HAND = ("hosting", "vps", "dedicated", "domain")


def invented(random: Random, number: int, days: int) -> tuple[Payer, list[str]]:
    """A payer, and the families of what they hold."""
    name = f"p{number}"
    debited = random.choice(("good", "good", "good", "refused", None))
    expires = FIRST + timedelta(days=random.randrange(-20, days)) if debited and random.random() < 0.4 else None
    count = random.choice((1, 1, 2, 3, 5))
    balance = random.randrange(30_000) if count == 1 and random.random() < 0.4 else 0
    pays_on, renews_on = (
        frozenset(FIRST + timedelta(days=random.randrange(days)) for _time in range(random.choice((0, 0, 2, 6))))
        for _evenings in range(2)
    )
    families = [random.choice(tuple(FAMILIES)) for _each in range(count)]
    held = [_service(random, f"{name}-{rank}", family) for rank, family in enumerate(families)]
    return Payer(name, debited, expires, balance, pays_on, renews_on, held), families


def _service(random: Random, name: str, family: str) -> Held:
    automatic, months = family not in BY_HAND or random.random() < 0.7, random.choice((1, 1, 1, 3, 6, 12))
    anchor = random.choice((1, 28, 29, 30, 31, random.randint(1, 31)))
    end = months_later(FIRST, 0, anchor)
    while end <= FIRST or random.random() < 0.5:
        end = months_later(end, 1, anchor)
    net = 0 if random.random() < 0.05 else random.randrange(1, 20_000)
    cancelled = months_later(end, months * random.randrange(3), anchor) if automatic and random.random() < 0.2 else None
    deleted_after, grace, fee = FAMILIES[family], None, None
    if family == "domain":
        ending = random.choice(tuple(ENDINGS))
        name = f"{name}.{ending}"
        if registry := ENDINGS[ending]:
            grace, redemption, fee = registry
            deleted_after = grace + redemption
    return Held(name, automatic, months, anchor, end, net, deleted_after, grace, fee, cancelled=cancelled)


def bring(world: World, payer: Payer, families: list[str]) -> int:
    account = world.account(payer.name)
    if payer.debited:
        world.card(account, reference=f"{payer.debited}-{account}", expires_on=payer.expires)
    if payer.balance:
        world.credit(account, payer.balance)
    for its, family in zip(payer.services, families, strict=True):
        world.service(
            account,
            f"site.{its.name}",
            reference=its.name,
            family=family,
            mode=Mode.AUTOMATIC if its.automatic else Mode.MANUAL,
            period=Period(its.months),
            anchor_day=its.anchor,
            started_on=months_later(its.end, -its.months, its.anchor),
            ends_on=its.end,
            cancels_on=its.cancelled,
            price_minor=its.net,
            recapped_for=None,
        )
    return account


@pytest.mark.parametrize("broken_off", [False, True], ids=["at-once", "in-two-halves"])
def test_everything_happens_as_another_program_says(
    request: pytest.FixtureRequest, world: World, app: Flask, clock: FixedClock, broken_off: bool
) -> None:
    count, length = request.config.getoption("--inventories"), 400
    random = Random(count)
    payers = [invented(random, number, length) for number in range(count)]
    accounts = {bring(world, payer, families): payer for payer, families in payers}
    live_and_compare(Days(app, clock, Bank()), accounts, FIRST, length, broken_off=broken_off)
