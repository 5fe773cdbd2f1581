"""The catalogues are complete, correct and up to date."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po

from webapp.language.catalogues import DEFAULT, LANGUAGES, TRANSLATIONS, VARIANTS
from webapp.language.catalogues import catalogue as spoken_in

ROOT = TRANSLATIONS.parent
EXTRACT = ("-q", "extract", "-F", "pyproject.toml", "--omit-header", "--no-wrap")
KEYWORDS = ("-k", "N_", "-k", "NN_:1,2", "-k", "markup", "-k", "markup_of_number:1,2")


def catalogue(path: Path, locale: str | None = None) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def texts(seen: Catalog) -> set[object]:
    return {tuple(each.id) if isinstance(each.id, list | tuple) else each.id for each in seen if each.id}


def test_the_template_has_every_text_of_the_code(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", *EXTRACT, *KEYWORDS, "-o", str(fresh), "."]
    subprocess.run(command, cwd=ROOT, check=True)
    assert texts(catalogue(fresh)) == texts(catalogue(TRANSLATIONS / "messages.pot")), "run make i18n"


def test_every_language_has_a_catalogue() -> None:
    assert {path.name for path in TRANSLATIONS.iterdir() if path.is_dir()} == {*LANGUAGES, *VARIANTS} - {DEFAULT}


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_territory_says_otherwise_what_is_said_and_nothing_else(variant: str) -> None:
    own = catalogue(TRANSLATIONS / variant / "LC_MESSAGES" / "messages.po", variant)
    common = catalogue(TRANSLATIONS / variant.partition("_")[0] / "LC_MESSAGES" / "messages.po")
    assert texts(own) < texts(common)
    for message in own:
        if message.id:
            assert message.string and message.string != common[message.id].string, message.id
            assert not list(message.check(own)), message.id


@pytest.mark.parametrize("foreign", ["TTC", "HT", "hors taxes", "e-mail", "E-mail"])
def test_what_is_not_said_in_quebec_is_said_otherwise_there(foreign: str) -> None:
    said = spoken("fr", "CA")
    assert [text for text in said if re.search(rf"\b{foreign}\b", text)] == []


def spoken(language: str, territory: str) -> list[str]:
    """Every text as it is said there."""
    ids, there = (
        [each.id for each in catalogue(TRANSLATIONS / "messages.pot") if each.id],
        spoken_in(language, territory),
    )
    alone = [str(there.gettext(text)) for text in ids if isinstance(text, str)]
    return alone + [
        str(there.ngettext(*text, number)) for text in ids if not isinstance(text, str) for number in (1, 2)
    ]


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {DEFAULT}))
def test_every_text_is_translated_with_its_placeholders_and_plurals(language: str) -> None:
    seen = catalogue(TRANSLATIONS / language / "LC_MESSAGES" / "messages.po", language)
    assert texts(seen) == texts(catalogue(TRANSLATIONS / "messages.pot")), "run make i18n"
    for message in seen:
        if message.id:
            translations = message.string if isinstance(message.string, list | tuple) else [message.string]
            assert all(translations), message.id
            assert not message.fuzzy, message.id
            assert not list(message.check(seen)), message.id


def test_french_leaves_no_plain_space_before_its_punctuation() -> None:
    seen = catalogue(TRANSLATIONS / "fr" / "LC_MESSAGES" / "messages.po", "fr")
    said = [text for each in seen for text in ([each.string] if isinstance(each.string, str) else each.string)]
    assert not [text for text in said if any(f" {mark}" in text for mark in ":;!?»") or "« " in text]


WINDOWS = {
    "Within 7 days",
    "Within 30 days",
    "Billed within 30 days",
    "Debited within 30 days",
    "%(count)s service expires within 30 days",
    "%(count)s services expire within 30 days",
}
"""How wide a filter and a sum look ahead; what follows from a rule says the days of the rule."""


def test_no_text_contains_a_number_of_days() -> None:
    source = texts(catalogue(TRANSLATIONS / "messages.pot"))
    said = {text for each in source for text in (each if isinstance(each, tuple) else (each,))}
    assert {text for text in said if re.search(r"\b[0-9]+ days?\b", str(text))} == WINDOWS


NO_ELISION = re.compile(r"\b([dlnjmts]e|que|la) %\((name|names|first|seller|product|kind)\)s", re.IGNORECASE)


def test_no_french_word_stands_before_a_name_that_it_would_have_to_lose_its_vowel_to() -> None:
    said = [str(each.string) for each in catalogue(TRANSLATIONS / "fr" / "LC_MESSAGES" / "messages.po") if each.id]
    assert [text for text in said if NO_ELISION.search(text)] == []
    assert NO_ELISION.search("Aligner la date de renouvellement de %(name)s")
