"""A confirmation holds for exactly what was shown."""

import pytest

from webapp.domain.confirmation import Confirmed, Difference, ShownOtherwise, fingerprint, written

SEEN = {"amount": "600 EUR", "method": "card Visa 4242"}


def confirmed(facts: dict[str, str], **forged: str) -> Confirmed:
    return Confirmed(1, **{"fingerprint": fingerprint(facts), "shown": written(facts)} | forged)


def differences(seen: Confirmed, now: dict[str, str]) -> tuple[Difference, ...]:
    with pytest.raises(ShownOtherwise) as told:
        seen.require(now)
    return told.value.differences


def test_what_is_still_so_is_accepted_in_whatever_order_it_is_told() -> None:
    confirmed(SEEN).require(dict(reversed(SEEN.items())))


def test_each_difference_is_told_with_what_was_and_what_is() -> None:
    now = {"amount": "6000 EUR", "expires": "2026-12-31"}
    assert differences(confirmed(SEEN), now) == (
        Difference("amount", "600 EUR", "6000 EUR"),
        Difference("expires", None, "2026-12-31"),
        Difference("method", "card Visa 4242", None),
    )


@pytest.mark.parametrize(
    "shown", ["", "{", "[]", "null", '{"amount":1}', '{"amount":"1 EUR"}', '"\\ud800"', "[" * 9999]
)
def test_what_the_browser_made_up_is_never_repeated(shown: str) -> None:
    told = differences(confirmed(SEEN, shown=shown), {"amount": "6000 EUR"})
    assert told == (Difference("amount", None, "6000 EUR"),)


def test_a_fingerprint_made_up_with_its_facts_confirms_nothing_else() -> None:
    cheap = {"amount": "1 EUR"}
    assert differences(confirmed(cheap), SEEN)[0] == Difference("amount", "1 EUR", "600 EUR")
