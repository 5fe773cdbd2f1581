"""Every text that speaks of a day says whether that day has come, is to come, or may be either."""

from datetime import date
from itertools import combinations

import pytest
from babel.messages.pofile import read_po

from tests.cast.claims import AHEAD, AHEAD_BESIDE, DAYS, DEBITS, EITHER, MAILED, NO_DAY, OWED, PAST, PAST_BESIDE, PLACE
from tests.cast.reading import dated, out_of_time, ranges
from webapp.language.catalogues import LANGUAGES, TRANSLATIONS
from webapp.wording.standing import AHEAD as ROW_AHEAD
from webapp.wording.standing import PASSED as ROW_PASSED

KINDS = (AHEAD, PAST, EITHER, MAILED, NO_DAY)
TODAY = date(2026, 11, 23)


def texts() -> set[str]:
    with (TRANSLATIONS / "messages.pot").open("rb") as file:
        return {each.id if isinstance(each.id, str) else each.id[0] for each in read_po(file) if each.id}


def test_every_text_with_a_day_is_of_one_kind() -> None:
    speaking = {text for text in texts() if set(PLACE.findall(text)) & DAYS}
    assert set().union(*KINDS) == speaking
    assert [one & other for one, other in combinations(KINDS, 2) if one & other] == []


def test_every_other_text_that_is_looked_for_is_there() -> None:
    assert texts() >= AHEAD_BESIDE | PAST_BESIDE | DEBITS | OWED
    assert set(ROW_AHEAD.values()) <= AHEAD_BESIDE
    assert set(ROW_PASSED.values()) <= PAST_BESIDE


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_days_are_found_however_they_are_written(language: str) -> None:
    written = {"en": "17 Nov 2026, Dec 1, 2026", "fr": "17 nov. 2026, 1er déc. 2026"}[language]
    assert dated(written, language) == "2026-11-17, 2026-12-01"


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("It expires on 22 Nov 2026.", "expires on %(day)s"),
        ("22 Nov 2026 (next debit)", "next debit"),
        ("It expired on 24 Nov 2026.", "expired on %(day)s"),
        ("24 Nov 2026 due since", "due since"),
    ],
)
def test_what_is_out_of_time_is_found(said: str, wrong: str) -> None:
    (found,) = out_of_time(dated(said, "en"), "en", TODAY)
    assert found.claim == wrong


def test_what_is_in_time_is_not() -> None:
    said = "It expires on 23 Nov 2026. 24 Nov 2026 next debit. It expired on 22 Nov 2026."
    assert out_of_time(dated(said, "en"), "en", TODAY) == []


def test_stretches_are_found() -> None:
    told = dated("du 24 juil. 2026 au 23 juil. 2027", "fr")
    assert list(ranges(told, "fr")) == [(date(2026, 7, 24), date(2027, 7, 23))]
