"""A confirmation holds for exactly what was shown."""

from datetime import date

import pytest

from webapp.domain.confirmation import Confirmed, Difference, ShownOtherwise, fingerprint
from webapp.domain.facts import Facts, Method, written
from webapp.domain.methods import MethodKind
from webapp.domain.money import Money

CARD = Method(MethodKind.CARD, "Visa 4242")
DAY = date(2026, 12, 31)
SEEN: Facts = {"amount": Money(600, "EUR"), "method": CARD}


def confirmed(facts: Facts, **forged: str) -> Confirmed:
    return Confirmed(1, **{"fingerprint": fingerprint(facts), "shown": written(facts)} | forged)


def differences(seen: Confirmed, now: Facts) -> tuple[Difference, ...]:
    with pytest.raises(ShownOtherwise) as told:
        seen.require(now)
    return told.value.differences


def test_what_is_still_so_is_accepted_in_whatever_order_it_is_told() -> None:
    confirmed(SEEN).require(dict(reversed(SEEN.items())))


def test_each_difference_is_told_with_what_was_and_what_is() -> None:
    now = {"amount": Money(6000, "EUR"), "expires": DAY}
    assert differences(confirmed(SEEN), now) == (
        Difference("amount", Money(600, "EUR"), Money(6000, "EUR")),
        Difference("expires", None, DAY),
        Difference("method", CARD, None),
    )


@pytest.mark.parametrize(
    "shown", ["", "{", "[]", "null", '{"amount":1}', '{"amount":"1 EUR"}', '"\\ud800"', "[" * 9999]
)
def test_what_the_browser_made_up_is_never_repeated(shown: str) -> None:
    told = differences(confirmed(SEEN, shown=shown), {"amount": Money(6000, "EUR")})
    assert told == (Difference("amount", None, Money(6000, "EUR")),)


def test_a_fingerprint_made_up_with_its_facts_confirms_nothing_else() -> None:
    cheap = {"amount": Money(1, "EUR")}
    assert differences(confirmed(cheap), SEEN)[0] == Difference("amount", Money(1, "EUR"), Money(600, "EUR"))
