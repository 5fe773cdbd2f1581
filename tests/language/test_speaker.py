from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from webapp.domain.money import Money
from webapp.domain.periods import Period
from webapp.domain.refusals import Refusal
from webapp.language.catalogues import catalogue
from webapp.language.formats import locale_for
from webapp.language.speaker import Speaker

PRICE = Money(123450, "EUR")


@pytest.mark.parametrize(
    ("language", "territory", "locale"),
    [
        ("en", "FR", "en_GB"),
        ("en", "DE", "en_GB"),
        ("en", "GB", "en_GB"),
        ("en", "IE", "en_IE"),
        ("en", "US", "en_US"),
        ("en", "CA", "en_CA"),
        ("fr", "CA", "fr_CA"),
        ("fr", "FR", "fr_FR"),
        ("fr", "DE", "fr_FR"),
        ("fr", "SN", "fr_SN"),
        ("de", "DE", "de_DE"),
        ("de", "AT", "de_AT"),
        ("de", "CH", "de_CH"),
        ("de", "FR", "de_DE"),
        ("en", "EU", "en_GB"),
        ("en", "nowhere", "en_GB"),
    ],
)
def test_formats_follow_the_language_where_it_is_at_home(language: str, territory: str, locale: str) -> None:
    assert locale_for(language, territory) == locale


@pytest.mark.parametrize(
    ("language", "territory", "written"),
    [("en", "FR", "€1,234.50"), ("en", "CA", "€1,234.50"), ("fr", "FR", "1\u202f234,50\xa0€")],
)
def test_money_is_written_as_its_reader_writes_it(language: str, territory: str, written: str) -> None:
    said = Speaker(language, territory).money(PRICE)
    assert said == f'<data value="1234.50">{written}</data>'


def test_dates_periods_lists_and_refusals() -> None:
    reader = Speaker("fr", "FR")
    day = date(2026, 12, 31)
    assert reader.day(day) == '<time datetime="2026-12-31">31\N{NO-BREAK SPACE}déc.\N{NO-BREAK SPACE}2026</time>'
    assert reader.plain_day(day) == "31\N{NO-BREAK SPACE}déc.\N{NO-BREAK SPACE}2026"
    assert reader.period_label(Period(24)) == "tous les 2 ans"
    assert reader.listed(["a", "b", "c"]) == "a, b et c"
    instant = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert "1er\N{NO-BREAK SPACE}janv.\N{NO-BREAK SPACE}2027" in reader.moment(instant, ZoneInfo("Europe/Paris"))
    refusal = Refusal("x", "This was possible until 24 hours before %(day)s.", {"day": day})
    assert "31\N{NO-BREAK SPACE}déc.\N{NO-BREAK SPACE}2026" in reader.refusal(refusal)


def test_two_languages_never_mix_in_one_application_context(app: Flask) -> None:
    with app.app_context():
        for _ in range(1000):
            for language, said in (("fr", "Mes services"), ("en", "My services")):
                assert Speaker(language, "FR").gettext("My services") == said


def test_facts_are_escaped_in_markup() -> None:
    assert Speaker("en", "FR").markup("Search: %(text)s", text="<b>") == "Search: &lt;b&gt;"


def test_a_language_without_a_catalogue_is_no_english() -> None:
    with pytest.raises(FileNotFoundError):
        catalogue("xx")
